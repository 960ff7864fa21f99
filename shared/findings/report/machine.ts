// The published contract of `audit --format json`: only what is named here leaves the program.
import { sentenceOf } from '../../content/words.ts';
import type { Accepted } from '../../model/acceptance.ts';
import type { Finding } from '../../model/finding.ts';
import type { AuditReport, CleanupOutlook, Coverage, Unknown } from '../../model/report.ts';
import { sortedFindings, sortedUnknown } from '../order.ts';
import type { UnreadRegion } from './report.ts';

const acceptedFields = ({ by, reason, owner, until, at }: Accepted) => ({ by, reason, owner, until, at });

const findingFields = (finding: Finding) => ({
  id: finding.id,
  ruleId: finding.ruleId,
  severity: finding.severity,
  verdict: finding.verdict,
  ...(finding.state === undefined ? {} : { state: finding.state }),
  subject: finding.subject,
  cluster: finding.cluster,
  summary: sentenceOf(finding),
  evidence: finding.evidence,
  remedy: { summary: finding.remedy.summary, commands: finding.remedy.commands },
  sightings: finding.sightings,
  firstSeen: finding.firstSeen,
  ...(finding.accepted ? { accepted: acceptedFields(finding.accepted) } : {}),
});

const unknownFields = ({ ruleId, subject, reason }: Unknown) => ({ ruleId, subject, reason });

export const coverageFields = ({ slice, ok, reason }: Coverage) => ({ slice, ok, ...(reason === undefined ? {} : { reason }) });

/** How the fields of a report's cleanup are made. */
type Outlook = (cleanup: CleanupOutlook) => object;

function reportFields({ generatedAt, target, coverage, findings, unknown, cleanup, stats }: AuditReport, outlook: Outlook) {
  return {
    generatedAt,
    target: { accountId: target.accountId, region: target.region },
    coverage: coverage.map(coverageFields),
    findings: sortedFindings(findings).map(findingFields),
    unknown: sortedUnknown(unknown).map(unknownFields),
    ...(cleanup ? { cleanup: outlook(cleanup) } : {}),
    stats: { apiCalls: stats.apiCalls, durationMs: stats.durationMs },
  };
}

/** One object for one region; several are under `reports`, each with the version of its shape, and the regions that gave none under `failed`. */
export function auditFields(
  reports: readonly AuditReport[],
  failed: readonly UnreadRegion[],
  outlook: Outlook,
  schemaVersion: number,
): object {
  const [only] = reports;
  if (only && reports.length + failed.length === 1) return reportFields(only, outlook);
  const generatedAt = reports
    .map((report) => report.generatedAt)
    .toSorted()
    .at(-1);
  return { generatedAt, reports: reports.map((report) => ({ schemaVersion, ...reportFields(report, outlook) })), failed };
}
