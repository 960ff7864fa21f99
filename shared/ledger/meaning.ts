import { SEVERITIES, type Severity, type Verdict } from '../model/verdict.ts';

/** What people were told of a finding, as one comparable text: severity, state and the rule's own meaning. Never a time or a count. */
export function meaningOf({ severity, state, meaning }: Verdict): string {
  return [severity, state ?? '', ...(meaning === undefined ? [] : [meaning])].join('/');
}

/** What is different now, for a person. `told` is what `meaningOf` gave when people were last told. */
export function describeChange(told: string, verdict: Verdict): string {
  const [severity, state] = told.split('/');
  const differences = [
    ...(severity === verdict.severity ? [] : [`${verdict.severity}, was ${severity}`]),
    ...(state === (verdict.state ?? '') ? [] : [`${verdict.state ?? 'no state'}, was ${state || 'without a state'}`]),
  ];
  return `${differences.length > 0 ? differences.join('; ') : 'it means something else now'}: ${verdict.summary}`;
}

/** Whether a verdict is more severe than what people were last told. */
export const isWorse = (told: string, { severity }: Verdict): boolean =>
  SEVERITIES.indexOf(severity) > SEVERITIES.findIndex((each: Severity) => each === told.split('/')[0]);
