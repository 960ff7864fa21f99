// A fault at every single call in turn: nothing that serves a live pod is ever deleted, and every true orphan is in the end.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Effect, type Sandbox, type SandboxCall, startSandbox } from '../../sandbox/index.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { applyCleanup, planCleanup } from '../../shared/plans/cleanup.ts';
import { auditOf, depsOf } from '../support/sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox?.stop());

interface Story {
  store: LedgerStore;
  orphans: string[];
  live: string;
}

async function story(): Promise<Story> {
  await sandbox?.stop();
  sandbox = await startSandbox();
  const store = memoryStore();
  const world = sandbox.world();
  world.createCluster('live');
  const live = world.addPod(world.addNode('live').instanceId).interfaceId ?? '';
  world.createCluster('shop');
  const node = world.addNode('shop');
  const orphans = [world.addPod(node.instanceId), world.addPod(node.instanceId)].map((pod) => pod.interfaceId ?? '').sort();
  world.deleteCluster('shop');
  sandbox.clock.advance(10);
  world.terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  await auditOf(sandbox, store);
  sandbox.clock.advance(31);
  return { store, orphans, live };
}

const request = { region: 'us-east-1', clusters: [], max: 100 };
const sleep = async (ms: number) => sandbox.clock.advance(ms / 60_000);

async function cleanup(store: LedgerStore): Promise<void> {
  const deps = depsOf(sandbox, { store });
  await applyCleanup(deps, request, await planCleanup(deps, request), { halt: () => undefined, sleep });
}

const left = ({ orphans }: Story) => orphans.filter((id) => sandbox.world().state.interfaces.has(id));

/** How many calls an undisturbed cleanup makes. */
async function countCalls(): Promise<number> {
  const { store } = await story();
  const before = sandbox.calls.length;
  await cleanup(store);
  return sandbox.calls.length - before;
}

const EFFECTS: [string, () => Effect][] = [
  ['an error', () => ({ kind: 'error', code: 'InternalError', status: 400 })],
  ['a denial', () => ({ kind: 'deny' })],
  ['an HTML page with status 200', () => ({ kind: 'html', status: 200 })],
  ['half an answer', () => ({ kind: 'truncate' })],
  ['a throttle', () => ({ kind: 'throttle' })],
  ['a lost connection before the effect', () => ({ kind: 'drop' })],
  ['a lost connection after the effect', () => ({ kind: 'drop', after: true })],
];

describe.each(EFFECTS)('%s at each call in turn', (_name, effect) => {
  it('hurts no live pod, and every orphan is deleted in the end', async () => {
    const calls = await countCalls();
    for (let struck = 1; struck <= calls; struck += 1) {
      const told = await story();
      const from = sandbox.calls.length;
      sandbox.faults.add({ when: (call) => call.index === from + struck, effect: effect() });
      await cleanup(told.store).catch(() => undefined);
      sandbox.faults.clear();
      // Whoever was in the middle of one holds it for a while; a refused one is seen twice again.
      for (let run = 0; run < 4 && left(told).length > 0; run += 1) {
        sandbox.clock.advance(31);
        await cleanup(told.store).catch(() => undefined);
      }
      expect({ struck, left: left(told), harm: sandbox.harm }).toEqual({ struck, left: [], harm: [] });
    }
  });
});

describe('a world that changes at each call in turn', () => {
  it.each<[string, (told: Story) => void, (call: SandboxCall, told: Story) => boolean]>([
    [
      'an orphan comes into use',
      ({ orphans }) => Object.assign(sandbox.world().state.interfaces.get(orphans[0] ?? '') ?? {}, { status: 'in-use' }),
      (call, { orphans }) => call.action === 'DescribeNetworkInterfaces' && JSON.stringify(call.params).includes(orphans[0] ?? '-'),
    ],
    [
      'the cluster is created again and adopts it',
      ({ orphans }) => {
        const world = sandbox.world();
        if (!world.state.clusters.has('shop'))
          world.createCluster('shop', { vpcId: world.state.interfaces.get(orphans[0] ?? '')?.vpcId ?? '' });
      },
      (call) => call.action === 'DescribeCluster',
    ],
  ])('%s: nothing is deleted that was read as such', async (_name, change, shows) => {
    const calls = await countCalls();
    for (let struck = 1; struck <= calls; struck += 1) {
      const told = await story();
      const from = sandbox.calls.length;
      let changedAt = 0;
      sandbox.faults.add({
        when: (call) => call.index === from + struck,
        before: (call) => {
          change(told);
          changedAt = call.index;
        },
      });
      await cleanup(told.store).catch(() => undefined);
      const since = sandbox.calls.filter((call) => call.index > changedAt);
      // From the first read that shows the change on, no deletion of that interface goes out; only the one already on its way may.
      const firstLook = since.findIndex((call) => shows(call, told));
      const afterLook = firstLook < 0 ? [] : since.slice(firstLook);
      const hits = afterLook.filter(
        (call) => call.action === 'DeleteNetworkInterface' && JSON.stringify(call.params).includes(told.orphans[0] ?? '-'),
      );
      expect({ struck, hits: hits.length }).toEqual({ struck, hits: 0 });
    }
  });
});

describe('one stale read of any of the four', () => {
  it.each([
    ['the interface', (action: string) => action === 'DescribeNetworkInterfaces'],
    ['the cluster', (action: string) => action === 'DescribeCluster'],
    ['the instance', (action: string) => action === 'DescribeInstances'],
  ])('%s: the live branch that took its place in the world is not touched', async (_name, isRead) => {
    const told = await story();
    const stale = sandbox.snapshot();
    const deps = depsOf(sandbox, { store: told.store });
    const made = await planCleanup(deps, request);
    // The whole world comes back to life; one of the reads still shows the old one.
    const world = sandbox.world();
    const eni = world.state.interfaces.get(told.orphans[0] ?? '');
    world.createCluster('shop', { vpcId: eni?.vpcId ?? '' });
    for (const id of told.orphans) Object.assign(world.state.interfaces.get(id) ?? {}, { status: 'in-use' });
    world.putInterface({ id: eni?.tags['vpcresources.k8s.aws/trunk-eni-id'] ?? '', description: 'aws-k8s-trunk-eni', status: 'in-use' });
    sandbox.faults.add({ when: (call) => isRead(call.action), effect: { kind: 'stale', snapshot: stale } });
    await applyCleanup(deps, request, made, { halt: () => undefined, sleep });
    expect(left(told)).toEqual(told.orphans);
  });
});
