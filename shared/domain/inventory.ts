import type { ClusterNode, CniAddonAnswer, PodClusterAnswer, StaleReference, Subnet, TaggedGroup } from './cluster.ts';
import type { NetworkInterface } from './network-interface.ts';
import type { ItemReads, Read, ReadFailure } from './read.ts';
import type { SecurityGroupAnswer, SecurityGroupRule, VpcAssociation } from './security-group.ts';

export type { NetworkInterface, SecurityGroupName, Tags } from './network-interface.ts';

/** What DescribeCluster said of one name. `found: false` only for the exact code ResourceNotFoundException. */
export type ClusterAnswer =
  | { found: false }
  | { found: true; name: string; arn: string; status: string; vpcId: string | undefined; createdAt: string | undefined };

/** A trunk or any other interface asked for by id. */
export type InterfaceAnswer = { found: false } | { found: true; interface: NetworkInterface };

/** An instance asked for by id; `state` is EC2's name for it, e.g. `terminated`. */
export type InstanceAnswer = { found: false } | { found: true; state: string };

/** Who keeps a security group, subnet or VPC from being deleted, read until the first holder that is no leftover. */
export interface Holders {
  name: string;
  /** Branch and trunk interfaces of the leftover lists that hold it. Complete only when there is no `other`. */
  leftovers: readonly string[];
  /** The first holder met that is not in the leftover lists. */
  other: { id: string; description: string; status: string } | undefined;
  /** Other security groups whose rules refer to this one. Read only where there is no `other`. */
  referencedBy: readonly string[];
}

export interface Pins {
  securityGroups: ItemReads<Holders>;
  subnets: ItemReads<Holders>;
  vpcs: ItemReads<Holders>;
}

/** Seen how often and since when, with an unchanged fingerprint and no complete read in between that showed it otherwise. */
export interface Sighting {
  interfaceId: string;
  /** What it was seen as; a change of this starts the sightings again. */
  as: 'orphan' | 'leak';
  /** The list that shows it: only a complete read of that list can miss it. */
  list: 'branchEnis' | 'trunkEnis';
  fingerprint: string;
  first: string;
  newest: string;
  count: number;
}

/** What one run's reads show of one listed interface, as far as sightings are concerned. */
export interface Observation {
  interfaceId: string;
  list: Sighting['list'];
  /** What it was shown as; undefined unless `shown`. */
  as: Sighting['as'] | undefined;
  fingerprint: string;
  /** `refuted`: something certain says otherwise. `unread`: a read that decides it failed. */
  outcome: 'shown' | 'refuted' | 'unread';
  /** As what it may still be so, for all that could be read: this run neither counts nor resets those sightings. Empty unless `unread`. */
  unread: readonly Sighting['as'][];
}

/** One slice that this run read, with all that could not be read of it; empty when it was read in full. */
export interface SliceCoverage {
  slice: string;
  failures: readonly ReadFailure[];
}

/** Every slice that a rule may need. */
export interface Slices {
  /** Interfaces with the branch description whose status is `available`. */
  branchEnis: readonly NetworkInterface[];
  /** Interfaces with the trunk description whose status is `available`. */
  trunkEnis: readonly NetworkInterface[];
  /** By name: the clusters that the tags of `branchEnis` and `trunkEnis` name. */
  clusters: ItemReads<ClusterAnswer>;
  /** By id: the trunks that the tags of `branchEnis` name. */
  trunks: ItemReads<InterfaceAnswer>;
  /** By id: the instances that the tags of `branchEnis` and `trunkEnis` name. */
  instances: ItemReads<InstanceAnswer>;
  pins: Pins;
  /** By id: interfaces of open findings that the lists no longer show. Absent is not gone. */
  absentees: ItemReads<InterfaceAnswer>;
  /** Interfaces with the branch description, whatever their status: those in use are pods. */
  podEnis: readonly NetworkInterface[];
  /** Groups that carry a tag of ours which says whose pods, or whose CoreDNS, they are for. */
  taggedGroups: readonly TaggedGroup[];
  /** By name: the clusters that `podEnis` and `taggedGroups` name. */
  podClusters: ItemReads<PodClusterAnswer>;
  /** By name: the nodes of each live one of `podClusters`. */
  nodes: ItemReads<readonly ClusterNode[]>;
  /** By name: the vpc-cni add-on of each live cluster that no tag tells the mode of. */
  cniAddons: ItemReads<CniAddonAnswer>;
  /** By name: the Fargate profiles of each live cluster. */
  fargateProfiles: ItemReads<readonly string[]>;
  /** By name: the pods on Fargate of each such cluster that hold its security group or a tagged one. */
  fargateEnis: ItemReads<readonly NetworkInterface[]>;
  /** By name: the control plane's own interfaces of each live cluster that has Fargate profiles. */
  controlPlaneEnis: ItemReads<readonly NetworkInterface[]>;
  /** By id: the groups of live clusters' pods and nodes. */
  securityGroups: ItemReads<SecurityGroupAnswer>;
  /** By group id: both directions of all groups of `securityGroups` that pods or nodes hold. */
  securityGroupRules: ItemReads<readonly SecurityGroupRule[]>;
  /** By id: what the rules of pods' groups refer to, as far as it is in their owner's account. */
  referencedGroups: ItemReads<SecurityGroupAnswer>;
  /** By list id: the CIDRs of the lists that `securityGroupRules` name. */
  prefixLists: ItemReads<readonly string[]>;
  /** By group id: of groups that an interface holds outside of their own VPC. */
  vpcAssociations: ItemReads<readonly VpcAssociation[]>;
  /** By VPC id: of the VPCs of pods' groups that refer to a group of another VPC. */
  staleReferences: ItemReads<readonly StaleReference[]>;
  /** By id: the subnets of pods and nodes. */
  subnets: ItemReads<Subnet | undefined>;
  /** By interface id: from the ledger, this run's own sighting included. */
  sightings: Readonly<Record<string, Sighting>>;
  /** What of the other slices could be read. */
  coverage: readonly SliceCoverage[];
}

export type SliceName = keyof Slices;

/** What one run read: the slices that its rules need, each with its outcome. */
export type Inventory = { readonly [S in SliceName]?: Read<Slices[S]> };
