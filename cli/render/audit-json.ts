// The published contract of `audit --format json`: only what is named here leaves the program.
import { sentenceOf } from '../../shared/content/words.ts';
import type { Accepted } from '../../shared/model/acceptance.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { AuditReport, CleanupOutlook, Unknown } from '../../shared/model/report.ts';
import { refusalJson } from './cleanup/json.ts';
import { coverageJson, SCHEMA_VERSION, toJson } from './json.ts';
import { sortedFindings, sortedUnknown } from './order.ts';
import { proposedPlanJson } from './plans/json.ts';

export interface UnreadRegion {
  region: string;
  reason: string;
}

const acceptedJson = ({ by, reason, owner, until, at }: Accepted) => ({ by, reason, owner, until, at });

const findingJson = (finding: Finding) => ({
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
  ...(finding.accepted ? { accepted: acceptedJson(finding.accepted) } : {}),
});

const unknownJson = ({ ruleId, subject, reason }: Unknown) => ({ ruleId, subject, reason });

const outlookJson = ({ ready, refusals, attempts, plans }: CleanupOutlook) => ({
  ready,
  refusals: refusals.map(refusalJson),
  attempts: attempts.map(({ interfaceId, status, at, says }) => ({ interfaceId, status, at, says })),
  plans: plans.map(proposedPlanJson),
});

function reportJson({ generatedAt, target, coverage, findings, unknown, cleanup, stats }: AuditReport) {
  return {
    schemaVersion: SCHEMA_VERSION,
    generatedAt,
    target: { accountId: target.accountId, region: target.region },
    coverage: coverage.map(coverageJson),
    findings: sortedFindings(findings).map(findingJson),
    unknown: sortedUnknown(unknown).map(unknownJson),
    ...(cleanup ? { cleanup: outlookJson(cleanup) } : {}),
    stats: { apiCalls: stats.apiCalls, durationMs: stats.durationMs },
  };
}

/** One object for one region; several are under `reports`, and the regions that gave none under `failed`. */
export function auditJson(reports: readonly AuditReport[], failed: readonly UnreadRegion[]): string {
  const [only] = reports;
  if (only && reports.length + failed.length === 1) return toJson(reportJson(only));
  const generatedAt = reports
    .map((report) => report.generatedAt)
    .toSorted()
    .at(-1);
  return toJson({ schemaVersion: SCHEMA_VERSION, generatedAt, reports: reports.map(reportJson), failed });
}
