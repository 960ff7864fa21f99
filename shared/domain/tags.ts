import type { NetworkInterface, Tags } from './network-interface.ts';

// The marks that the VPC resource controller leaves on its interfaces:
// https://github.com/aws/amazon-vpc-resource-controller-k8s pkg/config/type.go, pkg/provider/branch/trunk/trunk.go
export const BRANCH_DESCRIPTION = 'aws-k8s-branch-eni';
export const TRUNK_DESCRIPTION = 'aws-k8s-trunk-eni';
export const OWNER_TAG = 'eks:eni:owner';
export const OWNER_VALUE = 'eks-vpc-resource-controller';
export const CLUSTER_TAG_PREFIX = 'kubernetes.io/cluster/';
export const CLUSTER_NAME_TAG = 'cluster.k8s.amazonaws.com/name';
export const TRUNK_TAG = 'vpcresources.k8s.aws/trunk-eni-id';
export const INSTANCE_TAG = 'node.k8s.amazonaws.com/instance_id';
export const KEEP_TAG = 'sgp-warden:keep';

// What people tell us of their groups and clusters: https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html says what for.
/** On a group: the cluster whose pods get it, judged even while none does. */
export const POD_GROUP_TAG = 'sgp-warden:pod-sg';
/** On a group: the ports that the kubelet probes on pods that hold it. */
export const PROBE_PORTS_TAG = 'sgp-warden:probe-ports';
/** On a group: the cluster whose CoreDNS runs only on interfaces that hold it. */
export const COREDNS_GROUP_TAG = 'sgp-warden:coredns-sg';
/** On a cluster: `strict` or `standard`, where the add-on does not tell. */
export const ENFORCING_MODE_TAG = 'sgp-warden:enforcing-mode';

// The bounds that the EKS API model sets on a cluster's name.
const CLUSTER_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
// A tag's value goes into an id filter, where `*` and `?` are wildcards and a malformed id silently matches nothing:
// only a well-formed id may be asked for, or its absence would look like proof.
const INTERFACE_ID = /^eni-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const GROUP_ID = /^sg-[0-9a-f]{8,17}$/;

/** Every distinct cluster name that the tags state, sorted, whether EKS would accept it or not. */
export function clusterNamesOf(tags: Tags): string[] {
  const names = Object.keys(tags)
    .filter((key) => key.startsWith(CLUSTER_TAG_PREFIX))
    .map((key) => key.slice(CLUSTER_TAG_PREFIX.length));
  const stated = tags[CLUSTER_NAME_TAG];
  return [...new Set(stated === undefined ? names : [...names, stated])].sort();
}

/** Whether EKS could have a cluster of this name. */
export const isClusterName = (name: string): boolean => CLUSTER_NAME.test(name);

/** Whether EC2 could have an interface of this id. */
export const isInterfaceId = (id: string): boolean => INTERFACE_ID.test(id);

/** Whether EC2 could have an instance of this id. */
export const isInstanceId = (id: string): boolean => INSTANCE_ID.test(id);

/** Whether EC2 could have a security group of this id. */
export const isGroupId = (id: string): boolean => GROUP_ID.test(id);

/** The cluster names that a tag's value lists: EKS allows none of the characters between them. */
export const clusterNamesIn = (value: string): string[] => value.split(/[^0-9A-Za-z_-]+/).filter(isClusterName);

/** Whether EC2 could have a VPC of this id. */
export const isVpcId = (id: string | undefined): id is string => id !== undefined && VPC_ID.test(id);

/** The cluster that a finding about this interface belongs to: its name, several joined with `+`, or undefined. */
export function clusterOf(eni: NetworkInterface): string | undefined {
  const names = clusterNamesOf(eni.tags).filter(isClusterName);
  return names.length > 0 ? names.join('+') : undefined;
}
