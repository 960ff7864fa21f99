// Who the ends of a path are, as hosts that the evaluator understands.

import { type ClusterNode, isInUse, type NodeInterface, type PodCluster, type Subnet } from '../domain/cluster.ts';
import type { NetworkInterface, Slices } from '../domain/inventory.ts';
import { describeFailure, type ItemReads, itemOf } from '../domain/read.ts';
import type { Endpoint, Host } from '../domain/security-group.ts';
import type { PodSet } from './pod-sets.ts';

/** An end of a path, or why nobody can tell who it is, with what would settle it. */
export type EndAnswer = { endpoint: Endpoint } | { unknown: string };

const cidrsOf = (subnets: ItemReads<Subnet | undefined>, id: string): Pick<Host, 'subnetCidrs'> => {
  const read = itemOf(subnets, id);
  return read?.ok && read.value ? { subnetCidrs: read.value.cidrs } : {};
};

const isOf = (family: PodCluster['ipFamily'], address: string): boolean => address.includes(':') === (family === 'ipv6');

/** Those that can speak the cluster's family. One of which no address is known stays: it may. */
export const speaking = (hosts: readonly Host[], { ipFamily }: PodCluster): Host[] =>
  hosts.filter(({ addresses }) => addresses.length === 0 || addresses.some((address) => isOf(ipFamily, address)));

/** An interface with all addresses and prefixes that it has. */
export const hostOf = (eni: NetworkInterface, label: string, subnets: ItemReads<Subnet | undefined>): Host => ({
  label,
  addresses: [...eni.privateIpAddresses, ...eni.ipv6Addresses, ...eni.prefixes],
  groupIds: eni.groups.map(({ id }) => id),
  vpcId: eni.vpcId,
  ...cidrsOf(subnets, eni.subnetId),
});

/** A node's interface as CoreDNS may use it: any address, any prefix. */
export const nodeHost = (node: ClusterNode, eni: NodeInterface, subnets: ItemReads<Subnet | undefined>): Host => ({
  label: `${eni.id} of node ${node.instanceId}`,
  addresses: [...eni.privateIpAddresses, ...eni.ipv6Addresses, ...eni.prefixes],
  groupIds: eni.groups,
  vpcId: eni.vpcId,
  ...cidrsOf(subnets, eni.subnetId),
});

/** The nodes of a cluster that run Linux, or why they are not known. */
export function linuxNodes(cluster: PodCluster, nodes: Slices['nodes']): { nodes: readonly ClusterNode[] } | { unknown: string } {
  const read = itemOf(nodes, cluster.name);
  if (!read) return { unknown: `the nodes of ${cluster.name} were not asked for` };
  if (!read.ok) return { unknown: describeFailure(read.reason) };
  return { nodes: read.value.filter(({ isLinux }) => isLinux) };
}

/** The pods of a set: those in use, else what is left of them, else any address of the subnets in which the cluster's nodes could start one. */
export function podEnd(set: PodSet, cluster: PodCluster, { nodes, subnets }: Pick<Slices, 'nodes' | 'subnets'>): EndAnswer {
  const label = `pods of ${cluster.name} with ${set.id}`;
  const pods = set.enis.filter(isInUse);
  const enis = pods.length > 0 ? pods : set.enis;
  const hosts = speaking(
    enis.map((eni) => hostOf(eni, eni.id, subnets)),
    cluster,
  );
  if (hosts.length > 0) return { endpoint: { label, hosts } };
  if (enis.length > 0) return { unknown: `no pod of ${cluster.name} with ${set.id} has an address of its family, ${cluster.ipFamily}` };
  return placesFor(set, cluster, { nodes, subnets });
}

/** Where a pod of the set would start: any address of the subnets of the cluster's nodes. */
function placesFor(set: PodSet, cluster: PodCluster, { nodes, subnets }: Pick<Slices, 'nodes' | 'subnets'>): EndAnswer {
  const linux = linuxNodes(cluster, nodes);
  if ('unknown' in linux) return linux;
  const primaries = linux.nodes.flatMap(({ interfaces }) => interfaces.filter(({ role }) => role === 'primary'));
  const subnetIds = [...new Set(primaries.map(({ subnetId }) => subnetId))];
  if (subnetIds.length === 0) return { unknown: `no pod has ${set.id}, and ${cluster.name} has no node on which one could start` };
  const places: Host[] = [];
  for (const id of subnetIds) {
    const read = itemOf(subnets, id);
    if (!read?.ok || !read.value) return { unknown: read && !read.ok ? describeFailure(read.reason) : `subnet ${id} was not described` };
    places.push({
      label: `a pod in ${id}`,
      addresses: read.value.cidrs,
      groupIds: set.groupIds,
      vpcId: read.value.vpcId,
      subnetCidrs: read.value.cidrs,
    });
  }
  return { endpoint: { label: `pods of ${cluster.name} with ${set.id}`, hosts: speaking(places, cluster) } };
}

// None of this family carries a trunk: https://github.com/aws/amazon-vpc-resource-controller-k8s pkg/aws/vpc/limits.go
const TRUNKLESS = /^t\d/;

/** The kubelets that may probe pods: each speaks from its node's primary address. Nodes that can have no trunk run no such pods. */
export function kubeletEnd(cluster: PodCluster, { nodes, subnets }: Pick<Slices, 'nodes' | 'subnets'>): EndAnswer {
  const linux = linuxNodes(cluster, nodes);
  if ('unknown' in linux) return linux;
  const able = linux.nodes.filter(({ hasTrunk, instanceType }) => hasTrunk || !TRUNKLESS.test(instanceType));
  const all = (able.length > 0 ? able : linux.nodes).flatMap(({ instanceId, interfaces }) =>
    interfaces
      .filter(({ role }) => role === 'primary')
      .map((eni) => ({
        label: `node ${instanceId}`,
        addresses: [...eni.privateIpAddresses.slice(0, 1), ...eni.ipv6Addresses.slice(0, 1)],
        groupIds: eni.groups,
        vpcId: eni.vpcId,
        ...cidrsOf(subnets, eni.subnetId),
      })),
  );
  const hosts = speaking(all, cluster);
  if (hosts.length === 0)
    return { unknown: `no Linux node of ${cluster.name} is known, so it is not known from where its pods are probed` };
  return { endpoint: { label: `kubelets of ${cluster.name}`, hosts } };
}
