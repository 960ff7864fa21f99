// What exists in one region. Plain data only, so that a snapshot is one structuredClone.
import type { Cluster } from './clusters/cluster.ts';
import type { Queue, Table, Topic } from './messaging.ts';
import type { Peering, PrefixList, VpcAssociation } from './network/sharing.ts';
import type { Secret } from './secret.ts';
import type { Tags } from './tags.ts';

export type { Addon, Cluster, Nodegroup } from './clusters/cluster.ts';
export type { Peering, PrefixList, PrefixListEntry, VpcAssociation } from './network/sharing.ts';

export type { Tags } from './tags.ts';

export interface Vpc {
  id: string;
  cidr: string;
  /** A /56; without one the VPC has no IPv6. */
  ipv6Cidr?: string;
  ownerId: string;
  isDefault: boolean;
  tags: Tags;
}

export interface Subnet {
  id: string;
  vpcId: string;
  cidr: string;
  /** A /64. */
  ipv6Cidr?: string;
  availabilityZone: string;
  ownerId: string;
  tags: Tags;
  /** The next host number that is handed out; addresses are never given twice. */
  nextHost: number;
}

export interface GroupReference {
  groupId: string;
  userId?: string;
  vpcId?: string;
  vpcPeeringConnectionId?: string;
  peeringStatus?: string;
}

/** Exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedGroup. Protocol "-1" has no ports. */
export interface SecurityGroupRule {
  id: string;
  isEgress: boolean;
  protocol: string;
  fromPort?: number;
  toPort?: number;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  referencedGroup?: GroupReference;
  description?: string;
  tags: Tags;
}

export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  vpcId: string;
  ownerId: string;
  rules: SecurityGroupRule[];
  tags: Tags;
}

/** The service that operates a resource for its customer, e.g. EKS Auto Mode. */
export interface Operator {
  managed: boolean;
  principal?: string;
  hiddenByDefault?: boolean;
}

export interface Attachment {
  id: string;
  instanceId?: string;
  instanceOwnerId: string;
  deviceIndex: number;
  networkCardIndex: number;
  status: string;
  deleteOnTermination: boolean;
  attachTime: string;
}

export interface NetworkInterface {
  id: string;
  description: string;
  status: string;
  interfaceType: string;
  ownerId: string;
  requesterId?: string;
  requesterManaged: boolean;
  operator?: Operator;
  vpcId: string;
  subnetId: string;
  availabilityZone: string;
  macAddress: string;
  /** Security group ids. */
  groups: string[];
  /** The first is the primary one. */
  privateIpAddresses: string[];
  ipv6Addresses: string[];
  ipv4Prefixes: string[];
  ipv6Prefixes: string[];
  sourceDestCheck: boolean;
  attachment?: Attachment;
  tags: Tags;
  /** The trunk that a branch hangs on. EC2 knows it and tells no customer. */
  associatedTrunk?: string;
}

export interface Instance {
  id: string;
  state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  instanceType: string;
  ownerId: string;
  vpcId: string;
  subnetId: string;
  availabilityZone: string;
  launchTime: string;
  privateIpAddress: string;
  /** Linux has none. */
  platform?: 'windows';
  operator?: Operator;
  tags: Tags;
}

/** A pod with security groups of its own, and so with a branch interface. */
export interface Pod {
  id: string;
  name: string;
  namespace: string;
  cluster: string;
  instanceId: string;
  interfaceId: string;
}

export interface RegionState {
  region: string;
  vpcs: Map<string, Vpc>;
  subnets: Map<string, Subnet>;
  securityGroups: Map<string, SecurityGroup>;
  prefixLists: Map<string, PrefixList>;
  /** By group and VPC. */
  vpcAssociations: Map<string, VpcAssociation>;
  peerings: Map<string, Peering>;
  interfaces: Map<string, NetworkInterface>;
  instances: Map<string, Instance>;
  /** By name. */
  clusters: Map<string, Cluster>;
  pods: Map<string, Pod>;
  /** By name. */
  queues: Map<string, Queue>;
  /** By ARN. */
  topics: Map<string, Topic>;
  /** By name; what is in them is no part of a snapshot. */
  tables: Map<string, Table>;
  /** By ARN. */
  secrets: Map<string, Secret>;
}

/** A region with nothing in it. */
export const emptyRegion = (region: string): RegionState => ({
  region,
  vpcs: new Map(),
  subnets: new Map(),
  securityGroups: new Map(),
  prefixLists: new Map(),
  vpcAssociations: new Map(),
  peerings: new Map(),
  interfaces: new Map(),
  instances: new Map(),
  clusters: new Map(),
  pods: new Map(),
  queues: new Map(),
  topics: new Map(),
  tables: new Map(),
  secrets: new Map(),
});
