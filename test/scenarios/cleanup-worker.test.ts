// The worker that carries plans out, killed at each of its steps, short of time, throttled, denied, and asked for many plans at once.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { type Death, startWorkers, type Workers } from '../support/workers.ts';

let sandbox: Sandbox;
let live: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  const world = sandbox.world();
  world.createCluster('live');
  live = world.addPod(world.addNode('live').instanceId).interfaceId ?? '';
});
afterEach(async () => {
  expect([sandbox.harm, sandbox.world().state.interfaces.has(live)]).toEqual([[], true]);
  await sandbox.stop();
});

const deletions = () => sandbox.calls.filter(({ action }) => action === 'DeleteNetworkInterface');
const deletedIds = () => deletions().map(({ params }) => String(params.NetworkInterfaceId));

/** Orphans of one deleted cluster in a plan that Anna approved, and that nobody has begun to carry out. */
async function approvedPlan(workers: Workers, cluster: string, pods: number) {
  const orphans = workers.orphan(cluster, pods);
  await workers.live(60);
  const plan = (await workers.plans()).find((each) => each.cluster === cluster)?.id ?? '';
  await workers.decide(plan);
  return { orphans, plan };
}

describe('killed', () => {
  const ORPHANS = 3;

  /** What became of a story whose worker dies there, and whose half hours then go on. */
  async function storyOf(death: Death) {
    const workers = startWorkers(sandbox, 'approve');
    const { orphans, plan } = await approvedPlan(workers, `shop-${death.step}`, ORPHANS);
    workers.dieAt(death);
    await workers.deliver(plan);
    for (let halfHours = 0; halfHours < 4 && workers.outcomeOfCertificate() === undefined; halfHours += 1) await workers.live(30);
    const [ended, ...others] = await workers.plans();
    const left = orphans.filter(workers.isThere);
    return {
      left,
      status: ended?.status,
      says: ended?.says,
      others,
      told: workers.planEvents(),
      certificate: workers.outcomeOfCertificate(),
    };
  }

  it.each(['before', 'after'] as const)(
    '%s each of its steps: all of it is deleted in the end, people are told once, the certificate is clean',
    async (when) => {
      const undisturbed = startWorkers(sandbox, 'approve');
      const { plan } = await approvedPlan(undisturbed, 'undisturbed', ORPHANS);
      await undisturbed.deliver(plan);
      const { steps } = undisturbed.counted;
      expect(steps).toBeGreaterThan(40);
      for (let step = 1; step <= steps; step += 1) {
        const { told, ...story } = await storyOf({ step, when });
        expect({ step, ...story, told: told.join() }).toEqual({
          step,
          ...{ left: [], status: 'done', says: '3 deleted', others: [], certificate: 'clean' },
          told: 'proposed,approved,finished',
        });
      }
    },
  );
});

describe('short of time', () => {
  it('goes on in the next message at once, and deletes each interface once', async () => {
    const workers = startWorkers(sandbox, 'approve');
    const { orphans, plan } = await approvedPlan(workers, 'shop', 8);
    // Each invocation has time for three.
    let asked = 0;
    workers.remainingMs(() => {
      asked += 1;
      return asked % 4 === 0 ? 119_999 : 120_000;
    });
    const before = { ...workers.counted };
    await workers.deliver(plan);
    expect(deletedIds().sort()).toEqual(orphans);
    expect(workers.counted.cleanups - before.cleanups).toBe(3);
    // Only the end of the plan is told, and asks for an audit.
    expect([workers.counted.audits - before.audits, workers.planEvents()]).toEqual([1, ['proposed', 'approved', 'finished']]);
    expect((await workers.plans())[0]).toMatchObject({ status: 'done', says: '8 deleted' });
    expect(workers.counts('Deletions')).toEqual([3, 3, 2]);
  });

  it('without time for a single one it waits: no invocation only asks for the next', async () => {
    const workers = startWorkers(sandbox, 'approve');
    const { orphans, plan } = await approvedPlan(workers, 'shop', 2);
    workers.remainingMs(() => 119_999);
    await workers.deliver(plan);
    expect([workers.counted.cleanups, deletions()]).toEqual([1, []]);
    workers.remainingMs(() => 600_000);
    await workers.live(30);
    expect(deletedIds().sort()).toEqual(orphans);
  });
});

describe('throttled', () => {
  it.each([
    ['its deletions', 'DeleteNetworkInterface'],
    ['its reads', 'DescribeNetworkInterfaces'],
  ])('%s: it ends, goes on a quarter of an hour later with the same interface, and alerts nobody', async (_name, action) => {
    const workers = startWorkers(sandbox, 'approve');
    const { orphans, plan } = await approvedPlan(workers, 'shop', 4);
    const recover = sandbox.faults.add({
      when: (call) => call.action === action && workers.isCleaning() && JSON.stringify(call.params).includes(orphans[2] ?? '-'),
      effect: { kind: 'throttle' },
    });
    await workers.deliver(plan);
    recover();
    const [plans] = await workers.plans();
    expect(plans).toMatchObject({
      status: 'running',
      says: expect.stringMatching(/^\d deleted.*; it goes on later$/),
    });
    // The audit that tells what was deleted so far has seen the plan, and has not handed it over.
    expect([workers.cleanups.length, orphans.filter(workers.isThere)]).toEqual([1, orphans.slice(2)]);

    sandbox.clock.advance(15);
    await workers.idle();
    expect(orphans.filter(workers.isThere)).toEqual([]);
    expect((await workers.plans()).map(({ status, says }) => [status, says])).toEqual([['done', '4 deleted']]);
    expect(workers.planEvents()).toEqual(['proposed', 'approved', 'finished']);
    expect([workers.transitions('cleanup-failed'), workers.counts('CleanupFailures')]).toEqual([[], []]);
    expect(workers.outcomeOfCertificate()).toBe('clean');
  });
});

