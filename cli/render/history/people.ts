import { minuteOf } from '../../../shared/content/time.ts';
import { count } from '../../../shared/content/words.ts';
import { lastDay } from '../../../shared/model/acceptance.ts';
import type { Line } from '../layout.ts';
import type { AcceptedOf, Clicked } from './history.ts';

/** Who answers for which finding, or did: what ended is no acceptance any more, and is told all the same. */
export const acceptanceLines = (acceptances: readonly AcceptedOf[]): Line[] =>
  acceptances.length === 0
    ? []
    : [
        { text: 'findings that somebody answers for, or did', indent: 2, hang: 2 },
        {
          rows: acceptances.map(({ acceptance: { at, findingId, by, owner, reason, until } }) => {
            return [minuteOf(at), `until ${lastDay({ until })}`, `${findingId}: accepted by ${by}, ${owner} answers for it: ${reason}`];
          }),
          indent: 4,
        },
      ];

/** Whether Slack signed it: what it did not sign is counted by day and reason. */
export const isSigned = ({ click: { id } }: Clicked): boolean => !/^\d{4}-\d\d-\d\d\//.test(id);

/** Who pressed what, and whether it was taken; then what anybody sent to the address. */
export const clickLines = (clicks: readonly Clicked[]): Line[] => [
  ...rowsUnder(
    'clicks in Slack that decided no plan',
    clicks.filter(isSigned).map(({ click: { at, action, about, accepted, by, says } }) => {
      return [minuteOf(at), about, accepted ? `${action} by ${by}: ${says}` : `${action} REFUSED, asked for by ${by}: ${says}`];
    }),
  ),
  ...rowsUnder(
    'requests that Slack did not sign, by day',
    clicks
      .filter((each) => !isSigned(each))
      .map(({ click: { at, says, count: n } }) => [at.slice(0, 10), count(n, 'request'), `REFUSED: ${says}`]),
  ),
];

const rowsUnder = (text: string, rows: string[][]): Line[] =>
  rows.length === 0
    ? []
    : [
        { text, indent: 2, hang: 2 },
        { rows, indent: 4 },
      ];
