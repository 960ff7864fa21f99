// What the path proofs need, read from the pods on: a region without pods that have groups of their own costs two calls.
import type { Inventory, NetworkInterface, SliceName } from '../model/inventory.ts';
import type { PodCluster, TaggedGroup } from '../model/paths.ts';
import { type ItemReads, itemOf, type Read, readFailed, readOk } from '../model/read.ts';
import { clusterNamesIn, clusterNamesOf, ENFORCING_MODE_TAG, isClusterName, POD_GROUP_TAG } from '../model/tags.ts';
import type { AwsClients } from './clients.ts';
import { collectFargateProfiles } from './cluster-network.ts';
import { collectClusterNodes } from './cluster-nodes.ts';
import { collectCniAddons } from './cni-addon.ts';
import { collectControlPlaneEnis } from './control-plane-enis.ts';
import { eachItem, valuesOf } from './each-item.ts';
import { collectFargateEnis } from './fargate-enis.ts';
import { collectGroupFacts } from './group-facts.ts';
import { collectPodClusters } from './pod-clusters.ts';
import { collectPodEnis } from './pod-enis.ts';
import { collectTaggedGroups } from './security-groups.ts';

/** The slices of the path proofs; each is read only when a rule needs it. */
export const PATH_SLICES = [
  'podEnis',
  'taggedGroups',
  'podClusters',
  'nodes',
  'cniAddons',
  'fargateProfiles',
  'fargateEnis',
  'controlPlaneEnis',
  'securityGroups',
  'securityGroupRules',
  'referencedGroups',
  'prefixLists',
  'vpcAssociations',
  'staleReferences',
  'subnets',
] as const satisfies readonly SliceName[];

export type PathInventory = Pick<Inventory, (typeof PATH_SLICES)[number]>;

export interface PathRequest {
  needs: ReadonlySet<SliceName>;
  /** Only these clusters; empty: all. */
  clusters: readonly string[];
  /** Groups that a setting says CoreDNS has. */
  corednsSecurityGroups: readonly string[];
  onProgress?: ((says: string) => void) | undefined;
}

/** Reads the path slices that are needed. A cluster that is gone, going or could not be read is not asked about any further. */
export async function collectPaths(clients: AwsClients, request: PathRequest, clock: () => Date): Promise<PathInventory> {
  const wants = (slice: SliceName) => request.needs.has(slice);
  if (!PATH_SLICES.some(wants)) return {};
  const { ec2, eks } = clients;
  request.onProgress?.('reading pods with security groups of their own');
  const podEnis = await collectPodEnis(ec2, request.clusters, clock);
  const taggedGroups = await collectTaggedGroups(ec2, clock);
  if (!podEnis.ok) return allOf(wants, { podEnis, taggedGroups }, readFailed({ ...podEnis.reason, cause: 'not-asked' }));
  const { readAt, value: enis } = podEnis;
  const groups = taggedGroups.ok ? taggedGroups.value : [];
  const read = <T>(items: ItemReads<T>): Read<ItemReads<T>> => ({ ok: true, value: items, readAt });

  const names = clusterNames(enis, groups).filter((name) => request.clusters.length === 0 || request.clusters.includes(name));
  request.onProgress?.(`reading ${names.length} clusters and their nodes`);
  const podClusters = await collectPodClusters(eks, names, clock);
  const live = liveClusters(podClusters);
  const liveNames = live.map(({ name }) => name);
  const untold = live.filter(({ tags }) => tags[ENFORCING_MODE_TAG] === undefined).map(({ name }) => name);
  const nodes = wants('nodes') ? await collectClusterNodes(ec2, liveNames, clock) : {};
  const cniAddons = wants('cniAddons') ? await collectCniAddons(eks, untold, clock) : {};
  const fargateProfiles = wants('fargateProfiles') ? await eachItem(liveNames, (name) => collectFargateProfiles(eks, name, clock)) : {};
  const withFargate = live.filter(({ name }) => {
    const profiles = itemOf(fargateProfiles, name);
    return profiles?.ok && profiles.value.length > 0;
  });
  const taggedFor = (name: string) => groups.filter(({ tags }) => clusterNamesIn(tags[POD_GROUP_TAG] ?? '').includes(name));
  const fargate = withFargate.map(({ name, vpcId, clusterSecurityGroupId }) => ({
    name,
    vpcId,
    groupIds: [...taggedFor(name).map(({ id }) => id), ...(clusterSecurityGroupId ? [clusterSecurityGroupId] : [])],
  }));
  const fargateEnis = wants('fargateEnis') ? await collectFargateEnis(ec2, fargate, clock) : {};
  const fargateNames = withFargate.map(({ name }) => name);
  const controlPlaneEnis = wants('controlPlaneEnis') ? await collectControlPlaneEnis(ec2, fargateNames, clock) : {};

  request.onProgress?.('reading what their security groups allow');
  const ofLive = new Set(liveNames);
  const facts = await collectGroupFacts(ec2, clock, {
    wants,
    pods: [...enis.filter(({ tags }) => clusterNamesOf(tags).some((name) => ofLive.has(name))), ...valuesOf(fargateEnis).flat()],
    tagged: live.flatMap(({ name, vpcId }) => taggedFor(name).map((group) => ({ group, vpcId }))),
    nodes: valuesOf(nodes).flat(),
    controlPlane: valuesOf(controlPlaneEnis).flat(),
    named: request.corednsSecurityGroups,
  });
  const all = { podClusters, nodes, cniAddons, fargateProfiles, fargateEnis, controlPlaneEnis, ...facts };
  const slices = Object.fromEntries(Object.entries(all).map(([slice, items]) => [slice, read<unknown>(items)]));
  return allOf(wants, { podEnis, taggedGroups, ...slices } as PathInventory, readOk({}, new Date(readAt)));
}

/** The needed slices; those that nothing was read of are `rest`. */
function allOf(wants: (slice: SliceName) => boolean, slices: PathInventory, rest: Read<never> | Read<object>): PathInventory {
  return Object.fromEntries(PATH_SLICES.filter(wants).map((slice) => [slice, slices[slice] ?? rest])) as PathInventory;
}

const clusterNames = (enis: readonly NetworkInterface[], groups: readonly TaggedGroup[]): string[] => {
  const told = [
    ...enis.flatMap(({ tags }) => clusterNamesOf(tags)),
    ...groups.flatMap(({ tags }) => clusterNamesIn(tags[POD_GROUP_TAG] ?? '')),
  ];
  return [...new Set(told)].filter(isClusterName).sort();
};

const liveClusters = (clusters: ItemReads<{ found: false } | { found: true; cluster: PodCluster }>): PodCluster[] =>
  valuesOf(clusters).flatMap((answer) => (answer.found && answer.cluster.status !== 'DELETING' ? [answer.cluster] : []));
