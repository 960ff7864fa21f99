// What each kind of message looks like in Slack, by the name of the file that says so.
import type { FindingState } from '../../../shared/domain/finding.ts';
import type { Offer } from '../../../shared/render/slack/message.ts';
import { leftover } from '../../support/leftovers.ts';
import { decision, proposed, result } from '../../support/plans.ts';
import { NEWEST, TARGET } from '../../support/reports.ts';
import { acceptedSet, orphan, toldPlan } from '../announcements.ts';
import { GOLDENS } from '../goldens.ts';
import { drawn } from './drawn.ts';
import { details, evidence, moved, reply, top } from './drawn-from.ts';

export const ANNA = 'slack:T0123/U0ANNA/anna';
const VALUE = { region: 'eu-west-1', message: '0123456789abcdef01234567', nonce: 'abcdefghijklmnopqrstuv' };
export const PLAN_OFFER: Offer = { value: VALUE, actions: ['approve', 'reject', 'evidence'] };
export const FINDING_OFFER: Offer = { value: VALUE, actions: ['snooze', 'evidence'] };
export const AT = new Date('2026-11-20T19:00:00.000Z');

export const stateOf = (parts: Partial<FindingState> = {}): FindingState => ({
  finding: leftover(1),
  status: 'open',
  quiet: false,
  meaning: 'high/orphan',
  lastSeen: NEWEST,
  pending: [],
  ...parts,
});

export const approved = () =>
  toldPlan('approved', proposed({ status: 'approved', decision: decision({ by: ANNA, via: 'slack' }), says: `approved by ${ANNA}` }));

/** A finding that somebody snoozed in Slack. */
export const snoozed = () => {
  const told = acceptedSet();
  if (told.kind !== 'transition' || !told.finding.accepted) return told;
  const accepted = { ...told.finding.accepted, by: ANNA, owner: ANNA, reason: 'snoozed for 7 days in Slack' };
  const says = `${told.finding.subject.id} is accepted until 2026-12-31, ${ANNA} answers for it`;
  const details = `${accepted.reason} (accepted by ${ANNA})`;
  return { ...told, finding: { ...told.finding, accepted }, transition: { ...told.transition, says, details } };
};

/** Every golden, as it is now. */
export function drawnGoldens(): Record<string, string> {
  const whole = Object.entries({ ...GOLDENS, 'plan-approved-in-slack': [approved()], 'snoozed-in-slack': [snoozed()] }).map(
    ([name, batch]) => {
      const offer = name.startsWith('plan-proposed') ? PLAN_OFFER : name.startsWith('changed') ? FINDING_OFFER : undefined;
      return [name, drawn(top(batch, offer), ...details(batch), reply(batch))];
    },
  );
  const plan = proposed({ status: 'done', decision: decision({ by: ANNA, via: 'slack' }), result: result(), says: 'all 6 are gone' });
  return {
    ...Object.fromEntries(whole),
    'evidence-finding': drawn(...evidence({ finding: stateOf(), target: TARGET }, AT, ANNA)),
    'evidence-plan': drawn(...evidence({ plan, target: TARGET }, AT, ANNA)),
    moved: drawn(moved([orphan()], 'C0123456789')),
  };
}
