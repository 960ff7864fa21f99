import { sentenceOf, shortList } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { gapOf } from '../evidence.ts';
import { BLANK, type Line } from '../layout.ts';
import { leftoversOf } from '../leftovers.ts';

const MOST_ITEMS = 5;

function gapLines(finding: Finding): Line[] {
  const { permission, items } = gapOf(finding.evidence);
  const named = items.flatMap(({ item }) => item || []);
  return [
    { text: `- ${sentenceOf(finding)}`, indent: 2, hang: 2 },
    ...(named.length > 0 ? [{ text: `not read: ${shortList(named, MOST_ITEMS)}`, indent: 4 }] : []),
    ...(permission ? [{ text: `missing permission: ${permission}`, indent: 4, tone: 'bad' } as const] : []),
  ];
}

/** What could not be read, to be seen before anything that depends on it; empty when all was read. */
export function gapSection(report: AuditReport): Line[] {
  const { gaps } = leftoversOf(report);
  const told = new Set(gaps.map(({ subject }) => subject.id));
  const untold = report.coverage.filter(({ slice, ok }) => !ok && !told.has(slice));
  if (gaps.length + untold.length === 0) return [];
  return [
    { text: 'INCOMPLETE: something could not be read. Nothing below may be taken for complete.', tone: 'bad' },
    ...gaps.flatMap(gapLines),
    ...untold.map(({ slice, reason }): Line => ({ text: `- ${slice}: ${reason ?? 'could not be read'}`, indent: 2, hang: 2 })),
    BLANK,
  ];
}
