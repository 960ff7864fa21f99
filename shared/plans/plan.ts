import * as v from 'valibot';
import { LEASE } from '../domain/lease.ts';
import { type Of, TEXT, TIME, wholeFrom } from '../domain/values.ts';
import { PLAN, STOP } from './deletion.ts';

/**
 * `waiting` for a person; `approved` and waiting for the worker; `running`: consumed, by one worker at a time; `done`, whatever came of
 * it; `rejected` by a person; `expired` unanswered; `superseded`: the world that it was made for is another one.
 */
const STATUS = v.picklist(['waiting', 'approved', 'running', 'done', 'rejected', 'expired', 'superseded']);
export type PlanStatus = Of<typeof STATUS>;

/** A plan that nobody has answered, approved or carried out to its end. */
export const isOpenPlan = (status: PlanStatus): boolean => status === 'waiting' || status === 'approved' || status === 'running';

/** How somebody said so: from a terminal, in Slack, or nobody did and CLEANUP_MODE=auto let the guards decide. */
const VIA = v.picklist(['cli', 'slack', 'auto']);
export type DecidedVia = Of<typeof VIA>;

/** `by`: the ARN of the caller, a Slack user, or `CLEANUP_MODE=auto`. */
const DECISION = v.object({ verdict: v.picklist(['approve', 'reject']), by: TEXT, via: VIA, at: TIME });
export type Decision = Of<typeof DECISION>;

/** The worker that has the plan in hand, and until when no other may take it over. */
const RUN = v.object({ ...LEASE.entries, startedAt: TIME });
export type PlanRun = Of<typeof RUN>;

/** What became of one interface of the plan; `left`: it was not touched. */
const OUTCOME = v.object({
  interfaceId: TEXT,
  status: v.picklist(['deleted', 'already-gone', 'refused', 'failed', 'left']),
  guard: v.exactOptional(TEXT),
  says: v.string(),
});
export type PlanOutcome = Of<typeof OUTCOME>;

/** `stop`: why it ended before its end, if it did. */
const RESULT = v.object({ at: TIME, outcomes: v.array(OUTCOME), stop: v.optional(STOP) });
export type PlanResult = Of<typeof RESULT>;

/** A plan for the orphans of one deleted cluster, as it waits in the ledger. */
const PROPOSED = v.object({
  /** The digest; from the second round on with the round: `1f2e3d4c5b6a7980-2`. An approval is for one round, an announcement for all. */
  id: TEXT,
  round: wholeFrom(1),
  cluster: TEXT,
  plan: PLAN,
  status: STATUS,
  proposedAt: TIME,
  /** Not approved by then: expired. Approved, it may be begun for as long again. */
  expiresAt: TIME,
  /** Where whoever approves finds it, as `--ledger` takes it. */
  ledger: TEXT,
  /** The names of the publishers that tell people of it: whoever approves or carries it out knows them from here. */
  publishers: v.array(TEXT),
  /** People were told of this digest once; they never are again. */
  announced: v.boolean(),
  decision: v.exactOptional(DECISION),
  run: v.exactOptional(RUN),
  result: v.exactOptional(RESULT),
  /** Why it is where it is, in one sentence. */
  says: v.string(),
});
export type ProposedPlan = Of<typeof PROPOSED>;

const EVENT = v.picklist(['proposed', 'approved', 'rejected', 'expired', 'superseded', 'finished']);
export type PlanEvent = Of<typeof EVENT>;

/** What people are told of a plan. `plan`: its id; the same orphans may wait in another round by now. */
const NOTICE = v.object({ plan: TEXT, event: EVENT, at: TIME, says: v.string() });
export type PlanNotice = Of<typeof NOTICE>;

/** A plan between runs, with what is still to be sent of it. */
export const PLAN_STATE = v.object({
  plan: PROPOSED,
  pending: v.array(v.object({ ...NOTICE.entries, recipients: v.array(v.string()) })),
});
export type PlanState = Of<typeof PLAN_STATE>;
export type PendingPlanNotice = PlanState['pending'][number];

/** An approval or rejection that somebody asked for, whether it was taken or not. */
export const DECISION_RECORD = v.object({
  ...DECISION.entries,
  /** No two have the same. */
  id: TEXT,
  /** As it was named; it need not exist. */
  plan: v.string(),
  accepted: v.boolean(),
  /** What it did, or why it was refused. */
  says: v.string(),
});
export type DecisionRecord = Of<typeof DECISION_RECORD>;

/** The digest that a plan's id is about. */
export const digestOfPlan = (id: string): string => id.split('-')[0] ?? '';

/** The id of a digest's plan in a round, counted from 1. */
export const planId = (digest: string, round: number): string => (round === 1 ? digest : `${digest}-${round}`);

/** Whether a plan could have this id. */
export const isPlanId = (id: string): boolean => /^[0-9a-f]{16}(-[1-9]\d{0,5})?$/.test(id);
