import { type Acceptance, type Accepted, lastDay } from '../domain/acceptance.ts';
import type { Transition } from '../domain/finding.ts';
import { SEVERITIES, type Severity, type Verdict } from '../domain/verdict.ts';

/** What people were told of a finding, as one comparable text: severity, state and the rule's own meaning. Never a time or a count. */
export function meaningOf({ severity, state, meaning }: Verdict): string {
  return [severity, state ?? '', ...(meaning === undefined ? [] : [meaning])].join('/');
}

/** What a transition says. */
export type Words = Pick<Transition, 'says' | 'details'>;

/** What is different now, for a person. `told` is what `meaningOf` gave when people were last told. */
export function describeChange(told: string, verdict: Verdict): Words {
  const [severity, state] = told.split('/');
  const differences = [
    ...(severity === verdict.severity ? [] : [`${verdict.severity}, was ${severity}`]),
    ...(state === (verdict.state ?? '') ? [] : [`${verdict.state ?? 'no state'}, was ${state || 'without a state'}`]),
  ];
  return { says: differences.length > 0 ? differences.join('; ') : 'it means something else now', details: verdict.summary };
}

/** Whether a verdict is more severe than what people were last told. */
export const isWorse = (told: string, { severity }: Verdict): boolean =>
  SEVERITIES.indexOf(severity) > SEVERITIES.findIndex((each: Severity) => each === told.split('/')[0]);

/** That nobody is alerted any more, and who answers for it. */
export const describeSuppression = ({ owner, until, by, reason }: Accepted, { subject }: Verdict): Words => ({
  says: `${subject.id} is accepted until ${lastDay({ until })}, ${owner} answers for it`,
  details: `${reason} (accepted by ${by})`,
});

/** Why an acceptance does not hold any more. `acceptance`: what the ledger has now. */
export function describeEnd({ owner }: Accepted, acceptance: Acceptance | undefined, verdict: Verdict, at: Date): Words {
  const [severity, state] = acceptance?.meaning.split('/') ?? [];
  const then = [severity, state].filter(Boolean).join(', ');
  const now = [verdict.severity, verdict.state].filter(Boolean).join(', ');
  const hasEnded = !acceptance || at.getTime() >= Date.parse(acceptance.until);
  const why = hasEnded
    ? `the acceptance ended ${acceptance ? `on ${lastDay(acceptance)}` : 'early: the ledger has none any more'}, ${owner} answered for it`
    : `it got worse than what was accepted (${then === now ? 'it means something else' : `${now}, accepted as ${then}`})`;
  return { says: why, details: verdict.summary };
}
