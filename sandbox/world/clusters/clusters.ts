import { awsError } from '../../aws-error.ts';
import { clusterOf, clusterTag } from '../marks.ts';
import { attachedByAws, putInterface, removeInterface } from '../network/interfaces.ts';
import { addRules, anySubnet, createSecurityGroup, fromGroup } from '../network/network.ts';
import { existing, type Place } from '../place.ts';
import type { Cluster, Nodegroup } from '../state.ts';
import { runController } from './controller.ts';
import { addNode, type Node } from './nodes.ts';
import { terminateNode } from './terminate-node.ts';

export type GivenCluster = Partial<Cluster>;

export const noCluster = (name: string) => awsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404);

/** A cluster that is still being created. Subnets decide its VPC. */
export function beginCluster(place: Place, name: string, given: GivenCluster = {}): Cluster {
  if (place.state.clusters.has(name)) throw awsError('ResourceInUseException', `Cluster already exists with name: ${name}`, 409);
  const subnet = given.subnetIds?.[0] ? existing(place.state.subnets, given.subnetIds[0], 'subnet') : anySubnet(place, given.vpcId);
  const vpcId = subnet.vpcId;
  const group = createSecurityGroup(place, {
    name: `eks-cluster-sg-${name}-${place.newId('').slice(2, 12)}`,
    description:
      'EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.',
    vpcId,
    tags: { [clusterTag(name)]: 'owned', 'aws:eks:cluster-name': name },
  });
  addRules(place, group.id, [fromGroup(group.id)]);
  const cluster: Cluster = {
    arn: `arn:aws:eks:${place.state.region}:${place.accountId}:cluster/${name}`,
    createdAt: place.timeline.now().toISOString(),
    version: '1.34',
    roleArn: `arn:aws:iam::${place.accountId}:role/${name}-cluster`,
    subnetIds: [subnet.id],
    securityGroupIds: [],
    deletionProtection: false,
    nodegroups: {},
    fargateProfiles: [],
    addons: {},
    ipFamily: 'ipv4',
    autoMode: false,
    tags: {},
    controllerSaw: [],
    controllerRunning: true,
    ...given,
    name,
    vpcId,
    clusterSecurityGroupId: group.id,
    status: 'CREATING',
  };
  place.state.clusters.set(name, cluster);
  return cluster;
}

/** Ends a creation: the control plane gets its interfaces and the controller starts. */
export function activateCluster(place: Place, cluster: Cluster): void {
  if (place.state.clusters.get(cluster.name) !== cluster || cluster.status !== 'CREATING') return;
  cluster.status = 'ACTIVE';
  for (const index of [0, 1]) {
    putInterface(place, {
      description: controlPlaneDescription(cluster.name),
      subnetId: cluster.subnetIds[index % cluster.subnetIds.length] ?? '',
      groups: [cluster.clusterSecurityGroupId, ...cluster.securityGroupIds],
      requesterManaged: true,
      requesterId: 'AROA0000000000EXAMPLE:AmazonEKS',
      attachment: attachedByAws(place),
      tags: { [clusterTag(cluster.name)]: 'owned' },
    });
  }
  runController(place, cluster);
}

const controlPlaneDescription = (name: string): string => `Amazon EKS ${name}`;

/** An ACTIVE cluster at once. */
export function createCluster(place: Place, name: string, given: GivenCluster = {}): Cluster {
  const cluster = beginCluster(place, name, given);
  activateCluster(place, cluster);
  return cluster;
}

/** A managed node group with its nodes. */
export function addNodegroup(place: Place, clusterName: string, name: string, nodes = 1): Node[] {
  const cluster = existing(place.state.clusters, clusterName, 'cluster');
  cluster.nodegroups[name] = { name, status: 'ACTIVE', subnetIds: cluster.subnetIds, createdAt: place.timeline.now().toISOString() };
  return Array.from({ length: nodes }, () => addNode(place, clusterName, { nodegroup: name }));
}

/** Terminates the nodes of a managed node group and removes it. */
export function deleteNodegroup(place: Place, clusterName: string, name: string): Nodegroup {
  const cluster = existing(place.state.clusters, clusterName, 'cluster');
  const nodegroup = existing(new Map(Object.entries(cluster.nodegroups)), name, 'node group');
  for (const instance of place.state.instances.values()) {
    if (clusterOf(instance.tags) === clusterName && instance.tags['eks:nodegroup-name'] === name) terminateNode(place, instance.id);
  }
  delete cluster.nodegroups[name];
  return nodegroup;
}

/** What EKS does on DeleteCluster: its nodes, if any are left, live on without a control plane. */
export function deleteCluster(place: Place, name: string): Cluster {
  const cluster = place.state.clusters.get(name);
  if (!cluster) throw noCluster(name);
  if (Object.keys(cluster.nodegroups).length > 0) throw awsError('ResourceInUseException', 'Cluster has nodegroups attached', 409);
  if (cluster.fargateProfiles.length > 0) throw awsError('ResourceInUseException', 'Cluster has Fargate profiles attached', 409);
  if (cluster.status === 'CREATING')
    throw awsError('ResourceInUseException', `Cannot delete because cluster ${name} currently has an update in progress`, 409);
  if (cluster.deletionProtection) throw awsError('InvalidRequestException', `Cluster ${name} has deletion protection enabled`, 400);
  if (cluster.status === 'DELETING') return cluster;
  cluster.status = 'DELETING';
  place.timeline.after(place.clusterDeletionMinutes, () => {
    place.state.clusters.delete(name);
    for (const eni of [...place.state.interfaces.values()]) {
      if (eni.requesterManaged && eni.vpcId === cluster.vpcId && eni.description === controlPlaneDescription(name))
        removeInterface(place, eni.id);
    }
    removeClusterGroup(place, cluster.clusterSecurityGroupId);
  });
  return cluster;
}

// EKS takes its security group along only when nothing holds it; leftovers and surviving nodes do.
function removeClusterGroup(place: Place, groupId: string): void {
  const held = [...place.state.interfaces.values()].some((eni) => eni.groups.includes(groupId));
  const referenced = [...place.state.securityGroups.values()].some(
    (group) => group.id !== groupId && group.rules.some((rule) => rule.referencedGroup?.groupId === groupId),
  );
  if (!held && !referenced) place.state.securityGroups.delete(groupId);
}
