import { refuseBadCredentials } from '../aws/caller.ts';
import type { Deps } from '../deps.ts';
import type { Target } from '../domain/finding.ts';
import type { SliceCoverage } from '../domain/inventory.ts';
import type { ReadFailure } from '../domain/read.ts';
import { printedCoverage } from '../inventory/coverage.ts';
import { RULES } from '../rules/index.ts';
import type { AuditReport, Coverage, Unknown } from './audit-report.ts';
import type { AuditRequest } from './request.ts';
import { type RecordedRun, recordRun } from './run/record-run.ts';

interface Parts {
  target: Target;
  at: Date;
  coverage: readonly SliceCoverage[];
  run: RecordedRun;
  stats: AuditReport['stats'];
}

/** What was judged unknown, and open findings of earlier runs that this one could not settle: neither is claimed to be so. */
function unknownOf({ judged, unsettled }: RecordedRun): Unknown[] {
  const undecided = judged.verdicts.filter((verdict) => verdict.verdict === 'unknown');
  const said = new Set(undecided.map((verdict) => `${verdict.ruleId} ${verdict.subject.id}`));
  return [
    ...undecided.map(({ ruleId, subject, cluster, summary }) => ({ ruleId, subject, cluster: cluster ?? null, reason: summary })),
    ...unsettled
      .filter(({ finding }) => !said.has(`${finding.ruleId} ${finding.subject.id}`))
      .map(({ finding: { ruleId, subject, cluster }, reason }) => ({ ruleId, subject, cluster, reason })),
  ];
}

/** All that a run says, from its parts. */
export function buildReport(deps: Deps, { target, at, coverage, run, stats }: Parts): AuditReport {
  const ours: Coverage[] = [
    ...run.judged.broken.map(({ ruleId, reason }) => ({ slice: `rule ${ruleId}`, ok: false, reason })),
    ...(run.unrecorded ? [{ slice: 'ledger', ok: false, reason: run.unrecorded }] : []),
  ];
  return {
    generatedAt: at.toISOString(),
    target,
    coverage: [...printedCoverage(coverage), ...ours],
    findings: run.findings,
    unknown: unknownOf(run),
    verdicts: run.judged.verdicts,
    transitions: run.transitions,
    ledger: deps.store?.name,
    minOrphanAgeMinutes: deps.settings.minOrphanAgeMinutes,
    stats,
  };
}

/**
 * The report of a run that could not even learn whose account it is: everything is unknown, and nothing is recorded.
 */
export async function blindReport(
  deps: Deps,
  request: AuditRequest,
  at: Date,
  reason: ReadFailure,
  stats: AuditReport['stats'],
): Promise<AuditReport> {
  refuseBadCredentials(request.region, reason);
  const coverage = [{ slice: 'callerIdentity', failures: [reason] }];
  const target = { accountId: 'unknown', region: request.region };
  const withoutLedger = { ...deps, store: undefined };
  const run = await recordRun(withoutLedger, { target, request, rules: RULES, inventory: {}, coverage, at });
  return buildReport(withoutLedger, { target, at, coverage, run, stats });
}
