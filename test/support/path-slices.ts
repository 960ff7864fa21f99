// Slices of a cluster with pods that have security groups of their own; a case changes one thing.

import type { ClusterNode, PodCluster, PodClusterAnswer, TaggedGroup } from '../../shared/domain/cluster.ts';
import type { NetworkInterface, SliceName, Slices } from '../../shared/domain/inventory.ts';
import { type Read, readOk } from '../../shared/domain/read.ts';
import type { SecurityGroupAnswer, SecurityGroupRule } from '../../shared/domain/security-group.ts';
import type { Rule } from '../../shared/rules/define.ts';
import { ACCOUNT_ID, AT, branchEni, CLUSTER, REGION, VPC_ID } from './interfaces.ts';
import type { RuleCase } from './rule-tester.ts';

export const POD_GROUP = 'sg-000000000000000aa';
export const OTHER_GROUP = 'sg-000000000000000ab';
export const NODE_GROUP = 'sg-000000000000000bb';
export const POD_SUBNET = 'subnet-0a1b2c3d4e5f60718';

export const ok = <T>(value: T): Read<T> => readOk(value, AT);

export const podCluster = (changes: Partial<PodCluster> = {}): PodCluster => ({
  name: CLUSTER,
  arn: `arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/${CLUSTER}`,
  status: 'ACTIVE',
  vpcId: VPC_ID,
  createdAt: '2026-03-01T09:00:00.000Z',
  clusterSecurityGroupId: NODE_GROUP,
  ipFamily: 'ipv4',
  autoMode: false,
  tags: {},
  ...changes,
});

export const clusterIs = (changes: Partial<PodCluster> = {}): Pick<Slices, 'podClusters'> => ({
  podClusters: { [CLUSTER]: ok<PodClusterAnswer>({ found: true, cluster: podCluster(changes) }) },
});

export const pod = (changes: Partial<NetworkInterface> = {}): NetworkInterface =>
  branchEni({ status: 'in-use', groups: [{ id: POD_GROUP, name: 'web' }], privateIpAddresses: ['10.0.1.17'], ...changes });

export const node = (changes: Partial<ClusterNode> = {}): ClusterNode => ({
  instanceId: 'i-00000000000000099',
  instanceType: 'm5.large',
  isLinux: true,
  hasTrunk: true,
  interfaces: [
    {
      id: 'eni-00000000000000e01',
      role: 'primary',
      vpcId: VPC_ID,
      subnetId: POD_SUBNET,
      groups: [NODE_GROUP],
      privateIpAddresses: ['10.0.1.4', '10.0.1.5'],
      ipv6Addresses: [],
      prefixes: [],
    },
  ],
  ...changes,
});

export const group = (id: string, changes: Partial<TaggedGroup> = {}): TaggedGroup => ({
  found: true,
  id,
  name: id,
  ownerId: ACCOUNT_ID,
  vpcId: VPC_ID,
  tags: {},
  ...changes,
});

let lastRule = 0;
/** A rule of a group; all traffic with everybody unless said otherwise. */
export const rule = (groupId: string, changes: Partial<SecurityGroupRule> = {}): SecurityGroupRule => {
  lastRule += 1;
  return {
    id: `sgr-${lastRule.toString(16).padStart(17, '0')}`,
    groupId,
    isEgress: true,
    ipProtocol: '-1',
    fromPort: -1,
    toPort: -1,
    peer: { kind: 'cidr-ipv4', cidr: '0.0.0.0/0' },
    ...changes,
  };
};

export const refersTo = (groupId: string, changes: object = {}): SecurityGroupRule['peer'] => ({
  kind: 'group',
  groupId,
  userId: ACCOUNT_ID,
  vpcId: undefined,
  peeringStatus: undefined,
  vpcPeeringConnectionId: undefined,
  ...changes,
});

const allOpen = (id: string): SecurityGroupRule[] => [rule(id), rule(id, { isEgress: false })];

const HEALTHY: Partial<Slices> = {
  podEnis: [pod()],
  taggedGroups: [],
  ...clusterIs(),
  nodes: { [CLUSTER]: ok([node()]) },
  cniAddons: { [CLUSTER]: ok({ found: true, enforcingMode: undefined }) },
  fargateProfiles: { [CLUSTER]: ok([]) },
  fargateEnis: {},
  controlPlaneEnis: {},
  securityGroups: Object.fromEntries([POD_GROUP, OTHER_GROUP, NODE_GROUP].map((id) => [id, ok<SecurityGroupAnswer>(group(id))])),
  securityGroupRules: { [POD_GROUP]: ok(allOpen(POD_GROUP)), [OTHER_GROUP]: ok([]), [NODE_GROUP]: ok(allOpen(NODE_GROUP)) },
  referencedGroups: {},
  prefixLists: {},
  vpcAssociations: {},
  staleReferences: { [VPC_ID]: ok([]) },
  subnets: { [POD_SUBNET]: ok({ id: POD_SUBNET, vpcId: VPC_ID, cidrs: ['10.0.1.0/24'] }) },
};

/** The slices that a rule needs, of one healthy cluster with one pod, with what a case changes. */
export function pathSlices({ needs }: Rule, changes: Partial<Slices> = {}): RuleCase['slices'] {
  const all: Partial<Slices> = { ...HEALTHY, ...changes };
  return Object.fromEntries(needs.map((slice: SliceName) => [slice, all[slice]]));
}

/** The rules of some groups, the others' as they are in a healthy cluster. */
export const rulesOf = (changes: Readonly<Record<string, Read<readonly SecurityGroupRule[]>>>): Pick<Slices, 'securityGroupRules'> => ({
  securityGroupRules: { ...HEALTHY.securityGroupRules, ...changes },
});
