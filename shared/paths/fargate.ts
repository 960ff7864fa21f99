import type { PodCluster } from '../domain/cluster.ts';
import type { Slices } from '../domain/inventory.ts';
import { describeFailure, itemOf } from '../domain/read.ts';
import { type EndAnswer, hostOf } from './hosts.ts';
import { type PodSet, podSets, type SetSlices } from './pod-sets.ts';

export type FargateSlices = SetSlices & Pick<Slices, 'fargateProfiles' | 'fargateEnis' | 'controlPlaneEnis' | 'subnets'>;

/** The sets of pods on Fargate: those whose interfaces hold a tagged group or the cluster's own; and why others are not known. */
export function fargateSets(slices: FargateSlices, accountId: string): PodSet[] {
  const sets = podSets({ ...slices, podEnis: [] }, accountId);
  const known = clustersOf(slices).flatMap((cluster) => setsOf(cluster, slices));
  const isKnown = (set: PodSet) =>
    known.some((each) => each.cluster === set.cluster && (each.id === set.id || each.groupIds.includes(set.id)));
  return [...known, ...sets.filter((set) => !isKnown(set)).map((set) => unlessUnread(set, slices))];
}

const clustersOf = ({ podClusters }: FargateSlices): PodCluster[] =>
  Object.values(podClusters).flatMap((read) =>
    read.ok && read.value.found && read.value.cluster.status !== 'DELETING' ? [read.value.cluster] : [],
  );

function setsOf(cluster: PodCluster, { fargateEnis }: FargateSlices): PodSet[] {
  const read = itemOf(fargateEnis, cluster.name);
  const byId = Map.groupBy(read?.ok ? read.value : [], ({ groups }) =>
    groups
      .map(({ id }) => id)
      .sort()
      .join('+'),
  );
  return [...byId].map(([id, enis]) => ({
    id,
    cluster: cluster.name,
    standing: { kind: 'live', cluster },
    groupIds: id.split('+'),
    names: Object.fromEntries(enis.flatMap(({ groups }) => groups.map((group) => [group.id, group.name]))),
    enis,
    isTagged: false,
  }));
}

/** A tagged group that no Fargate pod was seen with: unknown as long as its cluster's profiles or interfaces could not be read. */
function unlessUnread(set: PodSet, { fargateProfiles, fargateEnis }: FargateSlices): PodSet {
  if (set.standing.kind !== 'live') return set;
  const failed = [itemOf(fargateProfiles, set.standing.cluster.name), itemOf(fargateEnis, set.standing.cluster.name)].find(
    (read) => read?.ok === false,
  );
  return failed?.ok === false ? { ...set, standing: { kind: 'unread', says: describeFailure(failed.reason) } } : set;
}

/** The interfaces of a set, as an end. */
export const enisEnd = (set: PodSet, cluster: PodCluster, subnets: Slices['subnets']): EndAnswer => ({
  endpoint: { label: `pods of ${cluster.name} with ${set.id}`, hosts: set.enis.map((eni) => hostOf(eni, eni.id, subnets)) },
});

/** The control plane of a cluster: the interfaces that EKS has in its VPC. */
export function controlPlaneEnd({ name }: PodCluster, { controlPlaneEnis, subnets }: FargateSlices): EndAnswer {
  const read = itemOf(controlPlaneEnis, name);
  if (!read?.ok) return { unknown: read ? describeFailure(read.reason) : `the control plane's interfaces of ${name} were not asked for` };
  if (read.value.length === 0)
    return { unknown: `no interface "Amazon EKS ${name}" is known, so it is not known where its control plane is` };
  return { endpoint: { label: `the control plane of ${name}`, hosts: read.value.map((eni) => hostOf(eni, eni.id, subnets)) } };
}
