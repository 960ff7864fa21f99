// A plan that is answered by a click: by somebody who may, once, and only as long as it waits.
import { describe, expect, it } from '@jest/globals';
import type { ProposedPlan } from '../../../shared/plans/plan.ts';
import { ANNA, BEN, NONCE, SLACK_ANNA, SLACK_BEN } from '../../support/clicks.ts';
import { ALICE, decision, EXPIRES, PLAN_ID, result } from '../../support/plans.ts';
import { TARGET } from '../../support/reports.ts';
import { askedWorld, type ClickWorld, OF_PLAN, START } from './click-world.ts';

const CLEANUP = { kind: 'cleanup', ...TARGET, plan: PLAN_ID };
const PUBLISH = { kind: 'publish', ...TARGET };
const VISITOR = { ...ANNA, id: 'U0VISITOR' };

/** Demands that a click was refused, told and recorded, and changed nothing else. */
async function expectRefused(world: ClickWorld, click: () => Promise<unknown>, says: string, plan = PLAN_ID) {
  const before = await world.untouched();
  await click();
  expect(await world.untouched()).toEqual(before);
  expect(world.queued).toEqual([]);
  expect(world.told).toEqual([expect.stringContaining(says)]);
  expect(await world.decisions()).toEqual([
    expect.objectContaining({ plan, via: 'slack', accepted: false, says: expect.stringContaining(says) }),
  ]);
}

describe('an approval', () => {
  it('is written on the plan first, then handed over, told and recorded', async () => {
    const world = await askedWorld();
    expect(await world.click()).toEqual({ statusCode: 200, body: '' });
    const at = START.toISOString();
    const approval = { verdict: 'approve', by: SLACK_ANNA, via: 'slack', at };
    expect(await world.planNow()).toMatchObject({ status: 'approved', decision: approval });
    expect(world.queued).toEqual(expect.arrayContaining([CLEANUP, PUBLISH]));
    expect(world.queued).toHaveLength(2);
    expect(world.told).toEqual([
      `You approved plan ${PLAN_ID}, 6 interfaces of deleted cluster checkout. Each is proven once more before it is deleted, and the message reports the result.`,
    ]);
    expect(await world.decisions()).toEqual([
      { ...approval, id: expect.any(String), plan: PLAN_ID, accepted: true, says: `approved by ${SLACK_ANNA}` },
    ]);
    expect(await world.clicks()).toEqual([]);
  });

  it('is on no queue as long as it is not in the ledger', async () => {
    let statusThen: string | undefined;
    const world = await askedWorld({
      askForCleanup: async () => {
        statusThen = (await world.planNow())?.status;
      },
    });
    await world.click();
    expect(statusThen).toBe('approved');
  });

  it.each(['askForAudit', 'askForCleanup'] as const)(
    'stands when the queue does not take it (%s): the next sweep hands it over',
    async (queue) => {
      const world = await askedWorld({ [queue]: () => Promise.reject(new Error('SQS took 0 of 1 messages')) });
      expect((await world.click()).statusCode).toBe(200);
      expect(await world.planNow()).toMatchObject({ status: 'approved' });
      expect(world.queued).toEqual([queue === 'askForAudit' ? CLEANUP : PUBLISH]);
      expect(world.told[0]).toMatch(/^You approved .*the next sweep, within half an hour, does that\.$/);
      expect(world.lines.filter(({ RunFailures, function: name }) => RunFailures === 1 && name === 'onSlackAction')).toHaveLength(1);
    },
  );

  it('in report mode is refused before anything is decided: nobody would carry it out', async () => {
    const world = await askedWorld({ askForCleanup: undefined });
    await expectRefused(world, () => world.click(), 'this stack deletes nothing: its CLEANUP_MODE is report');
  });
});

describe('a rejection', () => {
  it.each(['approve', 'report'])('is taken where the mode is %s, and deletes nothing', async (mode) => {
    const world = await askedWorld(mode === 'report' ? { askForCleanup: undefined } : {});
    await world.click({ action: 'reject', user: BEN });
    expect(await world.planNow()).toMatchObject({ status: 'rejected', decision: { by: SLACK_BEN, via: 'slack' } });
    expect(world.queued).toEqual([PUBLISH]);
    expect(world.told).toEqual([`You rejected plan ${PLAN_ID}, 6 interfaces of deleted cluster checkout. Nothing of it is deleted.`]);
  });
});

