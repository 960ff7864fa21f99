import { SEVERITIES, type Severity } from '../shared/domain/verdict.ts';
import type { AuditReport, CleanupReport, Coverage } from '../shared/findings/audit-report.ts';
import { isIncomplete } from '../shared/findings/report/leftovers.ts';
import type { PreflightReport } from '../shared/teardowns/preflight-report.ts';

export const EXIT = { ok: 0, findings: 1, usage: 2, incomplete: 3 } as const;

const hasGap = (coverage: readonly Coverage[]): boolean => coverage.some((slice) => !slice.ok);

/** The exit code of an audit: what could not be read wins over what was found, whichever region it was in. What somebody answers for does not count. */
export function auditExitCode(reports: readonly AuditReport[], failOn: Severity): number {
  if (reports.some(isIncomplete)) return EXIT.incomplete;
  const least = SEVERITIES.indexOf(failOn);
  const isFailure = reports.some(({ findings }) =>
    findings.some(({ severity, accepted }) => !accepted && SEVERITIES.indexOf(severity) >= least),
  );
  return isFailure ? EXIT.findings : EXIT.ok;
}

/** The exit code of a preflight. */
export function preflightExitCode({ outcome, coverage }: Pick<PreflightReport, 'outcome' | 'coverage'>): number {
  if (outcome === 'no-such-cluster') return EXIT.usage;
  if (outcome === 'unknown' || hasGap(coverage)) return EXIT.incomplete;
  return outcome === 'clean' ? EXIT.ok : EXIT.findings;
}

/** How far a cleanup was meant to go, and what came between. */
export type CleanupEnd = 'planned' | 'interrupted' | 'declined' | 'applied';

/** The exit code of a cleanup: what could not be read wins over what was not deleted. */
export function cleanupExitCode({ audit, plan, execution }: CleanupReport, end: CleanupEnd): number {
  if (isIncomplete(audit)) return EXIT.incomplete;
  if (end === 'planned') return EXIT.ok;
  if (end !== 'applied' || !execution || execution.stop) return EXIT.findings;
  const undone = execution.outcomes.filter(({ status }) => status === 'refused' || status === 'failed').length;
  return undone + execution.left.length + plan.refusals.length > 0 ? EXIT.findings : EXIT.ok;
}
