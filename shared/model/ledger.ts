import type { Acceptance } from './acceptance.ts';
import type { ChangeNoticeState, ChangeState, Judging } from './change.ts';
import type { DeletionRecord } from './cleanup.ts';
import type { DailyState, Watch } from './daily.ts';
import type { Finding, Target, Transition } from './finding.ts';
import type { Sighting } from './inventory.ts';
import { type DecisionRecord, digestOfPlan, type PlanNotice, type ProposedPlan } from './plan.ts';
import type { ClickRecord, SlackMessage } from './slack.ts';
import type { Certificate, DeletionWarning, Teardown } from './teardown.ts';

/** A transition that some publishers have not sent yet. It is kept until the last of them has. */
export interface PendingTransition extends Transition {
  owedTo: readonly string[];
}

/** A finding between runs. */
export interface FindingState {
  finding: Finding;
  status: 'open' | 'resolved';
  /** Listed but announced to nobody yet. */
  quiet: boolean;
  /** Severity, state and the rule's own meaning; people are told when it changes. */
  meaning: string;
  lastSeen: string;
  resolvedAt?: string;
  pending: readonly PendingTransition[];
}

/** What a teardown still owes: its warning or its certificate, to these publishers. */
export type PendingNotice = { owedTo: readonly string[] } & (
  | { kind: 'warning'; warning: DeletionWarning }
  | { kind: 'certificate'; certificate: Certificate }
);

/** A teardown between runs. */
export interface TeardownState {
  teardown: Teardown;
  pending: readonly PendingNotice[];
}

/** What a plan still owes people. */
export type PendingPlanNotice = PlanNotice & { owedTo: readonly string[] };

/** A plan between runs. */
export interface PlanState {
  plan: ProposedPlan;
  pending: readonly PendingPlanNotice[];
}

export type LedgerBody =
  | { kind: 'sighting'; sighting: Sighting }
  | { kind: 'finding'; state: FindingState }
  | { kind: 'teardown'; state: TeardownState }
  | { kind: 'list-read'; list: Sighting['list']; readAt: string }
  | { kind: 'deletion'; deletion: DeletionRecord }
  | { kind: 'plan'; state: PlanState }
  | { kind: 'decision'; decision: DecisionRecord }
  | { kind: 'change'; state: ChangeState }
  | { kind: 'change-notice'; state: ChangeNoticeState }
  | { kind: 'judging'; judging: Judging }
  | { kind: 'acceptance'; acceptance: Acceptance }
  | { kind: 'watch'; watch: Watch }
  | { kind: 'daily'; state: DailyState }
  | { kind: 'slack-message'; message: SlackMessage }
  | { kind: 'click'; click: ClickRecord };

/** One item of the ledger. `version` counts its writes, starting at 1. */
export interface LedgerRecord {
  key: string;
  version: number;
  body: LedgerBody;
}

/** A write that happens only if the record still has the version that was read; 0: only if there is none. */
export type LedgerChange = { key: string; ifVersion: number; body: LedgerBody } | { key: string; ifVersion: number; delete: true };

/** A lost race is an expected outcome: it comes back with what the winner wrote (undefined: it deleted the record). */
export type LedgerOutcome = { key: string; written: true } | { key: string; written: false; winner: LedgerRecord | undefined };

/** The port that every store implements; test/ledger/store-conformance.ts is its specification. */
export interface LedgerStore {
  /** What a person is told about where the ledger lives, e.g. a file's path. */
  readonly name: string;
  /** Every record of one account and region. */
  load(target: Target): Promise<readonly LedgerRecord[]>;
  /** One record as it is now, or undefined. */
  get(target: Target, key: string): Promise<LedgerRecord | undefined>;
  /** Each change is atomic by itself; the outcomes come in the order of the changes. */
  write(target: Target, changes: readonly LedgerChange[]): Promise<readonly LedgerOutcome[]>;
}

/** The key of an interface's sightings. */
export const sightingKey = (interfaceId: string): string => `sighting/${interfaceId}`;

/** The key of the newest complete read of a list that is recorded. */
export const listReadKey = (list: Sighting['list']): string => `list-read/${list}`;

/** The key of a deletion: EC2 never gives an id twice. */
export const deletionKey = (interfaceId: string): string => `deletion/${interfaceId}`;

/** The key of a plan: one record for all rounds of a digest, so that it is announced once. */
export const planKey = (id: string): string => `plan/${digestOfPlan(id)}`;

/** The key of a decision: in the order of time. */
export const decisionKey = ({ at, id }: Pick<DecisionRecord, 'at' | 'id'>): string => `decision/${at}/${id}`;

/** The key of a finding's state. */
export const findingKey = (id: string): string => `finding/${id}`;

/** The key of what somebody said of a finding: one for each finding, the newest counts. */
export const acceptanceKey = (findingId: string): string => `acceptance/${findingId}`;

/** The key of what is kept of a region's audits. */
export const WATCH_KEY = 'watch';

/** The key of the daily digest. */
export const DAILY_KEY = 'daily';

/** The key of a message in Slack, by its id. */
export const slackMessageKey = (id: string): string => `slack-message/${id}`;

/** The key of a click, by its id. */
export const clickKey = (id: string): string => `click/${id}`;
