// Whose pods are judged: every set of security groups that the pods of a cluster have, and groups that are tagged for them.

import { isInUse, type PodCluster, type PodClusterAnswer, type TaggedGroup } from '../domain/cluster.ts';
import type { NetworkInterface, Slices } from '../domain/inventory.ts';
import { describeFailure, type ItemReads, itemOf, type Read } from '../domain/read.ts';
import { clusterNamesIn, clusterNamesOf, isClusterName, isVpcId, POD_GROUP_TAG } from '../domain/tags.ts';

/** How far a set can be judged. `left`: its cluster is gone or going, and no rule of ours is about it any more. */
export type Standing = { kind: 'live'; cluster: PodCluster } | { kind: 'unread'; says: string } | { kind: 'left'; says: string };

/** The interfaces of one cluster that hold exactly these groups. */
export interface PodSet {
  /** Sorted group ids, joined with `+`. */
  id: string;
  /** Undefined: the tags of these interfaces name none. */
  cluster: string | undefined;
  standing: Standing;
  groupIds: readonly string[];
  /** By group id, where an interface or a tagged group tells it. */
  names: Readonly<Record<string, string>>;
  /** In use ones are pods; the others were, moments ago, or leaked. None: the group is only tagged for pods. */
  enis: readonly NetworkInterface[];
  /** A group of it is tagged for the pods of this cluster, so pods will come. */
  isTagged: boolean;
}

export type SetSlices = Pick<Slices, 'podEnis' | 'taggedGroups' | 'podClusters'>;

/** Every set to be judged, by cluster and id. Interfaces of other accounts in a shared VPC are theirs to audit. */
export function podSets({ podEnis, taggedGroups, podClusters }: SetSlices, accountId: string): PodSet[] {
  const held = podEnis.filter(({ ownerId }) => ownerId === accountId).flatMap((eni) => heldBy(eni, podClusters));
  const sets = merged(held).map((set) => ({ ...set, isTagged: isTagged(set, taggedGroups) }));
  const tagged = taggedGroups.flatMap((group) => taggedFor(group, podClusters, sets));
  return [...sets, ...tagged].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const isTagged = ({ cluster, groupIds }: PodSet, taggedGroups: readonly TaggedGroup[]): boolean =>
  taggedGroups.some(
    ({ id, tags }) => groupIds.includes(id) && cluster !== undefined && clusterNamesIn(tags[POD_GROUP_TAG] ?? '').includes(cluster),
  );

const keyOf = ({ cluster, id }: Pick<PodSet, 'cluster' | 'id'>): string => `${cluster ?? ''}/${id}`;

function heldBy(eni: NetworkInterface, clusters: ItemReads<PodClusterAnswer>): PodSet[] {
  const isSaid = eni.groups.length > 0 && eni.groups.every(({ id }) => id !== '');
  const groupIds = isSaid ? [...new Set(eni.groups.map(({ id }) => id))].sort() : [];
  const names = Object.fromEntries(eni.groups.map(({ id, name }) => [id, name]));
  const base = { id: groupIds.join('+') || eni.id, groupIds, names, enis: [eni], isTagged: false };
  const clusterNames = clusterNamesOf(eni.tags).filter(isClusterName);
  if (clusterNames.length === 0) {
    // An available one is a finding of another rule.
    const says = `${eni.id} is in use, but its tags name no cluster: restore the tag kubernetes.io/cluster/<name>, and audit again`;
    return isInUse(eni) ? [{ ...base, cluster: undefined, standing: { kind: 'unread', says } }] : [];
  }
  return clusterNames.flatMap((cluster) => {
    const read = itemOf(clusters, cluster);
    if (!read) return [];
    const unsaid: Standing = { kind: 'unread', says: `EC2 did not say which security groups ${eni.id} has` };
    return [{ ...base, cluster, standing: groupIds.length === 0 ? unsaid : standingOf(cluster, read, eni.vpcId) }];
  });
}

function standingOf(name: string, read: Read<PodClusterAnswer>, vpcId: string): Standing {
  if (!read.ok) return { kind: 'unread', says: describeFailure(read.reason) };
  if (!read.value.found) return { kind: 'left', says: `cluster ${name} is gone` };
  const { cluster } = read.value;
  // The tags name a cluster by name only; the one of today may be another.
  if (isVpcId(cluster.vpcId) && isVpcId(vpcId) && cluster.vpcId !== vpcId) {
    return { kind: 'left', says: `the cluster ${name} of today lives in ${cluster.vpcId}, the interface in ${vpcId}` };
  }
  return cluster.status === 'DELETING' ? { kind: 'left', says: `cluster ${name} is DELETING` } : { kind: 'live', cluster };
}

const STRENGTH: readonly Standing['kind'][] = ['live', 'unread', 'left'];

/** One set for each cluster and id; what is left of an earlier cluster of the name is no part of today's. */
function merged(held: readonly PodSet[]): PodSet[] {
  return [...Map.groupBy(held, keyOf).values()].flatMap((same) => {
    const kind = STRENGTH.find((each) => same.some(({ standing }) => standing.kind === each));
    const [first, ...more] = same.filter(({ standing }) => standing.kind === kind);
    if (!first) return [];
    return [{ ...first, names: Object.assign({}, ...same.map(({ names }) => names)), enis: [first, ...more].flatMap(({ enis }) => enis) }];
  });
}

/** A tagged group by itself, unless pods of that cluster hold it: then it is judged with the groups beside it. */
function taggedFor(group: TaggedGroup, clusters: ItemReads<PodClusterAnswer>, sets: readonly PodSet[]): PodSet[] {
  return clusterNamesIn(group.tags[POD_GROUP_TAG] ?? '').flatMap((cluster) => {
    const read = itemOf(clusters, cluster);
    const isHeld = sets.some((set) => set.cluster === cluster && set.standing.kind !== 'left' && set.groupIds.includes(group.id));
    const isSame = sets.some((set) => set.cluster === cluster && set.id === group.id);
    if (!read || isHeld || isSame) return [];
    // The group's own VPC may be another one, which it is associated with: that is the evaluator's to judge.
    const standing = standingOf(cluster, read, '');
    return [{ id: group.id, cluster, standing, groupIds: [group.id], names: { [group.id]: group.name }, enis: [], isTagged: true }];
  });
}
