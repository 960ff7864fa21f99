// Ways to fool the proof that were found by attacking it. Each once led to a wrong claim or a wrong resolution.

import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { work } from '../../shared/run/worker.ts';
import { preflight } from '../../shared/teardowns/preflight.ts';
import { loadedBefore } from '../ledger/stores.ts';
import { daysOf } from '../support/days.ts';
import { auditOf, depsOf, foundBy, unknownTo } from '../support/sandbox.ts';

let sandbox: Sandbox;
let store: LedgerStore;
let branches: string[];
let trunkId: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  store = memoryStore();
  const world = sandbox.world();
  world.createCluster('shop');
  const node = world.addNode('shop');
  trunkId = node.trunkId ?? '';
  branches = [world.addPod(node.instanceId), world.addPod(node.instanceId)].map((pod) => pod.interfaceId ?? '').sort();
  world.deleteCluster('shop');
  sandbox.clock.advance(10);
  world.terminateNode(node.instanceId);
  sandbox.clock.advance(10);
});
afterEach(() => sandbox.stop());

const orphans = async (request = {}) => foundBy(await auditOf(sandbox, store, request), 'orphaned-branch-eni', 'orphan');
/** Changes the XML of answers: what a proxy or a service in trouble may do. */
const rewrite = (action: string, body: string) =>
  sandbox.faults.add({ when: (call) => call.action === action, effect: { kind: 'html', status: 200, body } });

it('all three clients act for one account, however credentials change', async () => {
  let handedOut = 0;
  const credentials = async () => {
    handedOut += 1;
    return { accessKeyId: `AKIA${handedOut}`, secretAccessKey: 'x' };
  };
  const clients = awsClients('us-east-1', { endpoint: sandbox.endpoint, credentials });
  await clients.sts.send(new GetCallerIdentityCommand({}));
  await clients.eks.send(new DescribeClusterCommand({ name: 'x' })).catch(() => undefined);
  expect(new Set(sandbox.calls.slice(-2).map((call) => call.accessKeyId)).size).toBe(1);
});

it('a trunk that came back ends the sightings, even in a run that could not ask for the cluster', async () => {
  await orphans();
  sandbox.clock.advance(15);
  sandbox.world().putInterface({ id: trunkId, description: 'aws-k8s-trunk-eni', interfaceType: 'trunk', status: 'in-use' });
  const allow = sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', effect: { kind: 'deny' } });
  await orphans();
  allow();
  sandbox.world().removeInterface(trunkId);
  sandbox.clock.advance(16);
  expect(await orphans()).toEqual([]);
});

describe('an answer that lacks what EC2 always sends', () => {
  const envelope = (action: string, inner: string) =>
    `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>${inner}</${action}Response>`;

  it.each([
    [
      'a reservation without instances',
      'DescribeInstances',
      '<reservationSet><item><reservationId>r-1</reservationId></item></reservationSet>',
    ],
    [
      'an instance without its id',
      'DescribeInstances',
      '<reservationSet><item><instancesSet><item><imageId>ami</imageId></item></instancesSet></item></reservationSet>',
    ],
    [
      'an interface without its id',
      'DescribeNetworkInterfaces',
      '<networkInterfaceSet><item><ownerId>123456789012</ownerId></item></networkInterfaceSet>',
    ],
    [
      'an interface without its owner',
      'DescribeNetworkInterfaces',
      '<networkInterfaceSet><item><networkInterfaceId>eni-0123456789abcdef0</networkInterfaceId></item></networkInterfaceSet>',
    ],
  ])('is a failed read: %s', async (_name, action, inner) => {
    await orphans();
    sandbox.clock.advance(31);
    rewrite(action, envelope(action, inner));
    const report = await auditOf(sandbox, store);
    expect(foundBy(report, 'orphaned-branch-eni')).toEqual([]);
    expect(unknownTo(report, 'orphaned-branch-eni')).toEqual(expect.arrayContaining(branches));
    expect(report.transitions.filter((each) => each.kind === 'resolved')).toEqual([]);
  });
});

it('a narrowed run resolves nothing that it could not read', async () => {
  await orphans();
  sandbox.faults.add({ when: (call) => JSON.stringify(call.params).includes('group-id'), effect: { kind: 'deny' } });
  const { transitions } = await auditOf(sandbox, store, { clusters: ['shop'] });
  expect(transitions.filter((each) => each.kind === 'resolved')).toEqual([]);
});

it('a run that does not need a slice does not close its gap', async () => {
  sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', effect: { kind: 'deny' }, times: 10 });
  await auditOf(sandbox, store);
  const { transitions } = await auditOf(sandbox, store, { rules: ['unattributable-branch-eni'] });
  expect(transitions).toEqual([]);
});

