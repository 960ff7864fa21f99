import { AUTO_MODE_CLUSTER, CLUSTER_NAME, CNI, clusterTag, INSTANCE_ID, MANAGED_CLUSTER, OWNER, VRC } from '../marks.ts';
import { nextAddress, nextIpv6Address, nextIpv6Prefix, nextPrefix } from '../network/addresses.ts';
import { attachedTo, putInterface } from '../network/interfaces.ts';
import { existing, type Place } from '../place.ts';
import type { Cluster, NetworkInterface, Subnet, Tags } from '../state.ts';

export interface GivenNode {
  instanceId?: string;
  subnetId?: string;
  nodegroup?: string;
  instanceType?: string;
  /** Group ids of all its interfaces: the cluster security group unless said otherwise. */
  securityGroups?: string[];
  /** Addresses of the primary interface; those after the first one are for pods. 1 unless said otherwise. */
  primaryAddresses?: number;
  /** Secondary interfaces of the CNI: 1 unless said otherwise. */
  cniInterfaces?: number;
  /** Addresses of each of them: 3 unless said otherwise. */
  cniAddresses?: number;
  /** /28 prefixes that are delegated to each interface of the CNI. */
  prefixes?: number;
  /** Custom networking: where the CNI's interfaces live, and with which groups. */
  cniSubnetId?: string;
  cniSecurityGroups?: string[];
  windows?: boolean;
  /** False: the node runs no pods with security groups. */
  trunk?: boolean;
  /** False: a VPC resource controller before 1.7.0, which does not tag interfaces with the instance. */
  instanceTag?: boolean;
  /** False: nobody wrote `kubernetes.io/cluster/<name>` on the instance. */
  clusterTag?: boolean;
  /** EKS Auto Mode: instance and interfaces are operator-managed, and hidden from whoever does not ask for them. */
  autoMode?: boolean;
  tags?: Tags;
}

export interface Node {
  instanceId: string;
  cluster: string;
  primaryId: string;
  cniId: string;
  trunkId: string | undefined;
}

const AUTO_MODE = { managed: true, principal: 'eks.amazonaws.com', hiddenByDefault: true };

/** A running node of a cluster: instance, primary interface, CNI interfaces, trunk. */
export function addNode(place: Place, clusterName: string, given: GivenNode = {}): Node {
  const cluster = existing(place.state.clusters, clusterName, 'cluster');
  const subnetId = given.subnetId ?? cluster.subnetIds[place.state.instances.size % cluster.subnetIds.length];
  const subnet = existing(place.state.subnets, subnetId ?? '', 'subnet');
  const instanceId = given.instanceId ?? place.newId('i');
  const operator = given.autoMode ? { operator: AUTO_MODE } : {};
  const common = { subnetId: subnet.id, groups: given.securityGroups ?? [cluster.clusterSecurityGroupId], ...operator };
  const primary = putInterface(place, {
    ...common,
    ...primaryAddresses(subnet, cluster, given),
    attachment: attachedTo(place, instanceId, 0),
  });
  place.state.instances.set(instanceId, {
    id: instanceId,
    state: 'running',
    instanceType: given.instanceType ?? 'm5.large',
    ownerId: place.accountId,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    launchTime: place.timeline.now().toISOString(),
    privateIpAddress: primary.privateIpAddresses[0] ?? '',
    ...(given.windows ? { platform: 'windows' as const } : {}),
    ...operator,
    tags: { ...instanceTags(clusterName, given), ...given.tags },
  });
  const cniIds = addresses(given.cniInterfaces ?? 1, () => addCniInterface(place, { instanceId, clusterName, common, given }).id);
  // The trunk comes after the first of them, as on a node that has just joined.
  const trunk = given.trunk === false ? undefined : addTrunk(place, { instanceId, clusterName, common, given });
  return { instanceId, cluster: clusterName, primaryId: primary.id, cniId: cniIds[0] ?? '', trunkId: trunk?.id };
}

const addresses = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

// In a cluster with IPv6 pods have addresses of a prefix that is delegated to the primary interface.
const primaryAddresses = (subnet: Subnet, { ipFamily }: Cluster, given: GivenNode): Partial<NetworkInterface> => ({
  privateIpAddresses: addresses(given.primaryAddresses ?? 1, () => nextAddress(subnet)),
  ...(ipFamily === 'ipv6' ? { ipv6Addresses: [nextIpv6Address(subnet)], ipv6Prefixes: [nextIpv6Prefix(subnet)] } : {}),
});

interface Hung {
  instanceId: string;
  clusterName: string;
  common: Partial<NetworkInterface>;
  given: GivenNode;
}

function addCniInterface(place: Place, { instanceId, clusterName, common, given }: Hung): NetworkInterface {
  const subnetId = given.cniSubnetId ?? common.subnetId ?? '';
  const subnet = existing(place.state.subnets, subnetId, 'subnet');
  return putInterface(place, {
    ...common,
    subnetId,
    ...(given.cniSecurityGroups ? { groups: given.cniSecurityGroups } : {}),
    description: `aws-K8S-${instanceId}`,
    attachment: attachedTo(place, instanceId, nextDevice(place, instanceId)),
    privateIpAddresses: addresses(given.cniAddresses ?? 3, () => nextAddress(subnet)),
    ipv4Prefixes: addresses(given.prefixes ?? 0, () => nextPrefix(subnet)),
    tags: {
      [OWNER]: CNI,
      [CLUSTER_NAME]: clusterName,
      [INSTANCE_ID]: instanceId,
      'node.k8s.amazonaws.com/createdAt': place.timeline.now().toISOString(),
    },
  });
}

const addTrunk = (place: Place, { instanceId, clusterName, common, given }: Hung): NetworkInterface =>
  putInterface(place, {
    ...common,
    description: 'aws-k8s-trunk-eni',
    interfaceType: 'trunk',
    attachment: attachedTo(place, instanceId, nextDevice(place, instanceId)),
    tags: {
      [OWNER]: VRC,
      [clusterTag(clusterName)]: 'owned',
      ...(given.instanceTag === false ? {} : { [INSTANCE_ID]: instanceId }),
    },
  });

const nextDevice = ({ state }: Place, instanceId: string): number =>
  [...state.interfaces.values()].filter(({ attachment }) => attachment?.instanceId === instanceId).length;

const instanceTags = (cluster: string, { nodegroup, autoMode, clusterTag: isTagged = true }: GivenNode): Tags => ({
  ...(isTagged ? { [clusterTag(cluster)]: 'owned' } : {}),
  ...(nodegroup === undefined ? {} : { [MANAGED_CLUSTER]: cluster, 'eks:nodegroup-name': nodegroup }),
  ...(autoMode ? { [AUTO_MODE_CLUSTER]: cluster } : {}),
});