describe('a click is refused, changes nothing and is recorded', () => {
  it.each(['approve', 'reject'])('to %s by somebody who may not, with how to be added', async (action) => {
    const world = await askedWorld();
    await expectRefused(
      world,
      () => world.click({ action, user: VISITOR }),
      `U0VISITOR may not ${action}: only the users in SLACK_APPROVERS may`,
    );
    expect(await world.decisions()).toEqual([expect.objectContaining({ by: 'slack:T0TEAM/U0VISITOR/anna' })]);
  });

  it('by everybody, where SLACK_APPROVERS is empty', async () => {
    for (const user of [ANNA, BEN, VISITOR]) {
      const world = await askedWorld({ approvers: [] });
      await expectRefused(world, () => world.click({ user }), 'only the users in SLACK_APPROVERS may');
    }
  });

  it('by somebody who only calls themselves like an approver', async () => {
    const world = await askedWorld();
    await expectRefused(world, () => world.click({ user: { ...VISITOR, username: ANNA.id, name: ANNA.id } }), 'U0VISITOR may not approve');
  });

  it.each<[string, Partial<ProposedPlan>, string]>([
    ['expired, and a sweep has seen it', { status: 'expired', says: 'nobody approved it' }, `plan ${PLAN_ID} expired: nobody approved it`],
    ['superseded', { status: 'superseded', says: 'the world changed' }, `plan ${PLAN_ID} is void: the world changed`],
    ['of its next round', { id: `${PLAN_ID}-2`, round: 2 }, `plan ${PLAN_ID} is over; the same orphans were proven again`],
    ['approved at a terminal', { status: 'approved', decision: decision() }, `was already approved by ${ALICE}`],
    ['rejected', { status: 'rejected', decision: decision({ verdict: 'reject' }) }, `was rejected by ${ALICE}`],
    ['begun', { status: 'running', decision: decision(), run: { by: 'w', startedAt: EXPIRES, until: EXPIRES } }, 'is consumed'],
    ['carried out', { status: 'done', decision: decision(), result: result() }, 'is consumed'],
  ])('on a plan that is %s', async (_name, changes, says) => {
    for (const action of ['approve', 'reject']) {
      const world = await askedWorld();
      await world.plan(changes);
      await expectRefused(world, () => world.click({ action }), says);
    }
  });

  it('on an approval, to take it back: that takes a terminal', async () => {
    const world = await askedWorld();
    await world.plan({ status: 'approved', decision: decision() });
    await expectRefused(world, () => world.click({ action: 'reject' }), `to take it back: sgp-warden reject ${PLAN_ID}`);
  });

  it('the moment that the plan expires, whether a sweep has seen it or not', async () => {
    const world = await askedWorld();
    world.at(new Date(EXPIRES));
    await expectRefused(world, () => world.click(), `plan ${PLAN_ID} expired at ${EXPIRES}`);
  });

  it('on a plan that the ledger has forgotten', async () => {
    const world = await askedWorld();
    await world.message(OF_PLAN, 'gone', { nonce: NONCE, of: { kind: 'plan', plan: 'fedcba9876543210' } });
    await expectRefused(world, () => world.click(), 'there is no plan fedcba9876543210', 'fedcba9876543210');
  });
});

describe('clicks at once', () => {
  it.each<[string, string, typeof ANNA]>([
    ['two approvers', 'approve', BEN],
    ['one approver twice', 'approve', ANNA],
    ['an approval and a rejection', 'reject', BEN],
  ])('of %s are one decision; the other is told whose', async (_name, second, user) => {
    const world = await askedWorld();
    await Promise.all([world.click(), world.click({ action: second, user })]);
    const decisions = await world.decisions();
    expect(decisions.map(({ accepted }) => accepted).sort()).toEqual([false, true]);
    const taken = decisions.find(({ accepted }) => accepted);
    expect((await world.planNow())?.decision).toMatchObject({ by: taken?.by, verdict: taken?.verdict });
    expect(world.queued.filter((each) => (each as { kind: string }).kind === 'cleanup').length).toBe(taken?.verdict === 'approve' ? 1 : 0);
    expect(world.queued.filter((each) => (each as { kind: string }).kind === 'publish')).toHaveLength(1);
    expect(world.told.filter((each) => each.includes(` by ${taken?.by} at `))).toHaveLength(1);
  });

  it('of twenty people are one decision', async () => {
    const users = Array.from({ length: 20 }, (_, n) => ({ ...ANNA, id: `U0USER${n}`, username: `user-${n}` }));
    const world = await askedWorld({ approvers: users.map(({ id }) => id) });
    await Promise.all(users.map((user, n) => world.click({ user, action: n % 2 === 0 ? 'approve' : 'reject' })));
    expect((await world.decisions()).filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(await world.decisions()).toHaveLength(20);
  });
});