describe('denied', () => {
  const deny = () => sandbox.faults.add({ when: ({ action }) => action === 'DeleteNetworkInterface', effect: { kind: 'deny' } });

  it('stops at the first, and says so: to people, in the ledger, to the alarm', async () => {
    const workers = startWorkers(sandbox, 'approve');
    const { orphans, plan } = await approvedPlan(workers, 'shop', 4);
    deny();
    await workers.deliver(plan);
    expect([deletedIds(), orphans.filter(workers.isThere)]).toEqual([orphans.slice(0, 1), orphans]);
    const says = expect.stringMatching(/^0 deleted, 1 failed, 3 left; stopped: missing permission ec2:DeleteNetworkInterface/);
    expect((await workers.plans())[0]).toMatchObject({ id: `${plan}-2`, status: 'waiting' });
    expect(workers.told.findLast((each) => each.kind === 'plan')).toMatchObject({ notice: { event: 'finished', says } });
    expect(workers.transitions('cleanup-failed')).toEqual(orphans.slice(0, 1));
    expect(workers.counts('CleanupFailures')).toEqual([1]);
  });

  it('in auto mode the same plan is not tried again at every sweep, nor told of', async () => {
    const workers = startWorkers(sandbox, 'auto');
    const orphans = workers.orphan('shop', 3);
    const allow = deny();
    await workers.live(12 * 60);
    expect([deletedIds(), workers.planEvents()]).toEqual([orphans.slice(0, 1), ['finished']]);
    allow();
    await workers.live(14 * 60);
    expect([orphans.filter(workers.isThere), workers.planEvents()]).toEqual([[], ['finished', 'finished']]);
  });
});

describe('with much to do', () => {
  it('in auto mode a sweep deletes no more than CLEANUP_MAX, however often audits follow it', async () => {
    const workers = startWorkers(sandbox, 'auto', { CLEANUP_MAX: '2' });
    workers.orphan('shop', 3);
    workers.orphan('blue', 2);
    const perHalfHour: number[] = [];
    for (let halfHours = 0; halfHours < 6; halfHours += 1) {
      const before = deletions().length;
      await workers.live(30);
      perHalfHour.push(deletions().length - before);
    }
    expect(perHalfHour).toEqual([0, 2, 2, 1, 0, 0]);
    expect(workers.planEvents().every((event) => event === 'finished')).toBe(true);
  });

  it.each([
    ['nobody answers', 'approve', () => undefined],
    ['somebody rejected', 'approve', (workers: Workers, plan: string) => workers.decide(plan, 'reject')],
    ['somebody rejected', 'auto', (workers: Workers, plan: string) => workers.decide(plan, 'reject')],
  ] as const)('a plan that %s does not use up CLEANUP_MAX for other clusters (%s)', async (_name, mode, answer) => {
    const asked = startWorkers(sandbox, 'approve', { CLEANUP_MAX: '2' });
    asked.orphan('blue', 3);
    await asked.live(60);
    await answer(asked, (await asked.plans())[0]?.id ?? '');
    const workers = startWorkers(sandbox, mode, { CLEANUP_MAX: '2' }, asked.store);
    const orphans = workers.orphan('shop', 2);
    await workers.live(60);
    const plan = (await workers.plans()).find(({ cluster }) => cluster === 'shop');
    expect(plan?.plan.deletions.map(({ interfaceId }) => interfaceId)).toEqual(orphans);
    expect(deletedIds()).toEqual(mode === 'auto' ? orphans : []);
  });

  it('the plans of many clusters make no storm of audits', async () => {
    const workers = startWorkers(sandbox, 'approve');
    for (let cluster = 0; cluster < 12; cluster += 1) workers.orphan(`shop-${cluster}`, 1);
    await workers.live(60);
    for (const { id } of await workers.plans()) await workers.decide(id);
    const { audits } = workers.counted;
    await workers.live(30);
    expect((await workers.plans()).map(({ status, says }) => `${status} ${says}`)).toEqual(Array(12).fill('done 1 deleted'));
    expect(deletions()).toHaveLength(12);
    // The sweep, and one after each plan; a plan's message that comes before its end was told may ask for another.
    expect(workers.counted.audits - audits).toBeLessThanOrEqual(2 * (1 + 12));
  });
});

it('whose queue takes nothing is no reason to keep from people what was found', async () => {
  const workers = startWorkers(sandbox, 'auto');
  workers.orphan('shop', 2);
  workers.queueIsDown(true);
  await workers.live(60);
  expect(workers.errors()).toEqual([expect.stringContaining('SQS took 0 of 1')]);
  expect(workers.transitions('changed').concat(workers.transitions('opened'))).not.toEqual([]);
  workers.queueIsDown(false);
  await workers.live(30);
  expect(workers.planEvents()).toEqual(['finished']);
});
