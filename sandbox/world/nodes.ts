import { nextAddress } from './addresses.ts';
import { attachedTo, putInterface, releaseBranchesOf, removeInterface } from './interfaces.ts';
import { CLUSTER_NAME, CNI, clusterTag, INSTANCE_ID, OWNER, VRC } from './marks.ts';
import { existing, type Place } from './place.ts';
import type { Instance, Tags } from './state.ts';

export interface GivenNode {
  instanceId?: string;
  subnetId?: string;
  nodegroup?: string;
  instanceType?: string;
  /** False: the node runs no pods with security groups. */
  trunk?: boolean;
  /** False: a VPC resource controller before 1.7.0, which does not tag interfaces with the instance. */
  instanceTag?: boolean;
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

/** A running node of a cluster: instance, primary interface, CNI interface, trunk. */
export function addNode(place: Place, clusterName: string, given: GivenNode = {}): Node {
  const cluster = existing(place.state.clusters, clusterName, 'cluster');
  const subnetId = given.subnetId ?? cluster.subnetIds[place.state.instances.size % cluster.subnetIds.length];
  const subnet = existing(place.state.subnets, subnetId ?? '', 'subnet');
  const instanceId = given.instanceId ?? place.newId('i');
  const operator = given.autoMode ? { operator: AUTO_MODE } : {};
  const common = { subnetId: subnet.id, groups: [cluster.clusterSecurityGroupId], ...operator };
  const primary = putInterface(place, { ...common, attachment: attachedTo(place, instanceId, 0) });
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
    ...operator,
    tags: { [clusterTag(clusterName)]: 'owned', ...nodegroupTags(clusterName, given.nodegroup), ...given.tags },
  });
  const cni = putInterface(place, {
    ...common,
    description: `aws-K8S-${instanceId}`,
    attachment: attachedTo(place, instanceId, 1),
    privateIpAddresses: [nextAddress(subnet), nextAddress(subnet), nextAddress(subnet)],
    tags: {
      [OWNER]: CNI,
      [CLUSTER_NAME]: clusterName,
      [INSTANCE_ID]: instanceId,
      'node.k8s.amazonaws.com/createdAt': place.timeline.now().toISOString(),
    },
  });
  const trunk =
    given.trunk === false
      ? undefined
      : putInterface(place, {
          ...common,
          description: 'aws-k8s-trunk-eni',
          interfaceType: 'trunk',
          attachment: attachedTo(place, instanceId, 2),
          tags: {
            [OWNER]: VRC,
            [clusterTag(clusterName)]: 'owned',
            ...(given.instanceTag === false ? {} : { [INSTANCE_ID]: instanceId }),
          },
        });
  return { instanceId, cluster: clusterName, primaryId: primary.id, cniId: cni.id, trunkId: trunk?.id };
}

const nodegroupTags = (cluster: string, nodegroup: string | undefined): Tags =>
  nodegroup === undefined ? {} : { 'eks:cluster-name': cluster, 'eks:nodegroup-name': nodegroup };

/** The cluster that a node joined, by its tag. */
export const clusterOfInstance = ({ tags }: Instance): string | undefined =>
  Object.keys(tags)
    .find((key) => key.startsWith(clusterTag('')))
    ?.slice(clusterTag('').length);

const SHUTTING_DOWN_MINUTES = 1;
// EC2 shows a terminated instance for about an hour.
const TERMINATED_MINUTES = 60;

/** Shuts a node down. Its pods live until it is terminated; then its trunk goes and the branches stay behind, available. */
export function terminateNode(place: Place, instanceId: string): void {
  const instance = existing(place.state.instances, instanceId, 'instance');
  if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
  instance.state = 'shutting-down';
  place.timeline.after(SHUTTING_DOWN_MINUTES, () => {
    instance.state = 'terminated';
    for (const pod of place.state.pods.values()) {
      if (pod.instanceId === instanceId) place.state.pods.delete(pod.id);
    }
    for (const eni of [...place.state.interfaces.values()]) {
      if (eni.attachment?.instanceId !== instanceId) continue;
      if (eni.attachment.deleteOnTermination) removeInterface(place, eni.id);
      else {
        delete eni.attachment;
        eni.status = 'available';
        if (eni.interfaceType === 'trunk') releaseBranchesOf(place, eni.id);
      }
    }
  });
  place.timeline.after(SHUTTING_DOWN_MINUTES + TERMINATED_MINUTES, () => place.state.instances.delete(instanceId));
}
