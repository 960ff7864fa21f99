// A change of what pods can reach, as CloudTrail tells it, and what it did to them; as it comes back from the audit queue and the ledger.
import * as v from 'valibot';
import { type Of, TEXT, TIME, wholeFrom } from '../domain/values.ts';
import { PATHS, SEVERITIES } from '../domain/verdict.ts';

const MAYBE = v.nullable(v.string());
const PORT = v.nullable(v.pipe(v.number(), v.safeInteger()));
const COUNT = wholeFrom(0);
const REMEDY = v.object({ summary: v.string(), commands: v.array(v.string()) });

/** Who was behind a call. */
const ACTOR = v.object({
  /** The ARN where there is one, e.g. `arn:aws:sts::123456789012:assumed-role/Admin/anna`. */
  principal: TEXT,
  /** Of an assumed role: often a person's name or a pipeline's run. */
  session: MAYBE,
  /** Of an assumed role: the ARN of the role. */
  role: MAYBE,
  /** The service that made the call for somebody, e.g. `cloudformation.amazonaws.com`. */
  invokedBy: MAYBE,
  /** e.g. `terraform`, `console`, `aws-cli`. */
  tool: TEXT,
  sourceAddress: MAYBE,
});
export type Actor = Of<typeof ACTOR>;

const PEER = v.variant('kind', [
  v.object({ kind: v.literal('cidr-ipv4'), cidr: TEXT }),
  v.object({ kind: v.literal('cidr-ipv6'), cidr: TEXT }),
  v.object({ kind: v.literal('prefix-list'), id: TEXT }),
  v.object({ kind: v.literal('group'), groupId: TEXT, userId: MAYBE }),
]);
export type ChangedPeer = Of<typeof PEER>;

/** A rule as the call or its answer states it; null is what neither says. */
const RULE = v.object({
  id: MAYBE,
  groupId: v.string(),
  isEgress: v.nullable(v.boolean()),
  /** As EC2 says it: `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  ipProtocol: TEXT,
  fromPort: PORT,
  toPort: PORT,
  peer: PEER,
  description: MAYBE,
});
export type ChangedRule = Of<typeof RULE>;

/** What was changed. `rules` are the ones that a call made, removed or, when modified, left behind; empty where the record does not tell. */
const THING = v.variant('kind', [
  v.object({ kind: v.picklist(['rules-authorized', 'rules-revoked']), isEgress: v.boolean(), rules: v.array(RULE) }),
  v.object({ kind: v.literal('rules-modified'), rules: v.array(RULE) }),
  v.object({ kind: v.literal('group-deleted') }),
  v.object({ kind: v.picklist(['vpc-associated', 'vpc-disassociated']), vpcId: MAYBE }),
  v.object({ kind: v.literal('interface-groups'), groupIds: v.array(TEXT) }),
  v.object({ kind: v.literal('addon'), addon: TEXT, configurationValues: MAYBE }),
]);
export type ChangedThing = Of<typeof THING>;

/** One call that may have changed what pods can reach. */
export const CHANGE = v.object({
  /** CloudTrail's eventID: the same however often the event is delivered. */
  id: TEXT,
  /** When the call was made. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** e.g. `RevokeSecurityGroupEgress`. */
  call: TEXT,
  actor: ACTOR,
  /** The groups that were changed. Empty with no interface and no cluster: the record does not tell what was changed. */
  groupIds: v.array(TEXT),
  interfaceIds: v.array(TEXT),
  cluster: MAYBE,
  what: THING,
});
export type Change = Of<typeof CHANGE>;

/** A change between its event and its judgement. It is kept for a while, so that an event that is delivered again is known again. */
export const CHANGE_STATE = v.object({
  change: CHANGE,
  status: v.picklist(['pending', 'judged']),
  /** When its event arrived: it is judged a while later, together with all that came meanwhile. */
  receivedAt: TIME,
  judgedAt: v.nullable(TIME),
  /** What came of it, for a person; of a pending one why it waits, and empty before the first look. */
  says: v.string(),
});
export type ChangeState = Of<typeof CHANGE_STATE>;

/** What a set of pods lost or regained. */
const NEWS = v.object({
  findingId: TEXT,
  ruleId: TEXT,
  /** Which path, where the rule judges one. */
  path: v.exactOptional(v.picklist(PATHS)),
  severity: v.picklist(SEVERITIES),
  /** Sorted group ids, joined with `+`. */
  setId: TEXT,
  /** How many pods have that set, and the first of their interfaces. */
  pods: COUNT,
  interfaces: v.array(TEXT),
  /** The finding's own sentence; of what was regained, why it is over. */
  says: v.string(),
  /** The smallest fix; null where nothing is broken, so that a regained path that has one is better and not good yet. */
  fix: v.nullable(REMEDY),
});
export type PathNews = Of<typeof NEWS>;

/** A change with the way back. */
const TOLD = v.object({
  change: CHANGE,
  /** e.g. `anna (Admin) with terraform from 203.0.113.7`. */
  who: v.string(),
  /** What was done, in one clause. */
  says: v.string(),
  /** The commands that undo exactly this change; none where nobody knows how it was before, and then the summary says so. */
  undo: REMEDY,
});
export type NotedChange = Of<typeof TOLD>;

/** What changes did to one cluster. */
const NOTICE = v.object({
  id: TEXT,
  at: TIME,
  cluster: TEXT,
  /** Those that explain it: what was lost before what was regained, the best explanation first, else newest first. */
  changes: v.array(TOLD),
  /** How many more would explain it, which are not listed. */
  moreChanges: COUNT,
  lost: v.array(NEWS),
  regained: v.array(NEWS),
});
export type ChangeNotice = Of<typeof NOTICE>;

/** A notice between runs, with one entry until every publisher has sent it. */
export const CHANGE_NOTICE_STATE = v.object({ notice: NOTICE, pending: v.array(v.object({ recipients: v.array(v.string()) })) });
export type ChangeNoticeState = Of<typeof CHANGE_NOTICE_STATE>;
