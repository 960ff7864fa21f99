// The published contract of `audit --format json`: only what is named here leaves the program.
import { only } from '../../content/only.ts';
import { sentenceOf } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AuditReport, CleanupStatus, Coverage } from '../audit-report.ts';
import { sortedFindings, sortedUnknown } from '../order.ts';
import type { UnreadRegion } from './report.ts';

const findingFields = (finding: Finding) => ({
  ...only(finding, 'id', 'ruleId', 'severity', 'verdict', 'state', 'subject', 'cluster'),
  summary: sentenceOf(finding),
  evidence: finding.evidence,
  remedy: only(finding.remedy, 'summary', 'commands'),
  ...only(finding, 'sightings', 'firstSeen'),
  ...(finding.accepted ? { accepted: only(finding.accepted, 'by', 'reason', 'owner', 'until', 'at') } : {}),
});

export const coverageFields = (coverage: Coverage) => only(coverage, 'slice', 'ok', 'reason');

/** How the fields of a report's cleanup are made. */
type CleanupFields = (cleanup: CleanupStatus) => object;

function reportFields({ generatedAt, target, coverage, findings, unknown, cleanup, stats }: AuditReport, cleanupOf: CleanupFields) {
  return {
    generatedAt,
    target: only(target, 'accountId', 'region'),
    coverage: coverage.map(coverageFields),
    findings: sortedFindings(findings).map(findingFields),
    unknown: sortedUnknown(unknown).map((each) => only(each, 'ruleId', 'subject', 'reason')),
    ...(cleanup ? { cleanup: cleanupOf(cleanup) } : {}),
    stats: only(stats, 'apiCalls', 'durationMs'),
  };
}

/** One object for one region; several are under `reports`, each with the version of its shape, and the regions that gave none under `failed`. */
export function auditFields(
  reports: readonly AuditReport[],
  failed: readonly UnreadRegion[],
  cleanupOf: CleanupFields,
  schemaVersion: number,
): object {
  const [only] = reports;
  if (only && reports.length + failed.length === 1) return reportFields(only, cleanupOf);
  const generatedAt = reports
    .map((report) => report.generatedAt)
    .toSorted()
    .at(-1);
  return { generatedAt, reports: reports.map((report) => ({ schemaVersion, ...reportFields(report, cleanupOf) })), failed };
}
