// What groups and rules reach beyond their own VPC. Plain data, a part of the region's state.
import type { Tags } from '../tags.ts';

export interface PrefixListEntry {
  cidr: string;
  description?: string;
}

export interface PrefixList {
  id: string;
  name: string;
  addressFamily: 'IPv4' | 'IPv6';
  state: string;
  /** An account, or `AWS`. */
  ownerId: string;
  /** What it counts for in a security group; lists of AWS's own show neither this nor a version. */
  maxEntries: number;
  version: number;
  /** By version; earlier ones can still be read. */
  entries: Record<number, PrefixListEntry[]>;
  tags: Tags;
}

/** A group that may be used in a VPC that is not its own. */
export interface VpcAssociation {
  /** Group and VPC. */
  id: string;
  groupId: string;
  groupOwnerId: string;
  vpcId: string;
  vpcOwnerId: string;
  state: 'associating' | 'associated' | 'association-failed' | 'disassociating' | 'disassociated' | 'disassociation-failed';
  stateReason?: string;
}

export interface Peering {
  id: string;
  /** One of this region's VPCs. */
  vpcId: string;
  peerVpcId: string;
  peerOwnerId: string;
  /** e.g. `active`, `deleted`. */
  status: string;
  /** Groups of another account's VPC, which no call of this account shows: id and owner. */
  peerGroups: Record<string, string>;
}
