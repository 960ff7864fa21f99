// The published form of a plan that waits, waited or was carried out: only what is named here leaves the program.
import { only } from '../../content/only.ts';
import type { CleanupStatus } from '../../findings/audit-report.ts';
import type { PlanResult, ProposedPlan } from '../plan.ts';
import { planFields, refusalFields, stopFields } from './machine.ts';

const resultFields = ({ at, outcomes, stop }: PlanResult) => ({
  at,
  outcomes: outcomes.map((outcome) => only(outcome, 'interfaceId', 'status', 'guard', 'says')),
  stop: stopFields(stop),
});

/** A plan with all that a person was shown of it, who answered it, and what came of it. */
export function proposedPlanFields(proposed: ProposedPlan) {
  const { plan, decision, run, result } = proposed;
  return {
    ...only(proposed, 'id', 'round'),
    digest: plan.digest,
    ...only(proposed, 'cluster', 'status', 'says', 'proposedAt', 'expiresAt', 'ledger'),
    decision: decision ? only(decision, 'verdict', 'by', 'via', 'at') : null,
    run: run ? { worker: run.by, startedAt: run.startedAt, leaseUntil: run.until } : null,
    result: result ? resultFields(result) : null,
    ...planFields(plan),
  };
}

/** What `approve` and `reject` came to, for scripts. `plan` is null when there is none of that id. */
export const decisionFields = ({ accepted, plan, says }: { accepted: boolean; plan: ProposedPlan | undefined; says: string }) => ({
  accepted,
  plan: plan ? proposedPlanFields(plan) : null,
  says,
});

/** What is published of the cleanup of what an audit found. */
export const cleanupFields = ({ ready, refusals, attempts, plans }: CleanupStatus) => ({
  ready,
  refusals: refusals.map(refusalFields),
  attempts: attempts.map((attempt) => only(attempt, 'interfaceId', 'status', 'at', 'says')),
  plans: plans.map(proposedPlanFields),
});
