// The published form of a plan that waits, waited or was carried out: only what is named here leaves the program.
import type { PlanOutcome, ProposedPlan } from '../../model/plan.ts';
import type { CleanupOutlook } from '../../model/report.ts';
import { deletionFields, refusalFields, unlockedFields } from './machine.ts';

const outcomeFields = ({ interfaceId, status, guard, says }: PlanOutcome) => ({
  interfaceId,
  status,
  ...(guard === undefined ? {} : { guard }),
  says,
});

/** A plan with all that a person was shown of it, who answered it, and what came of it. */
export function proposedPlanFields({ id, round, cluster, status, proposedAt, expiresAt, ledger, says, ...rest }: ProposedPlan) {
  const { plan, decision, run, result } = rest;
  return {
    id,
    round,
    digest: plan.digest,
    cluster,
    status,
    says,
    proposedAt,
    expiresAt,
    ledger,
    decision: decision ? { verdict: decision.verdict, by: decision.by, via: decision.via, at: decision.at } : null,
    run: run ? { worker: run.by, startedAt: run.startedAt, leaseUntil: run.until } : null,
    result: result
      ? {
          at: result.at,
          outcomes: result.outcomes.map(outcomeFields),
          stop: result.stop ? { why: result.stop.why, says: result.stop.says } : null,
        }
      : null,
    deletions: plan.deletions.map(deletionFields),
    refusals: plan.refusals.map(refusalFields),
    unblocks: plan.unblocks.map(unlockedFields),
  };
}

/** What `approve` and `reject` came to, for scripts. `plan` is null when there is none of that id. */
export const decisionFields = ({ accepted, plan, says }: { accepted: boolean; plan: ProposedPlan | undefined; says: string }) => ({
  accepted,
  plan: plan ? proposedPlanFields(plan) : null,
  says,
});

/** What is published of the cleanup of what an audit found. */
export const outlookFields = ({ ready, refusals, attempts, plans }: CleanupOutlook) => ({
  ready,
  refusals: refusals.map(refusalFields),
  attempts: attempts.map(({ interfaceId, status, at, says }) => ({ interfaceId, status, at, says })),
  plans: plans.map(proposedPlanFields),
});
