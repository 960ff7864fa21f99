import type { LedgerStore } from '../ledger/store.ts';
import type { Target } from '../model/finding.ts';
import type { PlanState } from '../model/plan.ts';
import { planKey } from '../plans/record.ts';

// Publishers, sweeps, people and workers write the same record: whoever loses gets what the winner wrote, and decides again.
const ATTEMPTS = 5;

export type PlanWrite<T> = { written: true; state: PlanState; answer: T } | { written: false; state: PlanState | undefined; answer: T };

/**
 * Writes what `next` makes of a plan, by one conditional write that is decided anew when somebody else wrote first. Without a state in
 * its answer, nothing is written. Throws when others keep writing.
 */
export async function updatePlan<T extends { state?: PlanState | undefined }>(
  store: LedgerStore,
  target: Target,
  id: string,
  next: (now: PlanState | undefined) => T,
): Promise<PlanWrite<T>> {
  const key = planKey(id);
  let record = await store.get(target, key);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const now = record?.body.kind === 'plan' ? record.body.state : undefined;
    const answer = next(now);
    if (!answer.state) return { written: false, state: now, answer };
    const [outcome] = await store.write(target, [{ key, ifVersion: record?.version ?? 0, body: { kind: 'plan', state: answer.state } }]);
    if (!outcome || outcome.written) return { written: true, state: answer.state, answer };
    record = outcome.winner;
  }
  throw new Error(`plan ${id} in ${store.name} is being written by others all the time; try again`);
}
