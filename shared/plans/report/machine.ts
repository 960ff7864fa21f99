// The published contract of `cleanup --format json`: only what is named here leaves the program.
import { only } from '../../content/only.ts';
import type { ProofPoint } from '../../domain/verdict.ts';
import type { CleanupReport } from '../../findings/audit-report.ts';
import { coverageFields } from '../../findings/report/machine.ts';
import type { Execution, Plan, PlannedDeletion, Refusal, Stop } from '../deletion.ts';

export const proofFields = (proof: readonly ProofPoint[]) => proof.map((point) => only(point, 'point', 'outcome', 'says'));

const unlockedFields = ({ subject, summary }: Plan['unblocks'][number]) => ({ subject: only(subject, 'type', 'id'), summary });

const deletionFields = (deletion: PlannedDeletion) => ({
  ...only(deletion, 'interfaceId', 'cluster', 'findingId', 'fingerprint', 'since', 'addresses'),
  proof: proofFields(deletion.proof),
});

export const refusalFields = (refusal: Refusal) => only(refusal, 'interfaceId', 'cluster', 'guard', 'reason');

export const stopFields = (stop: Stop | undefined) => (stop ? only(stop, 'why', 'says') : null);

/** What a plan deletes, leaves alone, and makes possible. */
export const planFields = ({ deletions, refusals, unblocks }: Plan) => ({
  deletions: deletions.map(deletionFields),
  refusals: refusals.map(refusalFields),
  unblocks: unblocks.map(unlockedFields),
});

const executionFields = ({ outcomes, stop, left }: Execution) => ({
  outcomes: outcomes.map((outcome) => only(outcome, 'interfaceId', 'cluster', 'findingId', 'status', 'guard', 'says')),
  stop: stopFields(stop),
  left,
});

/** One cleanup for scripts. `execution` is null when nothing was to be deleted yet: the plan alone. */
export const cleanupFields = ({ audit, plan, execution, freed }: CleanupReport) => ({
  generatedAt: plan.createdAt,
  target: only(plan.target, 'accountId', 'region'),
  plan: { digest: plan.digest, ...planFields(plan) },
  execution: execution ? executionFields(execution) : null,
  freed: freed.map(unlockedFields),
  coverage: audit.coverage.map(coverageFields),
  stats: only(audit.stats, 'apiCalls', 'durationMs'),
});
