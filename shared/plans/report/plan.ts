import type { Block, Report } from '../../content/document.ts';
import { count, list } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { CleanupReport } from '../../findings/audit-report.ts';
import { gapSection } from '../../findings/report/gaps.ts';
import { isIncomplete } from '../../findings/report/leftovers.ts';
import { costLine } from '../../findings/report/report.ts';
import { undecidedSections } from '../../findings/report/undecided.ts';
import { ruleOf } from '../../rules/find.ts';
import { isDeferred, isSuspect } from '../deletion.ts';
import { deletionSections, unblockSection } from './deletions.ts';
import { exclusionSection } from './exclusions.ts';
import { refusalSections } from './refusals.ts';

/** The findings of the interfaces that a second look would decide. */
export function suspectsOf({ audit, plan }: Pick<CleanupReport, 'audit' | 'plan'>): Finding[] {
  const ids = new Set(plan.refusals.filter(isSuspect).map(({ interfaceId }) => interfaceId));
  return audit.findings.filter(({ leftover, subject }) => leftover === 'branch' && ids.has(subject.id));
}

/** Account, region, and what would be done, in one sentence. */
function headline({ audit, plan }: CleanupReport, clusters: readonly string[]): string {
  const deferred = plan.refusals.filter(isDeferred).length;
  const refused = plan.refusals.length - deferred;
  const parts = [
    plan.deletions.length > 0 ? `${count(plan.deletions.length, 'interface')} to delete` : 'nothing to delete',
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(deferred > 0 ? [`${deferred} deferred`] : []),
  ];
  const incomplete = isIncomplete(audit) ? 'INCOMPLETE: ' : '';
  const only = clusters.length > 0 ? ` (asked only for cluster ${clusters.join(', ')})` : '';
  return `Account ${plan.target.accountId}, ${plan.target.region}: ${incomplete}${list(parts)}${only}`;
}

/** A plan for a person; `clusters` are those that were asked for (empty: all), `next` what to do about it. */
export function planReport(report: CleanupReport, clusters: readonly string[], next: readonly Block[] = []): Report {
  const { audit, plan } = report;
  const undecided = audit.unknown.filter(({ ruleId }) => ruleOf(ruleId)?.leftover === 'branch');
  const cost = costLine(plan.createdAt, audit.stats);
  return {
    title: headline(report, clusters),
    ...(isIncomplete(audit) ? { tone: 'bad' } : {}),
    blocks: [
      { ...cost, text: `plan ${plan.digest}, ${cost.text}` },
      ...gapSection(audit),
      ...deletionSections(plan.deletions),
      ...unblockSection(plan),
      ...refusalSections(plan),
      ...undecidedSections({ ...audit, unknown: undecided }),
      ...exclusionSection(report),
      ...next,
    ],
  };
}
