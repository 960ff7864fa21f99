// The published contract of `cleanup --format json`: only what is named here leaves the program.

import { coverageFields } from '../../findings/report/machine.ts';
import type { DeletionOutcome, Execution, Plan, PlannedDeletion, Refusal } from '../../model/cleanup.ts';
import type { CleanupReport } from '../../model/report.ts';

export const unlockedFields = ({ subject, summary }: Plan['unblocks'][number]) => ({
  subject: { type: subject.type, id: subject.id },
  summary,
});

export const deletionFields = ({ interfaceId, cluster, findingId, fingerprint, since, addresses, proof }: PlannedDeletion) => ({
  interfaceId,
  cluster,
  findingId,
  fingerprint,
  since,
  addresses,
  proof: proof.map(({ point, outcome, says }) => ({ point, outcome, says })),
});

export const refusalFields = ({ interfaceId, cluster, guard, reason }: Refusal) => ({ interfaceId, cluster, guard, reason });

const planFields = ({ digest, deletions, refusals, unblocks }: Plan) => ({
  digest,
  deletions: deletions.map(deletionFields),
  refusals: refusals.map(refusalFields),
  unblocks: unblocks.map(unlockedFields),
});

const outcomeFields = ({ interfaceId, cluster, findingId, status, guard, says }: DeletionOutcome) => ({
  interfaceId,
  cluster,
  findingId,
  status,
  ...(guard === undefined ? {} : { guard }),
  says,
});

const executionFields = ({ outcomes, stop, left }: Execution) => ({
  outcomes: outcomes.map(outcomeFields),
  stop: stop ? { why: stop.why, says: stop.says } : null,
  left,
});

/** One cleanup for scripts. `execution` is null when nothing was to be deleted yet: the plan alone. */
export const cleanupFields = ({ audit, plan, execution, freed }: CleanupReport) => ({
  generatedAt: plan.createdAt,
  target: { accountId: plan.target.accountId, region: plan.target.region },
  plan: planFields(plan),
  execution: execution ? executionFields(execution) : null,
  freed: freed.map(unlockedFields),
  coverage: audit.coverage.map(coverageFields),
  stats: { apiCalls: audit.stats.apiCalls, durationMs: audit.stats.durationMs },
});
