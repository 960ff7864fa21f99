// Somebody approves or rejects a plan: one conditional write on it, and a record of who asked for what, taken or not.
import { randomUUID } from 'node:crypto';
import { decide } from '../cleanup/decide.ts';
import type { Target } from '../model/finding.ts';
import { decisionKey, type LedgerStore } from '../model/ledger.ts';
import type { Decision, ProposedPlan } from '../model/plan.ts';
import { updatePlan } from './plans.ts';

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
export async function decidePlan({ store, clock }: DecisionDeps, request: DecisionRequest): Promise<DecisionAnswer> {
  const { target, plan: id, verdict, by, via } = request;
  // AWS answered, and named nobody: that is no named person.
  if (via === 'cli' && !by.startsWith('arn:')) throw new Error(`who is asking could not be read (${by}), so nothing is decided`);
  const decision: Decision = { verdict, by, via, at: clock().toISOString() };
  const { state, answer: decided } = await updatePlan(store, target, id, (now) => decide(now, id, decision));
  const answer: DecisionAnswer =
    decided.accepted && state
      ? { accepted: true, plan: state.plan, says: decided.says }
      : { accepted: false, plan: state?.plan, says: decided.says };
  const record = { ...decision, id: randomUUID(), plan: id, accepted: answer.accepted, says: answer.says };
  await store.write(target, [{ key: decisionKey(record), ifVersion: 0, body: { kind: 'decision', decision: record } }]);
  return answer;
}
