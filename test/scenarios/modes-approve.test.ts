// The packaged stack that asks: from the deletion to the clean certificate, and everything that must not delete.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { packageMode } from '../contracts/packaged-stack.ts';
import { roleActions } from '../contracts/template/permissions.ts';
import { ANNA, deployMode, type ModeStack } from '../support/modes.ts';

let sandbox: Sandbox;
let stack: ModeStack;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  await stack.stop();
  await sandbox.stop();
});

const metric = (name: string) =>
  stack.lambda.invocations.flatMap((each) => each.metrics).flatMap((each) => (each.name === name ? each.values : []));
/** What was sent by PutMetricData. */
const measured = (name: string) => sandbox.metrics.flatMap((each) => (each.name === name ? [each.value ?? 0] : []));

/** The roles of this mode against the calls that the sandbox recorded; in auto mode they are the same (test/contracts). */
async function expectRolesToFit() {
  const packaged = await packageMode('approve');
  const allowed = (name: string) =>
    roleActions(packaged.template, name).filter((action) => !action.startsWith('logs:') && action !== 'sts:GetCallerIdentity');
  for (const name of ['onClusterEvent', 'onSchedule', 'cleanup']) {
    expect({ name, actions: stack.lambda.actionsBy(name) }).toEqual({ name, actions: allowed(name) });
  }
  // The path proofs' reads take another world: packaged.test.ts drives each of them, with the same role but for the queue.
  const audited = stack.lambda.actionsBy('audit');
  expect(audited).toContain('sqs:SendMessage');
  expect(audited.filter((action) => !allowed('audit').includes(action))).toEqual([]);
}

