import type { Accepted } from './acceptance.ts';
import type { Evidence, Remedy, Severity, Subject, Verdict } from './verdict.ts';

/** One account and region. */
export interface Target {
  accountId: string;
  region: string;
}

/** A `fail` with a stable id, as the ledger keeps it and the JSON output prints it. */
export interface Finding {
  /** `<ruleId>/<account>/<region>/<cluster or ->/<subject>` */
  id: string;
  ruleId: string;
  severity: Severity;
  verdict: 'fail';
  state?: string;
  subject: Subject;
  cluster: string | null;
  summary: string;
  evidence: Evidence;
  remedy: Remedy;
  sightings: number;
  firstSeen: string;
  /** Somebody answers for it: it alerts no more. */
  accepted?: Accepted;
}

export type TransitionKind = 'opened' | 'changed' | 'resolved' | 'suppressed' | 'approved' | 'cleaned' | 'cleanup-failed';

/** What publishers see: never runs, only changes. */
export interface Transition {
  kind: TransitionKind;
  findingId: string;
  at: string;
  /** For a person: what changed and why. */
  says: string;
  /** Which call explains it, and who made it, where a CloudTrail event told. */
  cause?: string;
}

/** A transition that some publishers have not sent yet. It is kept until the last of them has. */
export interface PendingTransition extends Transition {
  recipients: readonly string[];
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

/** The stable id of what a verdict found. */
export function findingId(target: Target, verdict: Pick<Verdict, 'ruleId' | 'cluster' | 'subject'>): string {
  return [verdict.ruleId, target.accountId, target.region, verdict.cluster ?? '-', verdict.subject.id].join('/');
}