describe('two runs that overlap', () => {
  it('the slower one does not begin sightings that a newer read has contradicted', async () => {
    const eni = sandbox.world().state.interfaces.get(branches[0] ?? '');
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    // The slower run has read the lists and waits for its clusters while a faster one sees the interface in use.
    sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', times: 1, before: () => held });
    const slower = auditOf(sandbox, store);
    while (!sandbox.calls.some((call) => call.action === 'DescribeCluster')) await new Promise((next) => setTimeout(next, 5));
    sandbox.clock.advance(2);
    if (eni) eni.status = 'in-use';
    await auditOf(sandbox, store);
    if (eni) eni.status = 'available';
    release();
    await slower;
    sandbox.clock.advance(29);
    expect(await orphans()).not.toContain(branches[0]);
  });

  const statusOf = (id: string | undefined, status: 'available' | 'in-use') =>
    Object.assign(sandbox.world().state.interfaces.get(id ?? '') ?? {}, { status });

  it('the older view of the ledger does not make a sighting last that was ended and begun anew meanwhile', async () => {
    await auditOf(sandbox, store);
    sandbox.clock.advance(29);
    const old = loadedBefore(store, async () => {
      statusOf(branches[0], 'in-use');
      await auditOf(sandbox, store);
      statusOf(branches[0], 'available');
      await auditOf(sandbox, store);
      sandbox.clock.advance(2);
    });
    expect(foundBy(await auditOf(sandbox, old), 'orphaned-branch-eni', 'orphan')).toEqual([branches[1]]);
    expect(await orphans()).toEqual([branches[1]]);
  });

  it('the older view of the ledger ends a sighting that was begun meanwhile, when its own read shows it no more', async () => {
    statusOf(branches[0], 'in-use');
    await auditOf(sandbox, store);
    const old = loadedBefore(store, async () => {
      statusOf(branches[0], 'available');
      await auditOf(sandbox, store);
      sandbox.clock.advance(1);
      statusOf(branches[0], 'in-use');
    });
    await auditOf(sandbox, old);
    statusOf(branches[0], 'available');
    sandbox.clock.advance(31);
    expect(await orphans()).not.toContain(branches[0]);
  });
});

it('a clock that was a day ahead makes no orphan, then or later', async () => {
  const now = sandbox.clock.now();
  sandbox.clock.set(new Date(now.getTime() + 24 * 60 * 60_000));
  await orphans();
  sandbox.clock.set(now);
  expect(await orphans()).toEqual([]);
  sandbox.clock.advance(2);
  expect(await orphans()).toEqual([]);
  sandbox.clock.advance(30);
  expect(await orphans()).toEqual(branches);
});

it('an interface that came into use while its holders were read is no orphan that pins anything', async () => {
  const eni = sandbox.world().state.interfaces.get(branches[0] ?? '');
  sandbox.faults.add({
    when: (call) => JSON.stringify(call.params).includes('group-id'),
    times: 1,
    before: () => {
      if (eni) eni.status = 'in-use';
    },
  });
  const report = await auditOf(sandbox, store);
  expect(foundBy(report, 'pinned-by-orphans').filter((id) => id.startsWith('sg-'))).toEqual([]);
});

it('preflight of a gone cluster whose interfaces could not be read promises nothing', async () => {
  sandbox.faults.add({ when: (call) => call.action === 'DescribeNetworkInterfaces', effect: { kind: 'deny' } });
  const report = await preflight(depsOf(sandbox), { region: 'us-east-1', cluster: 'shop' });
  expect(report.outcome).toBe('unknown');
  expect(report.steps.map((step) => step.summary).join()).not.toContain('Delete the cluster');
});

describe('a sweep with an older view of the ledger', () => {
  const REGION = 'us-east-1';
  const newsIn = (told: readonly Announcement[]): string[] =>
    told.flatMap((each) => {
      if (each.kind === 'transition') return [`${each.transition.kind} ${each.finding.id} ${each.finding.state ?? ''}`];
      return each.kind === 'certificate' ? [`certificate ${each.certificate.outcome}`] : [];
    });

  /** What people were told of the orphans' whole story, where the nth sweep loads the ledger before the one behind it runs to its end. */
  async function storyOf(overlapped: number): Promise<string[]> {
    const own = await startSandbox();
    try {
      const world = own.world();
      world.createCluster('shop');
      const node = world.addNode('shop');
      const ids = [world.addPod(node.instanceId), world.addPod(node.instanceId)].map((pod) => pod.interfaceId ?? '');
      world.deleteCluster('shop');
      world.terminateNode(node.instanceId);
      own.clock.advance(10);
      const { deps, told } = daysOf(own, [REGION]);
      const log = jsonLogger(() => undefined, deps.clock);
      const sweep = (store: LedgerStore) =>
        work({ ...deps, store }, { kind: 'sweep', trigger: 'schedule', accountId: own.accountId, region: REGION }, log);
      for (let n = 0; n < 6; n += 1) {
        if (n === 3) world.state.interfaces.delete(ids[0] ?? '');
        if (n === 4) world.state.interfaces.delete(ids[1] ?? '');
        await sweep(n === overlapped ? loadedBefore(deps.store, () => sweep(deps.store)) : deps.store);
        own.clock.advance(31);
      }
      return newsIn(told);
    } finally {
      await own.stop();
    }
  }

  it('loses no news, and tells none twice, whichever of them it is', async () => {
    const undisturbed = (await storyOf(-1)).sort();
    expect(undisturbed.some((news) => news.startsWith('resolved'))).toBe(true);
    for (let overlapped = 0; overlapped < 6; overlapped += 1) expect((await storyOf(overlapped)).sort()).toEqual(undisturbed);
  });
});
