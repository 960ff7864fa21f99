import type { Acceptance } from '../../domain/acceptance.ts';
import type { Target } from '../../domain/finding.ts';
import type { ClickRecord } from '../../domain/slack.ts';
import type { DeletionRecord } from '../deletion.ts';
import type { DecisionRecord, ProposedPlan } from '../plan.ts';

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

/** What somebody said of a finding last; it may have ended. */
export interface AcceptedOf {
  target: Target;
  acceptance: Acceptance;
}

/** A click in Slack that decided no plan, or how many requests of a day Slack did not sign. */
export interface Clicked {
  target: Target;
  click: ClickRecord;
}

/** What a ledger says of cleanups and of who answered for what, newest first. */
export interface History extends Records {
  ledger: string;
}

export interface Records {
  deletions: readonly Deleted[];
  plans: readonly Planned[];
  decisions: readonly Decided[];
  acceptances: readonly AcceptedOf[];
  clicks: readonly Clicked[];
}
