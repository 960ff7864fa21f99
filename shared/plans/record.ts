import { defineKind } from '../ledger/kind.ts';
import { DELETION_RECORD, type DeletionRecord } from './deletion.ts';
import { DECISION_RECORD, type DecisionRecord, digestOfPlan, isOpenPlan, PLAN_STATE, type PlanState } from './plan.ts';

// Who approved what, and what came of it, is asked in audits of the year.
const ENDED_DAYS = 400;

/** A plan in all its rounds, so that it is announced once. */
export const PLAN = defineKind<PlanState, 'plan'>({
  name: 'plan',
  schema: PLAN_STATE,
  id: ({ plan }) => digestOfPlan(plan.id),
  // As long as its orphans are there, a rejection is an answer that is not asked for again.
  keepDays: ({ plan: { status }, pending }) => (pending.length > 0 || isOpenPlan(status) || status === 'rejected' ? undefined : ENDED_DAYS),
  announce: ({ plan }, { recipients: _, ...notice }) => {
    const { plan: id, event, at } = notice;
    return { kind: 'plan', id: `plan/${id}#${event}#${at}`, at, notice, plan };
  },
});

/** The key of a plan, by its id in any round. */
export const planKey = (id: string): string => PLAN.key(digestOfPlan(id));

/** Decisions lie in the order of time. */
export const DECISION = defineKind<DecisionRecord, 'decision'>({
  name: 'decision',
  schema: DECISION_RECORD,
  id: ({ at, id }) => `${at}/${id}`,
  keepDays: () => ENDED_DAYS,
});

/** EC2 never gives an id twice. */
export const DELETION = defineKind<DeletionRecord, 'deletion'>({
  name: 'deletion',
  schema: DELETION_RECORD,
  id: ({ interfaceId }) => interfaceId,
});
