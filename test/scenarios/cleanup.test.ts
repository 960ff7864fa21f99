// From proven orphans to their deletion: what is deleted, what is not, and what stops it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Deps } from '../../shared/deps.ts';
import { newestFirst } from '../../shared/ledger/kind.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { applyCleanup, type CleanupControl, planCleanup } from '../../shared/plans/cleanup.ts';
import { DELETION } from '../../shared/plans/record.ts';
import { loadConfig } from '../../shared/settings/config.ts';
import { auditOf, depsOf } from '../support/sandbox.ts';

let sandbox: Sandbox;
let store: LedgerStore;
let orphans: string[];
const target = { accountId: '123456789012', region: 'us-east-1' };

/** So many orphans of a deleted cluster, seen long enough, beside a live cluster with pods. */
async function withOrphans(pods: number) {
  sandbox = await startSandbox();
  store = memoryStore();
  const world = sandbox.world();
  world.createCluster('live');
  world.addPod(world.addNode('live').instanceId);
  world.createCluster('shop');
  const nodes = Array.from({ length: Math.ceil(pods / 50) }, () => world.addNode('shop'));
  orphans = Array.from(
    { length: pods },
    (_, index) => world.addPod(nodes[index % nodes.length]?.instanceId ?? '').interfaceId ?? '',
  ).sort();
  world.deleteCluster('shop');
  sandbox.clock.advance(10);
  for (const node of nodes) world.terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  await auditOf(sandbox, store);
  sandbox.clock.advance(31);
}

afterEach(() => sandbox.stop());

const deps = (env: Record<string, string> = {}): Deps => depsOf(sandbox, { store, settings: loadConfig(env) });
const request = (max = 100) => ({ region: 'us-east-1', clusters: [], max });
/** Sleeping moves the sandbox's clock instead of waiting. */
const control = (halt: CleanupControl['halt'] = () => undefined): CleanupControl => ({
  halt,
  sleep: async (ms) => sandbox.clock.advance(ms / 60_000),
});
const plan = (max?: number, env = {}) => planCleanup(deps(env), request(max));
const cleanup = async (max?: number, halt?: CleanupControl['halt']) => applyCleanup(deps(), request(max), await plan(max), control(halt));
const left = () => orphans.filter((id) => sandbox.world().state.interfaces.has(id));
const deletes = () => sandbox.calls.filter((call) => call.action === 'DeleteNetworkInterface');
const eni = (index: number) => {
  const found = sandbox.world().state.interfaces.get(orphans[index] ?? '');
  if (!found) throw new Error(`orphan ${index} is gone`);
  return found;
};

describe('a plan', () => {
  beforeEach(() => withOrphans(3));

  it('lists what would be deleted, what that unblocks, and changes nothing', async () => {
    const { plan: made } = await plan();
    expect(made.deletions.map((deletion) => deletion.interfaceId)).toEqual(orphans);
    expect(made.unblocks.map(({ subject }) => subject.type)).toContain('security-group');
    expect(sandbox.calls.filter((call) => call.mutating)).toEqual([]);
  });

  it('has a digest over what it would delete and why: the same for the same world, another for another', async () => {
    const first = (await plan()).plan.digest;
    sandbox.clock.advance(30);
    expect((await plan()).plan.digest).toBe(first);
    expect((await plan(2)).plan.digest).not.toBe(first);
  });

  it.each<[string, Record<string, string>, () => void, string]>([
    ['the tag sgp-warden:keep', {}, () => Object.assign(eni(0).tags, { 'sgp-warden:keep': '' }), 'not-excluded'],
    ['EXCLUDED_CLUSTERS', { EXCLUDED_CLUSTERS: 'shop' }, () => undefined, 'not-excluded'],
  ])('refuses what %s excludes', async (_name, env, change, guard) => {
    change();
    const { plan: made } = await plan(100, env);
    expect(made.refusals.find((refusal) => refusal.interfaceId === orphans[0])?.guard).toBe(guard);
  });

  it('refuses suspects, and says what is missing', async () => {
    store = memoryStore();
    const { plan: made } = await plan();
    expect(made.deletions).toEqual([]);
    expect(made.refusals.map((refusal) => refusal.guard)).toEqual(['seen-twice', 'seen-twice', 'seen-twice']);
  });
});

