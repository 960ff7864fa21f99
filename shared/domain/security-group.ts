// What path proofs are made of: security-group rules and what they refer to, the hosts at both ends, the question and its answer.
import type { Tags } from './network-interface.ts';
import type { ItemReads } from './read.ts';

/** What one security-group rule admits traffic to (egress) or from (ingress). */
export type RulePeer =
  | { kind: 'cidr-ipv4'; cidr: string }
  | { kind: 'cidr-ipv6'; cidr: string }
  | { kind: 'prefix-list'; id: string }
  | ({ kind: 'group' } & GroupReference)
  /** None of the four, or several at once: EC2 should not say so, and nobody knows what it means. */
  | { kind: 'unrecognised'; says: string };

/** DescribeSecurityGroupRules' ReferencedGroupInfo. */
export interface GroupReference {
  groupId: string;
  /** The account of the group. Missing on a reference across VPCs: the group was deleted. */
  userId: string | undefined;
  /** The VPC of the group; EC2 says it of references to other VPCs. */
  vpcId: string | undefined;
  peeringStatus: string | undefined;
  vpcPeeringConnectionId: string | undefined;
}

/** One rule as DescribeSecurityGroupRules tells it. */
export interface SecurityGroupRule {
  id: string;
  groupId: string;
  isEgress: boolean;
  /** As EC2 says it: `tcp`, `udp`, `icmp`, `icmpv6`, a decimal number, or `-1` for all. */
  ipProtocol: string;
  /** -1 and undefined alike: all ports. For ICMP the type. */
  fromPort: number | undefined;
  /** -1 and undefined alike: all ports. For ICMP the code. */
  toPort: number | undefined;
  peer: RulePeer;
}

/** A security group asked for by id. `found: false` only for the exact code InvalidGroup.NotFound. */
export type SecurityGroupAnswer = { found: false } | { found: true; id: string; name: string; ownerId: string; vpcId: string; tags: Tags };

/** One VPC besides its own that a group was associated with; `state` is EC2's word, e.g. `associated`. */
export interface VpcAssociation {
  vpcId: string;
  state: string;
}

/** What a path proof knows about security groups. Each item holds its own answer: what was not asked for, or failed, is unknown. */
export interface NetworkFacts {
  /** By group id: every group that a host of a question holds. */
  groups: ItemReads<SecurityGroupAnswer>;
  /** By group id: all rules, both directions, of every group that a host of a question holds. Complete or failed. */
  rules: ItemReads<readonly SecurityGroupRule[]>;
  /** By group id. Needed only of a group that a host holds in a VPC that is not the group's own. */
  associations: ItemReads<readonly VpcAssociation[]>;
  /** By list id: the CIDRs of every prefix list that those rules name. */
  prefixLists: ItemReads<readonly string[]>;
}

/** A network interface as a path sees it. */
export interface Host {
  /** How people know it, e.g. `node i-0abc` or `eni-0def`. */
  label: string;
  /** Addresses, and prefixes in CIDR notation, of both families; any of them may speak. */
  addresses: readonly string[];
  groupIds: readonly string[];
  vpcId: string;
  /** The CIDRs of its subnet, where known: what a remedy falls back to when no group covers every host. */
  subnetCidrs?: readonly string[];
}

/** One end of a path: any of its hosts may be the one that speaks or answers. */
export interface Endpoint {
  /** e.g. `CoreDNS of shop`. */
  label: string;
  hosts: readonly Host[];
}

export type AddressFamily = 'ipv4' | 'ipv6';

/** `egress`: what the sender's groups let out; `ingress`: what the receiver's groups let in. */
export type Side = 'egress' | 'ingress';

/** What travels: a protocol by name or number, and where it goes. */
export interface Traffic {
  /** `tcp`, `udp`, `icmp`, `icmpv6` or a number, e.g. `17`. */
  protocol: string;
  /** The destination port of TCP and UDP; the type of ICMP. Of no meaning for other protocols. */
  port?: number;
  /** The code of ICMP. */
  code?: number;
  /** Only this family, e.g. the one that the cluster's pods speak. Without it: every family that both ends have. */
  family?: AddressFamily;
}

/** `some`: certainly open for some pairs of addresses and certainly blocked for others. */
export type PathOutcome = 'open' | 'blocked' | 'some' | 'unknown';

/** One packet, to look at or to try. An address is undefined where none of that host is known. */
export interface Packet {
  from: { host: string; address: string | undefined };
  to: { host: string; address: string | undefined };
  /** By name where it has one. */
  protocol: string;
  port: number | undefined;
}

/** An egress rule of the sender and an ingress rule of the receiver which together let a packet pass, with an example. */
export interface OpenPair {
  egress: SecurityGroupRule;
  ingress: SecurityGroupRule;
  packet: Packet;
}

/** A rule that lets a failing packet not pass, but nearly: what of it does not fit. */
export interface NearestMiss {
  rule: SecurityGroupRule;
  misses: readonly ('protocol' | 'port' | 'peer')[];
  /** One sentence that names the rule and what it misses. */
  says: string;
}

/** One side that blocks, one packet that it blocks, and the rule of that side that comes closest to it (undefined: no rule at all). */
export interface BlockedSide {
  side: Side;
  /** The groups whose union lets that packet not pass. */
  groupIds: readonly string[];
  packet: Packet;
  nearestMiss: NearestMiss | undefined;
}

/** What would settle an unknown path. */
export interface Unsettled {
  what: 'rules' | 'group' | 'vpc-association' | 'prefix-list' | 'rule' | 'peering' | 'address' | 'host';
  /** Of the group, list, rule or host. */
  id: string;
  /** One sentence: what is not known, and why. */
  says: string;
}

/** The hosts, by label, that have a part in something. A host of which only some addresses have, is listed too. */
export interface Extent {
  from: readonly string[];
  to: readonly string[];
}

/** The answer: what was found out about every packet that the two ends could exchange. */
export interface PathProof {
  outcome: PathOutcome;
  /** By name where it has one. */
  protocol: string;
  port: number | undefined;
  /** The fewest pairs that were found to open what is certainly open. Empty when nothing is. */
  openedBy: readonly OpenPair[];
  /** What certainly blocks, egress first; also of an `unknown` path of which a part is certainly blocked. Empty when nothing is. */
  blockedBy: readonly BlockedSide[];
  /** Of an `unknown` path, and of the part of a `some` path that is unknown; empty of any other. */
  unsettled: readonly Unsettled[];
  /** Whether both sides of every packet are known; a side may be unknown even of a `blocked` path, because the other one blocks it. */
  isSettled: boolean;
  open: Extent;
  blocked: Extent;
  unknown: Extent;
}

/** A range of ports with one outcome; inclusive. */
export interface PortRange {
  from: number;
  to: number;
  outcome: PathOutcome;
}
