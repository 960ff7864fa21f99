// A finding that is snoozed by a click: by somebody who may, as it was told, and never in place of what somebody else said.
import { describe, expect, it } from '@jest/globals';
import type { Acceptance } from '../../../shared/domain/acceptance.ts';
import type { FindingState } from '../../../shared/domain/finding.ts';
import { acceptFinding } from '../../../shared/findings/accept.ts';
import { FINDING as FINDING_KIND } from '../../../shared/findings/record.ts';
import { ANNA, BEN, NONCE, SLACK_ANNA, SLACK_BEN } from '../../support/clicks.ts';
import { stateOf } from '../../support/findings.ts';
import { finding, TARGET } from '../../support/reports.ts';
import { askedWorld, type ClickWorld, FINDING, MEANING, OF_FINDING, type Press, START } from './click-world.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(START.getTime() + days * DAY_MS);
const SWEEP = { kind: 'sweep', trigger: 'click', ...TARGET };
const snooze = (world: ClickWorld, pressed: Press = {}) => world.click({ action: 'snooze', ...pressed });
const accepted = (changes: Partial<Acceptance> = {}): Acceptance => ({
  findingId: FINDING.id,
  by: 'arn:aws:iam::111122223333:user/carla',
  reason: 'kept for the auditors',
  owner: 'web-team',
  until: inDays(100).toISOString(),
  at: inDays(-1).toISOString(),
  severity: FINDING.severity,
  meaning: MEANING,
  ...changes,
});

/** Demands that a snooze was refused, told and recorded, and changed nothing else. */
async function expectRefused(world: ClickWorld, says: string, pressed: Press = {}) {
  const before = await world.untouched();
  expect(await snooze(world, pressed)).toEqual({ statusCode: 200, body: '' });
  expect(await world.untouched()).toEqual(before);
  expect(world.queued).toEqual([]);
  expect(world.told).toEqual([expect.stringContaining(says)]);
  expect(await world.clicks()).toEqual([
    expect.objectContaining({ action: 'snooze', about: FINDING.id, accepted: false, says: expect.stringContaining(says) }),
  ]);
}

describe('a snooze', () => {
  it.each([
    [1, 'snoozed for 1 day in Slack'],
    [7, 'snoozed for 7 days in Slack'],
    [30, 'snoozed for 30 days in Slack'],
  ])('for %s days is an acceptance of what the message told, and the next audit tells it', async (days, reason) => {
    const world = await askedWorld();
    await snooze(world, { days });
    const until = inDays(days).toISOString();
    expect(await world.acceptances()).toEqual([
      accepted({ by: SLACK_ANNA, owner: 'anna', reason, until, at: START.toISOString(), meaning: MEANING }),
    ]);
    expect(world.queued).toEqual([SWEEP]);
    expect(world.told).toEqual([`Snoozed: ${FINDING.subject.id} is accepted until ${until.slice(0, 10)}; anna answers for it.`]);
    expect(await world.clicks()).toEqual([
      expect.objectContaining({ by: SLACK_ANNA, action: 'snooze', about: FINDING.id, accepted: true, count: 1 }),
    ]);
  });

  it('stands when the queue does not take it', async () => {
    const world = await askedWorld({ askForAudit: () => Promise.reject(new Error('SQS took 0 of 1 messages')) });
    expect((await snooze(world)).statusCode).toBe(200);
    expect(await world.acceptances()).toHaveLength(1);
    expect(world.told).toEqual([expect.stringMatching(/^Snoozed: .* The next audit, within half an hour, takes it into account\.$/)]);
  });

  it('after another one ended is taken', async () => {
    const world = await askedWorld();
    await world.acceptance(accepted({ until: START.toISOString() }));
    await snooze(world);
    expect(await world.acceptances()).toEqual([expect.objectContaining({ by: SLACK_ANNA })]);
  });

  it('of what got worse than what was accepted is taken', async () => {
    const world = await askedWorld();
    await world.acceptance(accepted({ severity: 'medium', meaning: 'medium/suspect' }));
    await snooze(world);
    expect(await world.acceptances()).toEqual([expect.objectContaining({ by: SLACK_ANNA, severity: 'high', meaning: MEANING })]);
  });

  it('is answered for by a name in one line, or by an id where there is none', async () => {
    for (const [username, owner] of [
      ['\u202eanna\n\u001b[31m  of web', 'anna   of web'],
      ['\u200b\u0007', ANNA.id],
      ['x'.repeat(500), 'x'.repeat(80)],
      ['\ud83d\ude00'.repeat(100), '\ud83d\ude00'.repeat(80)],
    ] as const) {
      const world = await askedWorld();
      await snooze(world, { user: { ...ANNA, username } });
      expect((await world.acceptances())[0]?.owner).toBe(owner);
    }
  });
});