describe('an execution', () => {
  beforeEach(() => withOrphans(8));

  it('deletes every orphan, records each in full, and resolves its finding', async () => {
    const report = await cleanup();
    expect(report.execution?.outcomes.map((outcome) => outcome.status)).toEqual(orphans.map(() => 'deleted'));
    expect(left()).toEqual([]);
    const records = newestFirst(await store.load(target), DELETION);
    expect(records.map((record) => record.status)).toEqual(orphans.map(() => 'deleted'));
    expect(records.every((record) => record.interface?.NetworkInterfaceId === record.interfaceId && record.by.startsWith('arn:'))).toBe(
      true,
    );
    expect(report.freed.map(({ subject }) => subject.type)).toContain('security-group');
    expect((await auditOf(sandbox, store)).findings).toEqual([]);
    expect(sandbox.harm).toEqual([]);
  });

  it('goes one, verify, five, verify, the rest; and reads the interface last', async () => {
    await cleanup();
    const calls = sandbox.calls.map((call) => call.action);
    const first = calls.indexOf('DeleteNetworkInterface');
    expect(calls.slice(first - 1, first + 2)).toEqual(['DescribeNetworkInterfaces', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces']);
  });

  it('is paced', async () => {
    await cleanup();
    const times = deletes().map((call) => call.at.getTime());
    expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= 499)).toBe(true);
  });

  it('stops between interfaces when the time is short, and says what is left', async () => {
    let asked = 0;
    const report = await cleanup(100, () => {
      asked += 1;
      return asked > 3 ? 'time' : undefined;
    });
    expect(report.execution).toMatchObject({ stop: { why: 'time' }, left: orphans.slice(3) });
    expect(left()).toEqual(orphans.slice(3));
  });

  it('stops at a denied deletion, names the permission, and marks nothing deleted', async () => {
    sandbox.faults.add({ when: (call) => call.action === 'DeleteNetworkInterface', effect: { kind: 'deny' } });
    const report = await cleanup();
    expect(report.execution?.stop).toMatchObject({ why: 'denied', says: expect.stringContaining('ec2:DeleteNetworkInterface') });
    expect(deletes()).toHaveLength(1);
    expect(newestFirst(await store.load(target), DELETION).map((record) => record.status)).toEqual(['failed']);
  });

  it('slows down when the account is throttled, and never bursts', async () => {
    sandbox.faults.add({ when: (call) => call.action === 'DeleteNetworkInterface', times: 3, effect: { kind: 'throttle' } });
    await cleanup();
    expect(left()).toEqual([]);
    const times = deletes().map((call) => call.at.getTime());
    expect((times[3] ?? 0) - (times[2] ?? 0)).toBeGreaterThanOrEqual(4_000);
  });

  it('stops when EC2 says deleted and still describes it', async () => {
    const stale = sandbox.snapshot();
    sandbox.faults.add({
      when: (call) =>
        call.action === 'DescribeNetworkInterfaces' &&
        deletes().some((each) => each.outcome === 'OK') &&
        'NetworkInterfaceId' in call.params,
      effect: { kind: 'stale', snapshot: stale },
    });
    const report = await cleanup();
    expect(report.execution?.stop?.why).toBe('unverified');
    expect(deletes()).toHaveLength(1);
  });

  it('two workers on one plan delete each interface once', async () => {
    const made = await plan();
    const reports = await Promise.all([applyCleanup(deps(), request(), made, control()), applyCleanup(deps(), request(), made, control())]);
    expect(left()).toEqual([]);
    expect(deletes().filter((call) => call.outcome === 'OK')).toHaveLength(orphans.length);
    const deleted = reports.flatMap((report) => report.execution?.outcomes.filter((outcome) => outcome.status === 'deleted') ?? []);
    expect(deleted).toHaveLength(orphans.length);
  });
});

