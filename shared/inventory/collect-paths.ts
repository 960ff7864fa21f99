// What the path proofs need, read from the pods on: a region without pods that have groups of their own costs two calls.
import type { Inventory, SliceName } from '../model/inventory.ts';
import type { PodClusterAnswer } from '../model/paths.ts';
import { type ItemReads, type Read, readFailed, readOk } from '../model/read.ts';
import { clusterNamesOf } from '../model/tags.ts';
import type { AwsClients } from './clients.ts';
import { clusterNamesFrom, collectClusterFacts, describeRest, liveClusters, taggedFor } from './cluster-facts.ts';
import { valuesOf } from './each-item.ts';
import { collectGroupFacts } from './group-facts.ts';
import { collectPodEnis } from './pod-enis.ts';
import { collectTaggedGroups } from './security-groups.ts';

/** Those that hold an answer per item. What reports gaps is made of this list: a slice that it forgets would fail in silence. */
export const PATH_ITEM_SLICES = [
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

/** The slices of the path proofs; each is read only when a rule needs it. */
export const PATH_SLICES = ['podEnis', 'taggedGroups', ...PATH_ITEM_SLICES] as const;

export type PathInventory = Pick<Inventory, (typeof PATH_SLICES)[number]>;

export interface PathRequest {
  needs: ReadonlySet<SliceName>;
  /** Only these clusters; empty: all. */
  clusters: readonly string[];
  /** Groups that a setting says CoreDNS has. */
  corednsSecurityGroups: readonly string[];
  onProgress?: ((says: string) => void) | undefined;
}

export interface KnownClusters {
  /** What this run asked EKS already. */
  described: ItemReads<PodClusterAnswer>;
}

/** Reads the path slices that are needed. A cluster that is gone, going or could not be read is not asked about any further. */
export async function collectPaths(clients: AwsClients, request: PathRequest & KnownClusters, clock: () => Date): Promise<PathInventory> {
  const wants = (slice: SliceName) => request.needs.has(slice);
  if (!PATH_SLICES.some(wants)) return {};
  const { ec2, eks } = clients;
  request.onProgress?.('reading pods with security groups of their own');
  const podEnis = await collectPodEnis(ec2, request.clusters, clock);
  const taggedGroups = await collectTaggedGroups(ec2, clock);
  if (!podEnis.ok) return allOf(wants, { podEnis, taggedGroups }, readFailed({ ...podEnis.reason, cause: 'not-asked' }));
  const enis = podEnis.value;
  const groups = taggedGroups.ok ? taggedGroups.value : [];

  const isAsked = (name: string) => request.clusters.length === 0 || request.clusters.includes(name);
  const names = clusterNamesFrom(enis, groups).filter(isAsked);
  request.onProgress?.(`reading ${names.length} clusters and their nodes`);
  const podClusters = await describeRest(eks, names, request.described, clock);
  const live = liveClusters(podClusters);
  const clusterFacts = await collectClusterFacts(clients, clock, { wants, live, enis, groups });

  request.onProgress?.('reading what their security groups allow');
  const isLive = (name: string) => live.some((cluster) => cluster.name === name);
  const pods = enis.filter(({ tags }) => clusterNamesOf(tags).some(isLive));
  const groupFacts = await collectGroupFacts(ec2, clock, {
    wants,
    pods: [...pods, ...valuesOf(clusterFacts.fargateEnis).flat()],
    tagged: live.flatMap(({ name, vpcId }) => taggedFor(groups, name).map((group) => ({ group, vpcId }))),
    nodes: valuesOf(clusterFacts.nodes).flat(),
    controlPlane: valuesOf(clusterFacts.controlPlaneEnis).flat(),
    named: request.corednsSecurityGroups,
  });
  const items = Object.entries({ podClusters, ...clusterFacts, ...groupFacts });
  const read = Object.fromEntries(items.map(([slice, value]) => [slice, { ok: true, value, readAt: podEnis.readAt }])) as PathInventory;
  return allOf(wants, { podEnis, taggedGroups, ...read }, readOk({}, new Date(podEnis.readAt)));
}

/** The needed slices; those that nothing was read of are `rest`. */
function allOf(wants: (slice: SliceName) => boolean, slices: PathInventory, rest: Read<never> | Read<object>): PathInventory {
  return Object.fromEntries(PATH_SLICES.filter(wants).map((slice) => [slice, slices[slice] ?? rest])) as PathInventory;
}
