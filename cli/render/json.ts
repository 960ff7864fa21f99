// The published contract of `audit --format json`: only what is named here leaves the program.
import type { Finding } from '../../shared/model/finding.ts';
import type { AuditReport, Coverage, Unknown } from '../../shared/model/report.ts';
import { sortedFindings, sortedUnknown } from './order.ts';

export const SCHEMA_VERSION = 1;

export interface UnreadRegion {
  region: string;
  reason: string;
}

/** Indented JSON in which nothing can steer a terminal: JSON.stringify escapes the first 32 control characters only. */
export function toJson(value: unknown): string {
  const escaped = (found: string) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  return `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

export const coverageJson = ({ slice, ok, reason }: Coverage) => ({ slice, ok, ...(reason === undefined ? {} : { reason }) });

const findingJson = (finding: Finding) => ({
  id: finding.id,
  ruleId: finding.ruleId,
  severity: finding.severity,
  verdict: finding.verdict,
  ...(finding.state === undefined ? {} : { state: finding.state }),
  subject: finding.subject,
  cluster: finding.cluster,
  summary: finding.summary,
  evidence: finding.evidence,
  remedy: { summary: finding.remedy.summary, commands: finding.remedy.commands },
  sightings: finding.sightings,
  firstSeen: finding.firstSeen,
});

const unknownJson = ({ ruleId, subject, reason }: Unknown) => ({ ruleId, subject, reason });

function reportJson({ generatedAt, target, coverage, findings, unknown, stats }: AuditReport) {
  return {
    schemaVersion: SCHEMA_VERSION,
    generatedAt,
    target: { accountId: target.accountId, region: target.region },
    coverage: coverage.map(coverageJson),
    findings: sortedFindings(findings).map(findingJson),
    unknown: sortedUnknown(unknown).map(unknownJson),
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