describe('approve', () => {
  beforeEach(async () => {
    stack = await deployMode(sandbox, 'approve', { PLAN_EXPIRY_HOURS: '2' });
  });

  it('asks once, waits, deletes what a named person approved, and certifies', async () => {
    await stack.orphan('shop', 8);
    await stack.live(120);
    const [plan, ...others] = await stack.plans();
    expect(others).toEqual([]);
    expect(plan).toMatchObject({ status: 'waiting', cluster: 'shop', ledger: 'dynamodb:LedgerTable' });
    expect(plan?.plan.deletions).toHaveLength(8);
    expect(stack.eventsTold()).toEqual(['proposed']);
    // As long as it waits nothing is deleted, and nobody is asked twice.
    await stack.live(30);
    expect([stack.eventsTold(), stack.deleting().length]).toEqual([['proposed'], 0]);

    expect(await stack.decide(plan?.id ?? '')).toMatchObject({ accepted: true, says: `approved by ${ANNA}` });
    await stack.live(60);
    expect(stack.branchesOf('shop')).toEqual([]);
    expect(stack.deleting()).toHaveLength(8);
    expect(sandbox.harm).toEqual([]);
    expect(stack.eventsTold()).toEqual(['proposed', 'approved', 'finished']);
    expect(stack.toldOf('cleaned')).toHaveLength(8);
    expect(
      stack
        .told('certificate')
        .map((message) => (message.certificate as { outcome: string }).outcome)
        .at(-1),
    ).toBe('clean');
    expect((await stack.plans())[0]).toMatchObject({ status: 'done', decision: { by: ANNA, via: 'cli' }, says: '8 deleted' });
    expect((await stack.deletions()).map(({ by, digest }) => [by.includes(':'), digest])).toEqual(
      Array.from({ length: 8 }, () => [true, plan?.plan.digest]),
    );
    expect([metric('Deletions'), measured('PlansWaiting').includes(1), Math.max(...measured('OldestOrphanAge')) >= 2 * 3_600]).toEqual([
      [8],
      true,
      true,
    ]);
    expect(stack.failures()).toEqual([]);
  });

  it('refuses approvals of plans that are unknown, consumed, expired or of a world that changed; records each, changes nothing', async () => {
    await stack.orphan('shop', 2);
    await stack.live(120);
    const [first] = await stack.plans();
    const unknown = await stack.decide('0123456789abcdef');
    expect(unknown).toMatchObject({ accepted: false, says: 'there is no plan 0123456789abcdef' });

    sandbox.world().removeInterface(stack.branchesOf('shop')[0] ?? '');
    await stack.live(30);
    expect(await stack.decide(first?.id ?? '')).toMatchObject({
      accepted: false,
      says: expect.stringContaining('is void: the world changed'),
    });
    const second = (await stack.plans()).find(({ status }) => status === 'waiting');
    expect(second?.plan.deletions).toHaveLength(1);
    expect(stack.eventsTold()).toEqual(['proposed', 'proposed']);

    await stack.live(150);
    expect(await stack.decide(second?.id ?? '')).toMatchObject({
      accepted: false,
      says: expect.stringContaining(`wait as plan ${second?.id}-2`),
    });
    expect(stack.eventsTold()).toEqual(['proposed', 'proposed', 'expired']);
    expect(stack.deleting()).toEqual([]);

    expect(await stack.decide(`${second?.id}-2`)).toMatchObject({ accepted: true });
    expect(await stack.decide(`${second?.id}-2`)).toMatchObject({ accepted: false, says: expect.stringContaining('already approved') });
    await stack.live(60);
    expect(await stack.decide(`${second?.id}-2`)).toMatchObject({ accepted: false, says: expect.stringContaining('is consumed') });
    expect(stack.deleting()).toHaveLength(1);
    expect((await stack.decisions()).map(({ accepted, by }) => `${accepted} ${by}`).sort()).toEqual([
      ...Array.from({ length: 5 }, () => `false ${ANNA}`),
      `true ${ANNA}`,
    ]);
    expect(stack.failures()).toEqual([]);
  });

  it('a rejected plan is not asked about again as long as its world is the same', async () => {
    await stack.orphan('shop', 2);
    await stack.live(120);
    const [plan] = await stack.plans();
    expect(await stack.decide(plan?.id ?? '', 'reject')).toMatchObject({ accepted: true });
    await stack.live(5 * 60);
    expect(stack.eventsTold()).toEqual(['proposed', 'rejected']);
    expect((await stack.plans()).map(({ status }) => status)).toEqual(['rejected']);
    expect(stack.deleting()).toEqual([]);
  });

  it('whatever is put on its queue, it deletes only what is approved, and once', async () => {
    await stack.orphan('shop', 3);
    await stack.live(120);
    const [plan] = await stack.plans();
    const message = { kind: 'cleanup', ...stack.target, plan: plan?.id };
    // Before anybody approved; made up; of nobody; of no kind.
    for (const body of [message, { ...message, plan: 'ffffffffffffffff' }, { ...message, plan: `${plan?.id}-7` }, {}, 'delete all'])
      await stack.inject(body);
    expect(stack.deleting()).toEqual([]);
    expect(metric('BadEvents')).toHaveLength(2);

    await stack.decide(plan?.id ?? '');
    // Twice at once, then again when it is over, and once more later.
    for (const _ of [1, 2, 3]) await stack.inject(message);
    await stack.live(60);
    await stack.inject(message);
    expect(stack.deleting()).toHaveLength(3);
    expect(stack.eventsTold()).toEqual(['proposed', 'approved', 'finished']);
    expect(sandbox.harm).toEqual([]);
  });

  it('a foreign message is dead-lettered and deletes nothing', async () => {
    await stack.orphan('shop', 1);
    await stack.live(120);
    const [plan] = await stack.plans();
    await stack.decide(plan?.id ?? '');
    await stack.inject({ kind: 'cleanup', ...stack.target, accountId: '999999999999', plan: plan?.id });
    expect([metric('ForeignEvents').length, stack.deleting().length]).toEqual([1, 0]);
  });

  it('what came into use after the approval is refused, and its pod keeps its network', async () => {
    await stack.orphan('shop', 3);
    await stack.live(120);
    const [plan] = await stack.plans();
    await stack.decide(plan?.id ?? '');
    const [kept = '', used = ''] = stack.branchesOf('shop');
    const { interfaces } = sandbox.world().state;
    const eni = interfaces.get(used);
    if (eni) eni.status = 'in-use';
    const other = interfaces.get(kept);
    if (other) other.tags['sgp-warden:keep'] = 'anna looks at it';
    await stack.inject({ kind: 'cleanup', ...stack.target, plan: plan?.id });
    expect(stack.branchesOf('shop').sort()).toEqual([kept, used].sort());
    expect((await stack.plans())[0]).toMatchObject({ status: 'done', says: '1 deleted, 2 refused' });
    expect(metric('Refusals')).toEqual([1, 1]);

    // What was refused for what it was begins again; its plan, handed over, makes the last of the calls that the roles must allow.
    if (eni) eni.status = 'available';
    await stack.live(90);
    const again = (await stack.plans()).find(({ status }) => status === 'waiting');
    expect(again?.plan.deletions.map(({ interfaceId }) => interfaceId)).toEqual([used]);
    await stack.decide(again?.id ?? '');
    await stack.live(30);
    expect(stack.branchesOf('shop')).toEqual([kept]);
    await expectRolesToFit();
  });
});
