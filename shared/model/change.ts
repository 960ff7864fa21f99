// A change of what pods can reach, as CloudTrail tells it, and what it did to them.
import type { Remedy, Severity } from './verdict.ts';

/** Who was behind a call. */
export interface Actor {
  /** The ARN where there is one, e.g. `arn:aws:sts::123456789012:assumed-role/Admin/anna`. */
  principal: string;
  /** Of an assumed role: often a person's name or a pipeline's run. */
  session: string | null;
  /** Of an assumed role: the ARN of the role. */
  role: string | null;
  /** The service that made the call for somebody, e.g. `cloudformation.amazonaws.com`. */
  invokedBy: string | null;
  /** e.g. `terraform`, `console`, `aws-cli`. */
  tool: string;
  sourceAddress: string | null;
}

export type ChangedPeer =
  | { kind: 'cidr-ipv4'; cidr: string }
  | { kind: 'cidr-ipv6'; cidr: string }
  | { kind: 'prefix-list'; id: string }
  | { kind: 'group'; groupId: string; userId: string | null };

/** A rule as the call or its answer states it; null is what neither says. */
export interface ChangedRule {
  id: string | null;
  groupId: string;
  isEgress: boolean | null;
  /** As EC2 says it: `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  ipProtocol: string;
  fromPort: number | null;
  toPort: number | null;
  peer: ChangedPeer;
  description: string | null;
}

/** What was changed. `rules` are the ones that a call made, removed or, when modified, left behind; empty where the record does not tell. */
export type ChangedThing =
  | { kind: 'rules-authorized' | 'rules-revoked'; isEgress: boolean; rules: readonly ChangedRule[] }
  | { kind: 'rules-modified'; rules: readonly ChangedRule[] }
  | { kind: 'group-deleted' }
  | { kind: 'vpc-associated' | 'vpc-disassociated'; vpcId: string | null }
  | { kind: 'interface-groups'; groupIds: readonly string[] }
  | { kind: 'addon'; addon: string; configurationValues: string | null };

/** One call that may have changed what pods can reach. */
export interface Change {
  /** CloudTrail's eventID: the same however often the event is delivered. */
  id: string;
  /** When the call was made. */
  at: string;
  /** e.g. `RevokeSecurityGroupEgress`. */
  call: string;
  actor: Actor;
  /** The groups that were changed. Empty with no interface and no cluster: the record does not tell what was changed. */
  groupIds: readonly string[];
  interfaceIds: readonly string[];
  cluster: string | null;
  what: ChangedThing;
}

/** A change between its event and its judgement. It is kept for a while, so that an event that is delivered again is known again. */
export interface ChangeState {
  change: Change;
  status: 'pending' | 'judged';
  /** When its event arrived: it is judged a while later, together with all that came meanwhile. */
  receivedAt: string;
  judgedAt: string | null;
  /** What came of it, for a person; of a pending one why it waits, and empty before the first look. */
  says: string;
}

/** What a set of pods lost or regained. */
export interface PathNews {
  findingId: string;
  ruleId: string;
  severity: Severity;
  /** Sorted group ids, joined with `+`. */
  setId: string;
  /** How many pods have that set, and the first of their interfaces. */
  pods: number;
  interfaces: readonly string[];
  /** The finding's own sentence; of what was regained, why it is over. */
  says: string;
  /** The smallest fix; null where nothing is broken, so that a regained path that has one is better and not good yet. */
  fix: Remedy | null;
}

/** A change with the way back. */
export interface ToldChange {
  change: Change;
  /** e.g. `anna (Admin) with terraform from 203.0.113.7`. */
  who: string;
  /** What was done, in one clause. */
  says: string;
  /** The commands that undo exactly this change; none where nobody knows how it was before, and then the summary says so. */
  undo: Remedy;
}

/** What changes did to one cluster. */
export interface ChangeNotice {
  id: string;
  at: string;
  cluster: string;
  /** Those that explain it: what was lost before what was regained, the best explanation first, else newest first. */
  changes: readonly ToldChange[];
  /** How many more would explain it, which are not listed. */
  moreChanges: number;
  lost: readonly PathNews[];
  regained: readonly PathNews[];
}

/** A notice between runs. */
export interface ChangeNoticeState {
  notice: ChangeNotice;
  /** One entry until every publisher has sent it. */
  pending: readonly { recipients: readonly string[] }[];
}
