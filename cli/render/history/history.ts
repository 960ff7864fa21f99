import type { DeletionRecord } from '../../../shared/model/cleanup.ts';
import type { Target } from '../../../shared/model/finding.ts';
import type { DecisionRecord, ProposedPlan } from '../../../shared/model/plan.ts';

/** One deletion that a ledger records, and where it happened. */
export interface Deleted {
  target: Target;
  record: DeletionRecord;
}

/** One plan that it keeps, in its newest round. */
export interface Planned {
  target: Target;
  plan: ProposedPlan;
}

/** One approval or rejection that was asked for, taken or not. */
export interface Decided {
  target: Target;
  decision: DecisionRecord;
}

/** What a ledger says of cleanups, newest first. */
export interface History {
  ledger: string;
  deletions: readonly Deleted[];
  plans: readonly Planned[];
  decisions: readonly Decided[];
}
