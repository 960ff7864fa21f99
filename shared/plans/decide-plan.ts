// Somebody approves or rejects a plan: one conditional write on it, and a record of who asked for what, taken or not.
import { randomUUID } from 'node:crypto';
import type { Target } from '../domain/finding.ts';
import { refuseUnnamed } from '../domain/named-person.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { putOf, uncontested, update } from '../ledger/update.ts';
import { decide } from './decide.ts';
import type { Decision, ProposedPlan } from './plan.ts';
import { DECISION, PLAN, planKey } from './record.ts';

export interface DecisionRequest extends Omit<Decision, 'at'> {
  target: Target;
  plan: string;
}

export type DecisionAnswer =
  | { accepted: true; plan: ProposedPlan; says: string }
  | { accepted: false; plan: ProposedPlan | undefined; says: string };

export interface DecisionDeps {
  store: LedgerStore;
  clock: () => Date;
}

/** Takes a decision, or says why not; either way it is recorded. Throws when the ledger could not be read or written. */
export async function decidePlan(deps: DecisionDeps, request: DecisionRequest): Promise<DecisionAnswer> {
  const { target, plan: id, verdict, by, via } = request;
  refuseUnnamed(by, via, 'nothing is decided');
  const decision: Decision = { verdict, by, via, at: deps.clock().toISOString() };
  const { state, decision: decided } = uncontested(
    await update({ store: deps.store, target }, PLAN, planKey(id), (now) => decide(now, id, decision)),
  );
  const answer: DecisionAnswer =
    decided.accepted && state
      ? { accepted: true, plan: state.plan, says: decided.says }
      : { accepted: false, plan: state?.plan, says: decided.says };
  await record(deps.store, request, decision, answer);
  return answer;
}

/** Records a decision that is not even asked of the plan, because whoever asks may not, or where it is asked. */
export const refuseDecision = ({ store, clock }: DecisionDeps, request: DecisionRequest, says: string): Promise<void> => {
  const { verdict, by, via } = request;
  return record(store, request, { verdict, by, via, at: clock().toISOString() }, { accepted: false, says });
};

async function record(
  store: LedgerStore,
  { target, plan }: DecisionRequest,
  decision: Decision,
  { accepted, says }: Pick<DecisionAnswer, 'accepted' | 'says'>,
): Promise<void> {
  await store.write(target, [putOf(DECISION, { ...decision, id: randomUUID(), plan, accepted, says })]);
}
