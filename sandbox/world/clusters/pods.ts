import { clusterOf, clusterTag, INSTANCE_ID, OWNER, TRUNK_ID, VLAN_ID, VRC } from '../marks.ts';
import { nextIpv6Address } from '../network/addresses.ts';
import { attachedByAws, putInterface, releaseBranch, removeInterface } from '../network/interfaces.ts';
import { existing, type Place } from '../place.ts';
import type { Cluster, NetworkInterface, Pod } from '../state.ts';

export interface GivenPod {
  name?: string;
  namespace?: string;
  /** Ids. Without any: the trunk's. */
  securityGroups?: string[];
  /** Seconds that the branch is still `available`, between its creation and its association with the trunk. */
  startsInSeconds?: number;
}

/** Whether a cluster has a VPC resource controller that acts. */
export const isServed = ({ status, controllerRunning }: Cluster): boolean =>
  (status === 'ACTIVE' || status === 'UPDATING') && controllerRunning;

/** A pod with security groups of its own: the controller creates its branch and associates it with the node's trunk. */
export function addPod(place: Place, instanceId: string, given: GivenPod = {}): Pod {
  const instance = existing(place.state.instances, instanceId, 'instance');
  const interfaces = [...place.state.interfaces.values()];
  const trunk = interfaces.find((eni) => eni.interfaceType === 'trunk' && eni.attachment?.instanceId === instanceId);
  const cluster = place.state.clusters.get(clusterOf(instance.tags) ?? clusterOf(trunk?.tags ?? {}) ?? '');
  if (!cluster || !isServed(cluster))
    throw new Error(`No controller serves ${instanceId}: its cluster is gone, going, or has its controller down.`);
  if (!trunk) throw new Error(`Node ${instanceId} has no trunk interface, so its pods cannot have security groups.`);
  const vlans = new Set(interfaces.filter((eni) => eni.tags[TRUNK_ID] === trunk.id).map((eni) => Number(eni.tags[VLAN_ID])));
  const branch = putInterface(place, {
    description: 'aws-k8s-branch-eni',
    subnetId: trunk.subnetId,
    groups: given.securityGroups ?? [...trunk.groups],
    ...(cluster.ipFamily === 'ipv6' ? { ipv6Addresses: [nextIpv6Address(existing(place.state.subnets, trunk.subnetId, 'subnet'))] } : {}),
    ...(trunk.operator ? { operator: trunk.operator } : {}),
    tags: {
      [OWNER]: VRC,
      [clusterTag(cluster.name)]: 'owned',
      [VLAN_ID]: String(firstFree(vlans)),
      [TRUNK_ID]: trunk.id,
      ...(trunk.tags[INSTANCE_ID] === undefined ? {} : { [INSTANCE_ID]: instanceId }),
    },
  });
  const associate = (): void => {
    if (!place.state.interfaces.has(branch.id) || !place.state.interfaces.has(trunk.id)) return;
    putInterface(place, { id: branch.id, status: 'in-use', interfaceType: 'branch', associatedTrunk: trunk.id });
  };
  if (given.startsInSeconds === undefined) associate();
  else place.timeline.after(given.startsInSeconds / 60, associate);
  const id = place.newId('pod');
  const pod = {
    id,
    name: given.name ?? id,
    namespace: given.namespace ?? 'default',
    cluster: cluster.name,
    instanceId,
    interfaceId: branch.id,
  };
  place.state.pods.set(id, pod);
  return pod;
}

function firstFree(taken: ReadonlySet<number>): number {
  let vlan = 1;
  while (taken.has(vlan)) vlan += 1;
  return vlan;
}

const COOLDOWN_MINUTES = 1;

/** Deletes a pod: its branch is available for the cooldown, then the controller deletes it, if it still lives. */
export function deletePod(place: Place, podId: string): void {
  const pod = existing(place.state.pods, podId, 'pod');
  const cluster = place.state.clusters.get(pod.cluster);
  if (!cluster) throw new Error(`Pod ${podId} cannot be deleted: cluster ${pod.cluster} is gone, and no API server is left to ask.`);
  place.state.pods.delete(podId);
  const branch = place.state.interfaces.get(pod.interfaceId);
  // Without a controller the association stays until the node goes.
  if (!branch || !isServed(cluster)) return;
  releaseBranch(place, branch);
  place.timeline.after(COOLDOWN_MINUTES, () => {
    if (place.state.clusters.get(cluster.name) === cluster && isServed(cluster)) removeInterface(place, branch.id);
  });
}

/** A pod on Fargate. What its interface looks like beyond subnet, groups and attachment, no sample was found of. */
export function addFargatePod(place: Place, clusterName: string, given: Partial<NetworkInterface> = {}): NetworkInterface {
  const cluster = existing(place.state.clusters, clusterName, 'cluster');
  return putInterface(place, {
    subnetId: cluster.subnetIds[0] ?? '',
    groups: [cluster.clusterSecurityGroupId],
    requesterManaged: true,
    attachment: attachedByAws(place),
    ...given,
  });
}
