import type { DeletionStatus, Plan, Stop } from './cleanup.ts';
import type { Lease } from './lease.ts';

/**
 * `waiting` for a person; `approved` and waiting for the worker; `running`: consumed, by one worker at a time; `done`, whatever came of
 * it; `rejected` by a person; `expired` unanswered; `superseded`: the world that it was made for is another one.
 */
export type PlanStatus = 'waiting' | 'approved' | 'running' | 'done' | 'rejected' | 'expired' | 'superseded';

/** A plan that nobody has answered, approved or carried out to its end. */
export const isOpenPlan = (status: PlanStatus): boolean => status === 'waiting' || status === 'approved' || status === 'running';

/** How somebody said so: from a terminal, in Slack, or nobody did and CLEANUP_MODE=auto let the guards decide. */
export type DecidedVia = 'cli' | 'slack' | 'auto';

export interface Decision {
  verdict: 'approve' | 'reject';
  /** The ARN of the caller, a Slack user, or `CLEANUP_MODE=auto`. */
  by: string;
  via: DecidedVia;
  at: string;
}

/** The worker that has the plan in hand, and until when no other may take it over. */
export interface PlanRun extends Lease {
  startedAt: string;
}

/** What became of one interface of the plan; `left`: it was not touched. */
export interface PlanOutcome {
  interfaceId: string;
  status: Exclude<DeletionStatus, 'claimed' | 'deleting'> | 'left';
  guard?: string;
  says: string;
}

export interface PlanResult {
  at: string;
  outcomes: readonly PlanOutcome[];
  /** Why it ended before its end, if it did. */
  stop: Stop | undefined;
}

/** A plan for the orphans of one deleted cluster, as it waits in the ledger. */
export interface ProposedPlan {
  /** The digest; from the second round on with the round: `1f2e3d4c5b6a7980-2`. An approval is for one round, an announcement for all. */
  id: string;
  round: number;
  cluster: string;
  plan: Plan;
  status: PlanStatus;
  proposedAt: string;
  /** Not approved by then: expired. Approved, it may be begun for as long again. */
  expiresAt: string;
  /** Where whoever approves finds it, as `--ledger` takes it. */
  ledger: string;
  /** The names of the publishers that tell people of it: whoever approves or carries it out knows them from here. */
  publishers: readonly string[];
  /** People were told of this digest once; they never are again. */
  announced: boolean;
  decision?: Decision;
  run?: PlanRun;
  result?: PlanResult;
  /** Why it is where it is, in one sentence. */
  says: string;
}

export type PlanEvent = 'proposed' | 'approved' | 'rejected' | 'expired' | 'superseded' | 'finished';

/** What people are told of a plan. */
export interface PlanNotice {
  /** The plan's id: the same orphans may wait in another round by now. */
  plan: string;
  event: PlanEvent;
  at: string;
  says: string;
}

/** What is still to be sent of a plan. */
export type PendingPlanNotice = PlanNotice & { recipients: readonly string[] };

/** A plan between runs. */
export interface PlanState {
  plan: ProposedPlan;
  pending: readonly PendingPlanNotice[];
}

/** An approval or rejection that somebody asked for, whether it was taken or not. */
export interface DecisionRecord extends Decision {
  /** No two have the same. */
  id: string;
  /** As it was named; it need not exist. */
  plan: string;
  accepted: boolean;
  /** What it did, or why it was refused. */
  says: string;
}

/** The digest that a plan's id is about. */
export const digestOfPlan = (id: string): string => id.split('-')[0] ?? '';

/** The id of a digest's plan in a round, counted from 1. */
export const planId = (digest: string, round: number): string => (round === 1 ? digest : `${digest}-${round}`);

/** Whether a plan could have this id. */
export const isPlanId = (id: string): boolean => /^[0-9a-f]{16}(-[1-9]\d{0,5})?$/.test(id);
