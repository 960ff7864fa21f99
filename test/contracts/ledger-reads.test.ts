// What a sweep reads: its partition of the ledger once, whatever happens in it, and of AWS next to nothing where there is nothing.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CHANGE, JUDGING } from '../../shared/changes/record.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { statesOf } from '../../shared/ledger/kind.ts';
import { decidePlan } from '../../shared/plans/decide-plan.ts';
import { PLAN } from '../../shared/plans/record.ts';
import { work } from '../../shared/run/worker.ts';
import type { WorkerDeps } from '../../shared/run/worker-ports.ts';
import { countingStore } from '../ledger/stores.ts';
import { ANYWHERE, changeWorld, port53 } from '../support/change-world.ts';
import { daysOf } from '../support/days.ts';
import { ANNA } from '../support/modes.ts';

const [REGION, OTHER] = ['us-east-1', 'eu-west-1'] as const;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T12:00:00Z') });
});
afterEach(() => sandbox.stop());

/** A sweep, and what it asked of the ledger and of AWS. */
async function swept(deps: WorkerDeps, trigger: 'schedule' | 'cleanup' = 'schedule') {
  const { store, asked } = countingStore(deps.store);
  const before = sandbox.calls.length;
  const { accountId } = sandbox;
  const log = jsonLogger(() => undefined, deps.clock);
  await work({ ...deps, store }, { kind: 'sweep', trigger, accountId, region: REGION }, log);
  return { ...asked, aws: sandbox.calls.slice(before).map(({ action }) => action) };
}

/** A cluster's orphans, seen often enough to be proven. */
async function orphans(deps: WorkerDeps) {
  const world = sandbox.world();
  world.createCluster('shop');
  const node = world.addNode('shop');
  for (let pod = 0; pod < 3; pod += 1) world.addPod(node.instanceId);
  world.deleteCluster('shop');
  world.terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  await swept(deps);
  sandbox.clock.advance(40);
}

const LIST_READS = ['list-read/branchEnis', 'list-read/trunkEnis'];

it('an idle sweep loads its partition once, and reads of AWS five times at most', async () => {
  const { deps } = daysOf(sandbox, [REGION]);
  await swept(deps);
  sandbox.clock.advance(30);
  const { loads, gets, writes, aws } = await swept(deps);
  expect(loads).toEqual([REGION]);
  expect(gets).toEqual(LIST_READS);
  // When the lists were read, and that there was an audit.
  expect(writes).toBe(2);
  expect(aws.length).toBeLessThanOrEqual(5);
});

it('a sweep that judges changes, too', async () => {
  const world = await changeWorld(sandbox);
  await world.revoke(world.setId, port53('udp', ANYWHERE));
  world.deliver(world.calls());
  await world.runDue();
  const { loads, gets } = await swept(world.deps);
  expect(loads).toEqual([REGION]);
  expect(gets.filter((key) => !LIST_READS.includes(key)).map((key) => key.split('/')[0])).toEqual([
    ...[JUDGING.key(), JUDGING.key()],
    ...['finding', 'change-notice'],
  ]);
  expect(world.notices()).toHaveLength(1);
  expect(statesOf(await world.deps.store.load({ accountId: sandbox.accountId, region: REGION }), CHANGE)).toMatchObject([
    { status: 'judged' },
  ]);
});

it('a sweep that opens a teardown, proposes a plan, and later finds it approved, too', async () => {
  const days = daysOf(sandbox, [REGION], { cleanupMode: 'approve' });
  const begun: unknown[] = [];
  const deps: WorkerDeps = { ...days.deps, askForCleanup: async (messages) => void begun.push(...messages) };
  await orphans(deps);
  const proposing = await swept(deps);
  expect(proposing.loads).toEqual([REGION]);
  const target = { accountId: sandbox.accountId, region: REGION };
  const [plan] = statesOf(await deps.store.load(target), PLAN);
  expect(plan?.plan.status).toBe('waiting');
  await decidePlan(deps, { target, plan: plan?.plan.id ?? '', verdict: 'approve', by: ANNA, via: 'cli' });
  sandbox.clock.advance(30);
  for (const trigger of ['schedule', 'cleanup'] as const) expect((await swept(deps, trigger)).loads).toEqual([REGION]);
  expect(begun).toHaveLength(2);
});

it('the digest of a day loads each other region once, and its own not again', async () => {
  const days = daysOf(sandbox, [REGION, OTHER]);
  await orphans(days.deps);
  await swept(days.deps);
  sandbox.clock.advance(24 * 60);
  const { loads } = await swept(days.deps);
  expect(loads).toEqual([REGION, OTHER]);
  expect(days.told.filter(({ kind }) => kind === 'daily')).toHaveLength(1);
});
