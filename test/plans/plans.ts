// Plans as they lie in the ledger, for the tables of propose, decide and plan-run.
import type { Plan } from '../../shared/plans/deletion.ts';
import type { Decision, PlanState, ProposedPlan } from '../../shared/plans/plan.ts';
import { AT, branchEni, CLUSTER, eniId } from '../support/interfaces.ts';
import { planFor } from './candidates.ts';

/** So many minutes after AT. */
export const minutes = (n: number): Date => new Date(AT.getTime() + n * 60_000);
export const time = (n: number): string => minutes(n).toISOString();
export const HOUR = 60;

/** A plan for so many orphans of one cluster; another number is another world. */
export const planOf = (interfaces: number): Plan =>
  planFor(
    Array.from({ length: interfaces }, (_, index) => branchEni({ id: eniId(index + 1), privateIpAddresses: [`10.0.1.${index + 1}`] })),
  );

export const approval = (changes: Partial<Decision> = {}): Decision => ({
  verdict: 'approve',
  by: 'arn:aws:iam::111122223333:user/anna',
  via: 'cli',
  at: time(10),
  ...changes,
});

/** One that was proposed at AT and waits for a day. */
export function proposed(changes: Partial<ProposedPlan> = {}, pending: PlanState['pending'] = []): PlanState {
  const plan = changes.plan ?? planOf(3);
  const base = {
    id: plan.digest,
    round: 1,
    cluster: CLUSTER,
    plan,
    status: 'waiting',
    proposedAt: time(0),
    expiresAt: time(24 * HOUR),
  } as const;
  return {
    plan: { ...base, ledger: 'dynamodb:ledger', publishers: ['sns'], announced: true, says: 'waits for an approval', ...changes },
    pending,
  };
}

export const approved = (changes: Partial<ProposedPlan> = {}): PlanState =>
  proposed({ status: 'approved', decision: approval(), says: 'approved', ...changes });

/** Begun ten minutes after its approval, with a lease of fifteen. */
export const running = (changes: Partial<ProposedPlan> = {}): PlanState =>
  approved({ status: 'running', run: { by: 'worker-1', startedAt: time(20), until: time(35) }, ...changes });

export const done = (changes: Partial<ProposedPlan> = {}): PlanState =>
  running({ status: 'done', result: { at: time(25), outcomes: [], stop: undefined }, says: '3 deleted', ...changes });
