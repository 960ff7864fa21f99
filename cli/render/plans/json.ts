// The published form of a plan that waits, waited or was carried out: only what is named here leaves the program.
import type { PlanOutcome, ProposedPlan } from '../../../shared/model/plan.ts';
import { deletionJson, refusalJson, unlockedJson } from '../cleanup/json.ts';
import { SCHEMA_VERSION, toJson } from '../json.ts';

const outcomeJson = ({ interfaceId, status, guard, says }: PlanOutcome) => ({
  interfaceId,
  status,
  ...(guard === undefined ? {} : { guard }),
  says,
});

/** A plan with all that a person was shown of it, who answered it, and what came of it. */
export function proposedPlanJson({ id, round, cluster, status, proposedAt, expiresAt, ledger, says, ...rest }: ProposedPlan) {
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
          outcomes: result.outcomes.map(outcomeJson),
          stop: result.stop ? { why: result.stop.why, says: result.stop.says } : null,
        }
      : null,
    deletions: plan.deletions.map(deletionJson),
    refusals: plan.refusals.map(refusalJson),
    unblocks: plan.unblocks.map(unlockedJson),
  };
}

/** What `approve` and `reject` came to, for scripts. `plan` is null when there is none of that id. */
export const decisionJson = (answer: { accepted: boolean; plan: ProposedPlan | undefined; says: string }): string =>
  toJson({
    schemaVersion: SCHEMA_VERSION,
    accepted: answer.accepted,
    plan: answer.plan ? proposedPlanJson(answer.plan) : null,
    says: answer.says,
  });
