import { minuteOf } from '../../../shared/content/time.ts';
import { count, list } from '../../../shared/content/words.ts';
import type { DeletionRecord, DeletionStatus } from '../../../shared/model/cleanup.ts';
import { BLANK, type Line, layout, type View } from '../layout.ts';
import { aboutPlan, statusOfPlan } from '../plans/plan.ts';
import type { Decided, Deleted, History, Planned } from './history.ts';
import { acceptanceLines, clickLines, isSigned } from './people.ts';

// `unanswered`: EC2 was asked, or about to be. Nobody knows yet what came of it, and the next cleanup finds out.
const IN_WORDS: Record<DeletionStatus, string> = {
  claimed: 'claimed only',
  deleting: 'unanswered',
  deleted: 'deleted',
  'already-gone': 'already gone',
  refused: 'refused',
  failed: 'failed',
};

function row({ interfaceId, cluster, status, at, says }: DeletionRecord): string[] {
  const words = IN_WORDS[status];
  return [minuteOf(at), interfaceId, cluster, says.startsWith(words) ? says : `${words}: ${says}`];
}

const runOf = ({ record: { digest, by } }: Deleted): string => JSON.stringify([digest, by]);

const runLines = (deletions: readonly Deleted[]): Line[] =>
  [...Map.groupBy(deletions, runOf)].flatMap(([, group]): Line[] => {
    const { digest, by } = group[0]?.record ?? {};
    return [
      { text: `plan ${digest}, by ${by}`, indent: 2, hang: 2 },
      { rows: group.map(({ record }) => row(record)), indent: 4 },
    ];
  });

const planLines = (plans: readonly Planned[]): Line[] =>
  plans.length === 0
    ? []
    : [
        { text: 'plans of the stack, by the time they were proposed', indent: 2, hang: 2 },
        { rows: plans.map(({ plan }) => [minuteOf(plan.proposedAt), plan.id, `${aboutPlan(plan)}; ${statusOfPlan(plan)}`]), indent: 4 },
      ];

// Refused ones too: who tried, and why it was not taken.
const decisionLines = (decisions: readonly Decided[]): Line[] =>
  decisions.length === 0
    ? []
    : [
        { text: 'approvals and rejections that were asked for', indent: 2, hang: 2 },
        {
          rows: decisions.map(({ decision: { at, plan, verdict, accepted, by, via, says } }) => {
            return [minuteOf(at), plan, accepted ? `${says} (${via})` : `${verdict} REFUSED, asked for by ${by} (${via}): ${says}`];
          }),
          indent: 4,
        },
      ];

function title({ deletions, plans, decisions, acceptances, clicks }: Omit<History, 'ledger'>): string {
  const { target } = [...deletions, ...plans, ...decisions, ...acceptances, ...clicks][0] ?? {};
  const pressed = clicks.filter(isSigned);
  const unsigned = clicks.reduce((sum, each) => sum + (isSigned(each) ? 0 : each.click.count), 0);
  const parts = [
    ...[...Map.groupBy(deletions, ({ record }) => record.status)].map(
      ([, group]) => `${group.length} ${IN_WORDS[group[0]?.record.status ?? 'failed']}`,
    ),
    ...(plans.length > 0 ? [count(plans.length, 'plan')] : []),
    ...(decisions.length > 0 ? [count(decisions.length, 'decision')] : []),
    ...(acceptances.length > 0 ? [count(acceptances.length, 'acceptance')] : []),
    ...(pressed.length > 0 ? [count(pressed.length, 'click')] : []),
    ...(unsigned > 0 ? [`${count(unsigned, 'request')} that Slack did not sign`] : []),
  ];
  return `Account ${target?.accountId}, ${target?.region}: ${list(parts)}`;
}

const targetLines = (history: Omit<History, 'ledger'>): Line[] => [
  { text: title(history), hang: 2, tone: 'title' },
  ...runLines(history.deletions),
  ...planLines(history.plans),
  ...decisionLines(history.decisions),
  ...acceptanceLines(history.acceptances),
  ...clickLines(history.clicks),
  BLANK,
];

const placeOf = ({ target: { accountId, region } }: Pick<Deleted, 'target'>): string => `${accountId}/${region}`;

/** What was deleted, planned, decided and accepted, when and by whom, newest first. */
export function historyTable({ ledger, ...history }: History, view: View): string {
  const { deletions } = history;
  const places = [...new Set(Object.values(history).flatMap((all: readonly Pick<Deleted, 'target'>[]) => all.map(placeOf)))];
  if (places.length === 0)
    return layout([{ text: `Ledger ${ledger} records no deletion, no plan, no decision, no acceptance and no click.` }], view);
  const recorded = deletions.filter(({ record }) => record.interface !== undefined).length;
  return layout(
    [
      ...places.flatMap((place) => targetLines(at(place, history))),
      {
        text:
          deletions.length === 0
            ? ''
            : `${count(recorded, 'full record')} kept: --format json shows them, --recreate ID prints the command that creates one again.`,
        tone: 'quiet',
      },
    ],
    view,
  );
}

/** What of it happened in one account and region. */
function at(place: string, { deletions, plans, decisions, acceptances, clicks }: Omit<History, 'ledger'>): Omit<History, 'ledger'> {
  const of = <T extends Pick<Deleted, 'target'>>(all: readonly T[]) => all.filter((each) => placeOf(each) === place);
  return { deletions: of(deletions), plans: of(plans), decisions: of(decisions), acceptances: of(acceptances), clicks: of(clicks) };
}
