import { paragraph, section, table } from '../../content/blocks.ts';
import type { Report, Section } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count, list } from '../../content/words.ts';
import type { DeletionRecord, DeletionStatus } from '../deletion.ts';
import type { Decided, Deleted, History, Planned, Records } from './history-model.ts';
import { acceptanceSection, clickSections, isSigned } from './people.ts';
import { aboutPlan, statusOfPlan } from './proposed.ts';

// `unanswered`: EC2 was asked, or about to be. What came of it is not known yet, and the next cleanup finds out.
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

const runSections = (deletions: readonly Deleted[]): Section[] =>
  [...Map.groupBy(deletions, ({ record: { digest, by } }) => JSON.stringify([digest, by]))].flatMap(([, group]) => {
    const { digest, by } = group[0]?.record ?? {};
    const rows = group.map(({ record }) => row(record));
    return section('run', `plan ${digest}, by ${by}`, table('deletions', rows));
  });

function planSection(plans: readonly Planned[]): Section[] {
  const rows = plans.map(({ plan }) => [minuteOf(plan.proposedAt), plan.id, `${aboutPlan(plan)}; ${statusOfPlan(plan)}`]);
  return section('plans', 'plans of the stack, by the time they were proposed', table('plans', rows));
}

// Refused ones too: who tried, and why it was not taken.
function decisionSection(decisions: readonly Decided[]): Section[] {
  const rows = decisions.map(({ decision: { at, plan, verdict, accepted, by, via, says } }) => {
    return [minuteOf(at), plan, accepted ? `${says} (${via})` : `${verdict} REFUSED, asked for by ${by} (${via}): ${says}`];
  });
  return section('decisions', 'approvals and rejections that were asked for', table('decisions', rows));
}

function heading({ deletions, plans, decisions, acceptances, clicks }: Records): string {
  const { target } = [...deletions, ...plans, ...decisions, ...acceptances, ...clicks][0] ?? {};
  const pressed = clicks.filter(isSigned);
  const unsigned = clicks.reduce((sum, each) => sum + (isSigned(each) ? 0 : each.click.count), 0);
  const counted = (all: readonly unknown[], noun: string) => (all.length > 0 ? [count(all.length, noun)] : []);
  const parts = [
    ...[...Map.groupBy(deletions, ({ record }) => record.status)].map(([status, group]) => `${group.length} ${IN_WORDS[status]}`),
    ...counted(plans, 'plan'),
    ...counted(decisions, 'decision'),
    ...counted(acceptances, 'acceptance'),
    ...counted(pressed, 'click'),
    ...(unsigned > 0 ? [`${count(unsigned, 'request')} that Slack did not sign`] : []),
  ];
  return `Account ${target?.accountId}, ${target?.region}: ${list(parts)}`;
}

const targetSection = (records: Records): Section[] =>
  section('target', heading(records), [
    ...runSections(records.deletions),
    ...planSection(records.plans),
    ...decisionSection(records.decisions),
    ...acceptanceSection(records.acceptances),
    ...clickSections(records.clicks),
  ]);

const placeOf = ({ target: { accountId, region } }: Pick<Deleted, 'target'>): string => `${accountId}/${region}`;

/** What was deleted, planned, decided and accepted, when and by whom, newest first. */
export function historyReport({ ledger, ...records }: History): Report {
  const { deletions } = records;
  const places = [...new Set(Object.values(records).flatMap((all: readonly Pick<Deleted, 'target'>[]) => all.map(placeOf)))];
  if (places.length === 0)
    return { blocks: [paragraph(`Ledger ${ledger} records no deletion, no plan, no decision, no acceptance and no click.`)] };
  const recorded = deletions.filter(({ record }) => record.interface !== undefined).length;
  const says = `${count(recorded, 'full record')} kept: --format json shows them, --recreate ID prints the command that creates one again.`;
  return {
    blocks: [...places.flatMap((place) => targetSection(at(place, records))), ...(deletions.length > 0 ? [paragraph(says, 'quiet')] : [])],
  };
}

/** What of it happened in one account and region. */
function at(place: string, { deletions, plans, decisions, acceptances, clicks }: Records): Records {
  const of = <T extends Pick<Deleted, 'target'>>(all: readonly T[]) => all.filter((each) => placeOf(each) === place);
  return { deletions: of(deletions), plans: of(plans), decisions: of(decisions), acceptances: of(acceptances), clicks: of(clicks) };
}
