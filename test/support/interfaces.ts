import type { ClusterAnswer, InstanceAnswer, InterfaceAnswer, NetworkInterface, Sighting, Tags } from '../../shared/domain/inventory.ts';
import { type Read, readFailed, readOk } from '../../shared/domain/read.ts';
import {
  BRANCH_DESCRIPTION,
  CLUSTER_TAG_PREFIX,
  INSTANCE_TAG,
  OWNER_TAG,
  OWNER_VALUE,
  TRUNK_DESCRIPTION,
  TRUNK_TAG,
} from '../../shared/domain/tags.ts';

export const AT = new Date('2026-11-20T18:00:00.000Z');
export const ACCOUNT_ID = '111122223333';
export const REGION = 'eu-central-1';
export const CLUSTER = 'payments';
export const VPC_ID = 'vpc-0a1b2c3d4e5f60718';

const hex = (prefix: string, n: number): string => `${prefix}-${n.toString(16).padStart(17, '0')}`;

/** Well-formed ids, one per number. */
export const eniId = (n: number): string => hex('eni', n);
export const instanceId = (n: number): string => hex('i', n);
export const TRUNK_ID = eniId(0x77);
export const INSTANCE_ID = instanceId(0x99);

/** The tags that a current controller writes on a branch interface (v1.7.0 and newer). */
export const branchTags = (cluster = CLUSTER): Tags => ({
  ...trunkTags(cluster),
  'vpcresources.k8s.aws/vlan-id': '1',
  [TRUNK_TAG]: TRUNK_ID,
});

/** The tags that a current controller writes on a trunk interface. */
export const trunkTags = (cluster = CLUSTER): Tags => ({
  [OWNER_TAG]: OWNER_VALUE,
  [`${CLUSTER_TAG_PREFIX}${cluster}`]: 'owned',
  [INSTANCE_TAG]: INSTANCE_ID,
});

/** An available branch interface as EC2 describes one whose pod, node and cluster are gone. */
export const branchEni = (overrides: Partial<NetworkInterface> = {}): NetworkInterface => ({
  id: eniId(1),
  description: BRANCH_DESCRIPTION,
  status: 'available',
  interfaceType: 'branch',
  ownerId: ACCOUNT_ID,
  requesterManaged: false,
  operator: undefined,
  vpcId: VPC_ID,
  subnetId: 'subnet-0a1b2c3d4e5f60718',
  availabilityZone: `${REGION}a`,
  groups: [{ id: 'sg-0a1b2c3d4e5f60718', name: 'payments-pods' }],
  privateIpAddresses: ['10.0.1.17'],
  ipv6Addresses: [],
  prefixes: [],
  attachment: undefined,
  tags: branchTags(),
  ...overrides,
});

/** An available trunk interface, detached from its node before the node went. */
export const trunkEni = (overrides: Partial<NetworkInterface> = {}): NetworkInterface =>
  branchEni({
    id: TRUNK_ID,
    description: TRUNK_DESCRIPTION,
    interfaceType: 'trunk',
    groups: [{ id: 'sg-0f1e2d3c4b5a69788', name: 'eks-cluster-sg-payments' }],
    privateIpAddresses: ['10.0.1.4'],
    tags: trunkTags(),
    ...overrides,
  });

/** Seen twice as an orphan, 30 minutes apart, the second time now. */
export const sighting = (overrides: Partial<Sighting> = {}): Sighting => ({
  interfaceId: eniId(1),
  as: 'orphan',
  list: 'branchEnis',
  fingerprint: '0123456789abcdef01234567',
  first: '2026-11-20T17:30:00.000Z',
  newest: AT.toISOString(),
  count: 2,
  ...overrides,
});

/** EKS described the cluster. */
export const found = (overrides: Partial<Extract<ClusterAnswer, { found: true }>> = {}): Read<ClusterAnswer> => {
  const name = overrides.name ?? CLUSTER;
  const arn = `arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/${name}`;
  return readOk({ found: true, name, arn, status: 'ACTIVE', vpcId: VPC_ID, createdAt: '2026-03-01T09:00:00.000Z', ...overrides }, AT);
};

/** The service answered with its exact code for "does not exist": a cluster, an interface or an instance. */
export const gone = (): Read<{ found: false }> => readOk({ found: false }, AT);

/** EC2 described the interface. */
export const described = (eni: NetworkInterface): Read<InterfaceAnswer> => readOk({ found: true, interface: eni }, AT);

/** EC2 described the instance in this state. */
export const instance = (state: string): Read<InstanceAnswer> => readOk({ found: true, state }, AT);

/** IAM denied the action. */
export const denied = (action: string, item?: string): Read<never> =>
  readFailed({
    cause: 'denied',
    action,
    ...(item === undefined ? {} : { item }),
    code: 'AccessDenied',
    message: `not authorized to perform ${action}`,
  });
