import { count, shortList } from '../../../shared/content/words.ts';
import type { AuditReport, Unknown } from '../../../shared/model/report.ts';
import { BLANK, type Line } from '../layout.ts';
import { undecidedOf } from '../leftovers.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';

const MOST_IDS = 3;

/** Everything of one reason at once: a slice that could not be read makes thousands of subjects unknown. */
function reasonLines(group: readonly Unknown[]): Line[] {
  const [first] = group;
  if (!first) return [];
  const ids = [...new Set(group.map(({ subject }) => subject.id))];
  const rules = [...new Set(group.map(({ ruleId }) => ruleId))];
  const whose = first.cluster ? `${first.cluster}: ` : '';
  return [
    { text: `- ${whose}${shortList(ids, MOST_IDS)} (${rules.join(', ')})`, indent: 2, hang: 2 },
    { text: first.reason, indent: 4 },
  ];
}

function section(title: string, unknown: readonly Unknown[]): Line[] {
  if (unknown.length === 0) return [];
  const groups = [...Map.groupBy(unknown, ({ cluster, reason }) => JSON.stringify([cluster, reason]))];
  const subjects = new Set(unknown.map(({ subject }) => `${subject.type} ${subject.id}`)).size;
  return [
    { text: `${title}: ${count(subjects, 'subject')}`, tone: 'title' },
    ...groups.slice(0, MOST_ROWS).flatMap(([, group]) => reasonLines(group)),
    ...andMore(groups.length, 2),
    BLANK,
  ];
}

/** What is not decided: waiting for something that is still there, and unknown, with what would settle it. */
export function undecidedSections(report: AuditReport): Line[] {
  const { waiting, unknown } = undecidedOf(report);
  return [...section('Waiting', waiting), ...section('Unknown', unknown)];
}
