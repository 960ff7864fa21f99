import { section, table } from '../../content/blocks.ts';
import type { Section } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import { lastDay } from '../../domain/acceptance.ts';
import type { AcceptedOf, Clicked } from './history-model.ts';

/** Who answers for which finding, or did: what ended is no acceptance any more, and is shown all the same. */
export function acceptanceSection(acceptances: readonly AcceptedOf[]): Section[] {
  const rows = acceptances.map(({ acceptance: { at, findingId, by, owner, reason, until } }) => {
    return [minuteOf(at), `until ${lastDay({ until })}`, `${findingId}: accepted by ${by}, ${owner} answers for it: ${reason}`];
  });
  return section('acceptances', 'findings that somebody answers for, or did', table('acceptances', rows));
}

/** Whether Slack signed it: what it did not sign is counted by day and reason. */
export const isSigned = ({ click: { id } }: Clicked): boolean => !/^\d{4}-\d\d-\d\d\//.test(id);

/** Who pressed what, and whether it was taken; then what reached the address unsigned. */
export function clickSections(clicks: readonly Clicked[]): Section[] {
  const signed = clicks.filter(isSigned).map(({ click: { at, action, about, accepted, by, says } }) => {
    return [minuteOf(at), about, accepted ? `${action} by ${by}: ${says}` : `${action} REFUSED, asked for by ${by}: ${says}`];
  });
  const unsigned = clicks
    .filter((each) => !isSigned(each))
    .map(({ click: { at, says, count: n } }) => [at.slice(0, 10), count(n, 'request'), `REFUSED: ${says}`]);
  return [
    ...section('clicks', 'clicks in Slack that decided no plan', table('clicks', signed)),
    ...section('unsigned', 'requests that Slack did not sign, by day', table('unsigned', unsigned)),
  ];
}
