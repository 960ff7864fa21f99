// The published contract of `cleanup --format json`: only what is named here leaves the program.
import type { DeletionOutcome, Execution, Plan, PlannedDeletion, Refusal } from '../../../shared/model/cleanup.ts';
import type { CleanupReport } from '../../../shared/model/report.ts';
import { coverageJson, SCHEMA_VERSION, toJson } from '../json.ts';

export const unlockedJson = ({ subject, summary }: Plan['unblocks'][number]) => ({
  subject: { type: subject.type, id: subject.id },
  summary,
});

export const deletionJson = ({ interfaceId, cluster, findingId, fingerprint, since, addresses, proof }: PlannedDeletion) => ({
  interfaceId,
  cluster,
  findingId,
  fingerprint,
  since,
  addresses,
  proof: proof.map(({ point, outcome, says }) => ({ point, outcome, says })),
});

export const refusalJson = ({ interfaceId, cluster, guard, reason }: Refusal) => ({ interfaceId, cluster, guard, reason });

const planJson = ({ digest, deletions, refusals, unblocks }: Plan) => ({
  digest,
  deletions: deletions.map(deletionJson),
  refusals: refusals.map(refusalJson),
  unblocks: unblocks.map(unlockedJson),
});

const outcomeJson = ({ interfaceId, cluster, findingId, status, guard, says }: DeletionOutcome) => ({
  interfaceId,
  cluster,
  findingId,
  status,
  ...(guard === undefined ? {} : { guard }),
  says,
});

const executionJson = ({ outcomes, stop, left }: Execution) => ({
  outcomes: outcomes.map(outcomeJson),
  stop: stop ? { why: stop.why, says: stop.says } : null,
  left,
});

/** One cleanup for scripts. `execution` is null when nothing was to be deleted yet: the plan alone. */
export function cleanupJson({ audit, plan, execution, freed }: CleanupReport): string {
  return toJson({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: plan.createdAt,
    target: { accountId: plan.target.accountId, region: plan.target.region },
    plan: planJson(plan),
    execution: execution ? executionJson(execution) : null,
    freed: freed.map(unlockedJson),
    coverage: audit.coverage.map(coverageJson),
    stats: { apiCalls: audit.stats.apiCalls, durationMs: audit.stats.durationMs },
  });
}
