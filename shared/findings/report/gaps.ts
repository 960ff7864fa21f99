import { entries, paragraph } from '../../content/blocks.ts';
import type { Item, Section } from '../../content/document.ts';
import { sentenceOf, shortList } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AuditReport, Coverage } from '../audit-report.ts';
import { gapOf } from './evidence.ts';
import { leftoversOf } from './leftovers.ts';

const MOST_ITEMS = 5;

function gapItem(finding: Finding): Item {
  const { permission, items } = gapOf(finding.evidence);
  const named = items.flatMap(({ item }) => item || []);
  return {
    text: sentenceOf(finding),
    blocks: [
      ...(named.length > 0 ? [paragraph(`not read: ${shortList(named, MOST_ITEMS)}`)] : []),
      ...(permission ? [paragraph(`missing permission: ${permission}`, 'bad')] : []),
    ],
  };
}

const unreadItem = ({ slice, reason = 'could not be read' }: Coverage): Item => ({ text: `${slice}: ${reason}` });

/** What stands above everything that may be incomplete; empty when all was read. */
export function incompleteSection(coverage: readonly Coverage[], gaps: readonly Item[] = []): Section[] {
  const unread = coverage.filter(({ ok }) => !ok).map(unreadItem);
  if (gaps.length + unread.length === 0) return [];
  return [
    {
      kind: 'section',
      key: 'incomplete',
      heading: 'INCOMPLETE: something could not be read. Nothing below may be taken for complete.',
      blocks: entries('gaps', [...gaps, ...unread]),
      tone: 'bad',
    },
  ];
}

/** What could not be read, to be seen before anything that depends on it. */
export function gapSection(report: AuditReport): Section[] {
  const { gaps } = leftoversOf(report);
  const shown = new Set(gaps.map(({ subject }) => subject.id));
  return incompleteSection(
    report.coverage.filter(({ slice }) => !shown.has(slice)),
    gaps.map(gapItem),
  );
}