describe('what changed between plan and deletion', () => {
  beforeEach(() => withOrphans(2));

  it.each<[string, () => void, string]>([
    ['was tagged sgp-warden:keep', () => Object.assign(eni(0).tags, { 'sgp-warden:keep': 'x' }), 'not-excluded'],
    [
      'moved to another group',
      () => eni(0).groups.splice(0, 1, sandbox.world().createSecurityGroup({ vpcId: eni(0).vpcId }).id),
      'fingerprint-unchanged',
    ],
    ['came into use', () => Object.assign(eni(0), { status: 'in-use' }), 'status-available'],
    ['got its cluster back', () => sandbox.world().createCluster('shop', { vpcId: eni(0).vpcId }), 'cluster-gone'],
    [
      'got its trunk back',
      () =>
        sandbox
          .world()
          .putInterface({ id: eni(0).tags['vpcresources.k8s.aws/trunk-eni-id'] ?? '', description: 'aws-k8s-trunk-eni', status: 'in-use' }),
      'trunk-and-instance-gone',
    ],
  ])('an interface that %s is refused, and its sightings start again', async (_name, change, guard) => {
    const made = await plan();
    change();
    const report = await applyCleanup(deps(), request(), made, control());
    expect(report.execution?.outcomes[0]).toMatchObject({ interfaceId: orphans[0], status: 'refused', guard });
    expect(sandbox.world().state.interfaces.has(orphans[0] ?? '')).toBe(true);
    const again = (await plan()).plan;
    expect(again.deletions.map((deletion) => deletion.interfaceId)).not.toContain(orphans[0]);
  });

  it('one that is gone already is recorded as such, not as deleted by us', async () => {
    const made = await plan();
    sandbox.world().removeInterface(orphans[0] ?? '');
    const report = await applyCleanup(deps(), request(), made, control());
    expect(report.execution?.outcomes.map((outcome) => outcome.status)).toEqual(['already-gone', 'deleted']);
  });

  it('a cluster that is "not found" once by mistake and then ACTIVE is refused', async () => {
    const made = await plan();
    sandbox.world().createCluster('shop', { vpcId: eni(0).vpcId });
    const report = await applyCleanup(deps(), request(), made, control());
    expect(report.execution?.outcomes.every((outcome) => outcome.status === 'refused')).toBe(true);
    expect(deletes()).toEqual([]);
  });
});

it('300 orphans with a cap of 100 take three runs of 100, and say so', async () => {
  await withOrphans(300);
  const counts: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const report = await cleanup(100);
    counts.push(report.execution?.outcomes.filter((outcome) => outcome.status === 'deleted').length ?? 0);
    const deferred = report.plan.refusals.filter((refusal) => refusal.guard === 'batch-limit');
    expect(deferred).toHaveLength(200 - run * 100);
  }
  expect(counts).toEqual([100, 100, 100]);
  expect(left()).toEqual([]);
});

describe('what a cleanup leaves in the ledger', () => {
  beforeEach(() => withOrphans(3));

  it('resolves what the orphans pinned, so that the next audit is silent', async () => {
    await cleanup();
    const report = await auditOf(sandbox, store);
    expect([report.findings, report.unknown]).toEqual([[], []]);
  });

  it('calls nothing free that something still holds', async () => {
    const made = await plan();
    eni(0).status = 'in-use';
    const report = await applyCleanup(deps(), request(), made, control());
    expect(report.freed).toEqual([]);
  });

  it('a plan for another region is refused as a whole', async () => {
    const made = await plan();
    await expect(applyCleanup(deps(), { ...request(), region: 'eu-west-1' }, made, control())).rejects.toThrow('the plan is for us-east-1');
    expect(left()).toEqual(orphans);
  });

  it('a deletion that the ledger could not record is found out by the next run', async () => {
    const made = await plan();
    let failing = false;
    const fragile: LedgerStore = {
      ...store,
      write: (...args) => {
        failing ||= deletes().some((call) => call.outcome === 'OK');
        return failing ? Promise.reject(new Error('disk full')) : store.write(...args);
      },
    };
    await applyCleanup({ ...deps(), store: fragile }, request(), made, control()).catch(() => undefined);
    expect(deletes()).toHaveLength(1);
    sandbox.clock.advance(31);
    await cleanup();
    const records = newestFirst(await store.load(target), DELETION);
    expect(left()).toEqual([]);
    expect(records.filter((record) => record.status === 'deleting')).toEqual([]);
  });
});

it('orphans that somebody deleted by hand, some unread at first, resolve what they pinned in the end', async () => {
  await withOrphans(2);
  await auditOf(sandbox, store);
  for (const id of orphans) sandbox.world().removeInterface(id);
  const allow = sandbox.faults.add({ when: (call) => JSON.stringify(call.params).includes(orphans[1] ?? '-'), effect: { kind: 'deny' } });
  await auditOf(sandbox, store);
  allow();
  const report = await auditOf(sandbox, store);
  expect([report.findings, report.unknown]).toEqual([[], []]);
});