describe('a snooze is refused, changes nothing and is recorded', () => {
  it('by somebody who may not, with how to be added; by everybody where nobody may', async () => {
    await expectRefused(await askedWorld(), 'U0VISITOR may not snooze: only the users in SLACK_APPROVERS may', {
      user: { ...ANNA, id: 'U0VISITOR' },
    });
    await expectRefused(await askedWorld({ approvers: [] }), 'U0ANNA may not snooze');
  });

  it.each<[string, Partial<FindingState>, string]>([
    ['means something else now', { meaning: 'high/other' }, 'has changed since that message was written'],
    ['is resolved', { status: 'resolved', resolvedAt: START.toISOString() }, 'is not open: it was resolved at'],
    ['alerts nobody', { quiet: true }, 'alerts nobody as it is'],
  ])('of a finding that %s', async (_name, changes, says) => {
    const world = await askedWorld();
    await world.finding(changes);
    await expectRefused(world, says);
  });

  it('of a finding that the ledger has forgotten', async () => {
    const world = await askedWorld();
    const of = { kind: 'finding', findingId: 'forgotten', meaning: MEANING } as const;
    await world.message(OF_FINDING, 'forgotten', { nonce: NONCE, of });
    await snooze(world);
    expect(world.told).toEqual(['Not snoozed: the ledger knows no finding forgotten.']);
  });

  it('of what could not be read: a silence about it would look like health', async () => {
    const world = await askedWorld();
    const gap = stateOf(finding({ ruleId: 'coverage-gap', subject: { type: 'slice', id: 'pins' } }));
    await world.store.write(TARGET, [{ key: FINDING_KIND.key(gap.finding.id), ifVersion: 0, body: { kind: 'finding', state: gap } }]);
    const of = { kind: 'finding', findingId: gap.finding.id, meaning: gap.meaning } as const;
    await world.message(OF_FINDING, gap.finding.id, { nonce: NONCE, of });
    await snooze(world);
    expect(world.told).toEqual([expect.stringContaining('what could not be read is not accepted')]);
    expect([await world.acceptances(), world.queued]).toEqual([[], []]);
  });

  it.each<[string, Partial<Acceptance>]>([
    ['as it is', {}],
    ['when it was worse', { severity: 'critical', meaning: 'critical/orphan' }],
  ])('where somebody answers for it already, %s: a click takes nobody’s place', async (_name, changes) => {
    const world = await askedWorld();
    await world.acceptance(accepted(changes));
    await expectRefused(
      world,
      'is already accepted until 2027-02-28 18:50 UTC by arn:aws:iam::111122223333:user/carla: kept for the auditors',
    );
  });

  it('the second time', async () => {
    const world = await askedWorld();
    await snooze(world);
    await snooze(world, { days: 30 });
    expect(world.told[1]).toContain(`is already accepted until 2026-11-27 18:50 UTC by ${SLACK_ANNA}: snoozed for 7 days in Slack`);
    expect(await world.acceptances()).toEqual([expect.objectContaining({ until: inDays(7).toISOString() })]);
    expect(world.queued).toEqual([SWEEP]);
  });
});

describe('snoozes at once', () => {
  it('are one acceptance; the other is told whose', async () => {
    const world = await askedWorld();
    await Promise.all([snooze(world, { days: 1 }), snooze(world, { days: 30, user: BEN })]);
    const [kept, ...more] = await world.acceptances();
    expect(more).toEqual([]);
    expect((await world.clicks()).map((each) => each.accepted).sort()).toEqual([false, true]);
    expect(world.told.filter((each) => each.includes(`already accepted until`) && each.includes(kept?.by ?? '?'))).toHaveLength(1);
    expect([SLACK_ANNA, SLACK_BEN]).toContain(kept?.by);
  });
});

describe('at a terminal', () => {
  const request = { findingId: FINDING.id, reason: 'r', owner: 'o', until: inDays(1) };
  const arn = 'arn:aws:iam::111122223333:user/carla';

  it('somebody may replace a snooze', async () => {
    const world = await askedWorld();
    await snooze(world);
    expect(await acceptFinding(world.deps, TARGET, { ...request, by: arn })).toMatchObject({ accepted: true });
    expect(await world.acceptances()).toEqual([expect.objectContaining({ by: arn })]);
  });

  it('nobody may call themselves somebody in Slack, and in Slack nobody a role in AWS', async () => {
    const world = await askedWorld();
    for (const by of [SLACK_ANNA, 'unknown', ''])
      await expect(acceptFinding(world.deps, TARGET, { ...request, by })).rejects.toThrow('so nothing is accepted');
    for (const by of [arn, 'slack:T0TEAM/anna/U0ANNA', ''])
      await expect(acceptFinding(world.deps, TARGET, { ...request, by, clickedOn: { meaning: MEANING } })).rejects.toThrow(
        'so nothing is accepted',
      );
    expect(await world.acceptances()).toEqual([]);
  });
});
