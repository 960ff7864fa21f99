import { entries, paragraph, section } from '../../content/blocks.ts';
import type { Item, Section } from '../../content/document.ts';
import { count, shortList } from '../../content/words.ts';
import type { AuditReport, Unknown } from '../audit-report.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';
import { undecidedOf } from './leftovers.ts';

const MOST_IDS = 3;

/** Everything of one reason at once: a slice that could not be read makes thousands of subjects unknown. */
function reasonItem(group: readonly Unknown[]): Item[] {
  const [first] = group;
  if (!first) return [];
  const ids = [...new Set(group.map(({ subject }) => subject.id))];
  const rules = [...new Set(group.map(({ ruleId }) => ruleId))];
  const whose = first.cluster ? `${first.cluster}: ` : '';
  return [{ text: `${whose}${shortList(ids, MOST_IDS)} (${rules.join(', ')})`, blocks: [paragraph(first.reason)] }];
}

function undecidedSection(title: string, unknown: readonly Unknown[]): Section[] {
  const groups = [...Map.groupBy(unknown, ({ cluster, reason }) => JSON.stringify([cluster, reason]))];
  const subjects = new Set(unknown.map(({ subject }) => `${subject.type} ${subject.id}`)).size;
  return section('undecided', `${title}: ${count(subjects, 'subject')}`, [
    ...entries(
      'reasons',
      groups.slice(0, MOST_ROWS).flatMap(([, group]) => reasonItem(group)),
    ),
    ...andMore(groups.length),
  ]);
}

/** What is not decided: waiting for something that is still there, and unknown, with what would decide it. */
export function undecidedSections(report: AuditReport): Section[] {
  const { waiting, unknown } = undecidedOf(report);
  return [...undecidedSection('Waiting', waiting), ...undecidedSection('Unknown', unknown)];
}
