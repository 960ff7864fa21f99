// What the path proofs need of AWS: who the pods are, who CoreDNS and the kubelets may be, and what the groups allow.

import type { NetworkInterface, Tags } from './network-interface.ts';
import type { GroupReference, SecurityGroupAnswer } from './security-group.ts';

/** A group that carries a tag of ours. */
export type TaggedGroup = Extract<SecurityGroupAnswer, { found: true }>;

/** What DescribeCluster said of a cluster that uses pod security groups. */
export type PodClusterAnswer = { found: false } | { found: true; cluster: PodCluster };

export interface PodCluster {
  name: string;
  arn: string;
  /** EKS's name for it, e.g. `ACTIVE`. */
  status: string;
  vpcId: string | undefined;
  createdAt: string | undefined;
  clusterSecurityGroupId: string | undefined;
  ipFamily: 'ipv4' | 'ipv6';
  /** EKS Auto Mode: nodes run CoreDNS as a system process, not as pods. */
  autoMode: boolean;
  tags: Tags;
}

/** A pending or running instance of a cluster. */
export interface ClusterNode {
  instanceId: string;
  instanceType: string;
  /** False on Windows, where neither CoreDNS nor pods with security groups run. */
  isLinux: boolean;
  /** Whether a trunk hangs on it, so that pods with security groups can run there. */
  hasTrunk: boolean;
  interfaces: readonly NodeInterface[];
}

/** An interface of a node on which the node itself, or pods without groups of their own, have addresses. */
export interface NodeInterface {
  id: string;
  role: 'primary' | 'cni';
  vpcId: string;
  subnetId: string;
  /** Security group ids. */
  groups: readonly string[];
  /** IPv4; the primary one first. */
  privateIpAddresses: readonly string[];
  ipv6Addresses: readonly string[];
  /** Delegated prefixes of either family, in CIDR notation. */
  prefixes: readonly string[];
}

/** Whether a branch serves a pod, as far as EC2 tells. */
export const isInUse = ({ status }: Pick<NetworkInterface, 'status'>): boolean => status !== 'available';

/** Whether a rule's reference may lead out of its own group's VPC: only such a one can become stale. Undefined: that VPC is not known. */
export const leavesVpc = (reference: GroupReference, home: string | undefined, referencedHome: string | undefined): boolean =>
  reference.vpcPeeringConnectionId !== undefined ||
  (reference.vpcId !== undefined && reference.vpcId !== home) ||
  referencedHome === undefined ||
  referencedHome !== home;

export type EnforcingMode = 'strict' | 'standard';

/** What the vpc-cni add-on of a cluster is configured to. `found: false` only for the exact code ResourceNotFoundException. */
export type CniAddonAnswer = { found: false } | { found: true; enforcingMode: EnforcingMode | undefined };

export interface Subnet {
  id: string;
  vpcId: string;
  /** IPv4 and IPv6 blocks. */
  cidrs: readonly string[];
}

/** A rule that EC2 itself calls stale: it refers to a group of a peered VPC that cannot be reached or does not exist any more. */
export interface StaleReference {
  groupId: string;
  isEgress: boolean;
  protocol: string;
  referencedGroupId: string;
}
