import * as v from 'valibot';
import { ACCEPTED } from './acceptance.ts';
import { isObject, type Of, TEXT, TIME, wholeFrom } from './values.ts';
import { type Evidence, LEFTOVERS, PATHS, SEVERITIES, SUBJECT_TYPES, TOPICS, type Verdict } from './verdict.ts';

/** One account and region. */
export interface Target {
  accountId: string;
  region: string;
}

/** A `fail` with a stable id, as the ledger keeps it and the JSON output prints it. */
const FINDING = v.object({
  /** `<ruleId>/<account>/<region>/<cluster or ->/<subject>` */
  id: TEXT,
  ruleId: TEXT,
  topic: v.picklist(TOPICS),
  path: v.exactOptional(v.picklist(PATHS)),
  leftover: v.exactOptional(v.picklist(LEFTOVERS)),
  severity: v.picklist(SEVERITIES),
  verdict: v.literal('fail'),
  state: v.exactOptional(v.string()),
  subject: v.object({ type: v.picklist(SUBJECT_TYPES), id: v.string() }),
  cluster: v.nullable(v.string()),
  /** What is wrong, in one clause. */
  summary: v.string(),
  /** What bears it out or follows from it. */
  details: v.exactOptional(v.string()),
  evidence: v.custom<Evidence>(isObject, 'evidence is no object'),
  remedy: v.object({ summary: v.string(), commands: v.array(v.string()) }),
  sightings: wholeFrom(1),
  firstSeen: TIME,
  /** Somebody answers for it: it alerts no more. */
  accepted: v.exactOptional(ACCEPTED),
});
export type Finding = Of<typeof FINDING>;

/** What publishers see: never runs, only changes. */
const TRANSITION = v.object({
  kind: v.picklist(['opened', 'changed', 'resolved', 'suppressed', 'approved', 'cleaned', 'cleanup-failed']),
  findingId: TEXT,
  at: TIME,
  /** For a person: what changed, in one clause. */
  says: v.string(),
  /** Why, or what bears it out. */
  details: v.exactOptional(v.string()),
  /** Which call explains it, and who made it, where a CloudTrail event told. */
  cause: v.exactOptional(v.string()),
  /** A call at about the same time that no proof ties to it, but that whoever looks should know of. */
  coincidence: v.exactOptional(v.string()),
});
export type Transition = Of<typeof TRANSITION>;
export type TransitionKind = Transition['kind'];

/** What explains a transition, and what merely coincides with it. */
export type Because = Pick<Transition, 'cause' | 'coincidence'>;

/** A finding between runs, with the transitions that some publishers have not sent yet. */
export const FINDING_STATE = v.object({
  finding: FINDING,
  status: v.picklist(['open', 'resolved']),
  /** Listed but announced to nobody yet. */
  quiet: v.boolean(),
  /** Severity, state and the rule's own meaning; people are told when it changes. */
  meaning: v.string(),
  lastSeen: TIME,
  resolvedAt: v.exactOptional(TIME),
  pending: v.array(v.object({ ...TRANSITION.entries, recipients: v.array(v.string()) })),
});
export type FindingState = Of<typeof FINDING_STATE>;

/** The stable id of what a verdict found. */
export function findingId(target: Target, verdict: Pick<Verdict, 'ruleId' | 'cluster' | 'subject'>): string {
  return [verdict.ruleId, target.accountId, target.region, verdict.cluster ?? '-', verdict.subject.id].join('/');
}
