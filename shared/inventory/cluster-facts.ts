// The clusters whose pods have groups of their own, and what only they can tell: nodes, enforcing mode, Fargate.
import type { EKSClient } from '@aws-sdk/client-eks';
import type { NetworkInterface, SliceName, Slices } from '../model/inventory.ts';
import type { PodCluster, PodClusterAnswer, TaggedGroup } from '../model/paths.ts';
import { type ItemReads, itemOf, type Read, readFailed } from '../model/read.ts';
import { clusterNamesIn, clusterNamesOf, ENFORCING_MODE_TAG, INSTANCE_TAG, isClusterName, POD_GROUP_TAG } from '../model/tags.ts';
import type { AwsClients } from './clients.ts';
import { collectFargateProfiles } from './cluster-network.ts';
import { collectClusterNodes } from './cluster-nodes.ts';
import { describeClusters } from './clusters.ts';
import { collectCniAddons } from './cni-addon.ts';
import { collectControlPlaneEnis } from './control-plane-enis.ts';
import { eachItem, valuesOf } from './each-item.ts';
import { collectFargateEnis, type FargateCluster } from './fargate-enis.ts';

type ClusterFacts = Pick<Slices, 'nodes' | 'cniAddons' | 'fargateProfiles' | 'fargateEnis' | 'controlPlaneEnis'>;

/** The groups that are tagged for the pods of a cluster. */
export const taggedFor = (groups: readonly TaggedGroup[], cluster: string): TaggedGroup[] =>
  groups.filter(({ tags }) => clusterNamesIn(tags[POD_GROUP_TAG] ?? '').includes(cluster));

/** The clusters that interfaces and tagged groups name. */
export function clusterNamesFrom(enis: readonly NetworkInterface[], groups: readonly TaggedGroup[]): string[] {
  const tagged = groups.flatMap(({ tags }) => clusterNamesIn(tags[POD_GROUP_TAG] ?? ''));
  const names = [...enis.flatMap(({ tags }) => clusterNamesOf(tags)), ...tagged];
  return [...new Set(names)].filter(isClusterName).sort();
}

/** Asks EKS about those that this run did not ask about yet. A failure that is known already is not a gap of its own. */
export async function describeRest(
  eks: EKSClient,
  names: readonly string[],
  known: ItemReads<PodClusterAnswer>,
  clock: () => Date,
): Promise<ItemReads<PodClusterAnswer>> {
  const asked = names.filter((name) => itemOf(known, name));
  const rest = await describeClusters(
    eks,
    names.filter((name) => !itemOf(known, name)),
    clock,
  );
  const again = (read: Read<PodClusterAnswer>) => (read.ok ? read : readFailed<PodClusterAnswer>({ ...read.reason, cause: 'not-asked' }));
  const before = asked.flatMap((name) => {
    const read = itemOf(known, name);
    return read ? [[name, again(read)] as const] : [];
  });
  return { ...Object.fromEntries(before), ...rest };
}

/** Those that exist and are not being deleted. */
export const liveClusters = (clusters: ItemReads<PodClusterAnswer>): PodCluster[] =>
  valuesOf(clusters).flatMap((answer) => (answer.found && answer.cluster.status !== 'DELETING' ? [answer.cluster] : []));

export interface LiveClusters {
  wants: (slice: SliceName) => boolean;
  live: readonly PodCluster[];
  enis: readonly NetworkInterface[];
  groups: readonly TaggedGroup[];
}

/** What is wanted of each live cluster. */
export async function collectClusterFacts(
  { ec2, eks }: AwsClients,
  clock: () => Date,
  { wants, live, enis, groups }: LiveClusters,
): Promise<ClusterFacts> {
  const names = live.map(({ name }) => name);
  const hosting = new Set(enis.flatMap(({ tags }) => tags[INSTANCE_TAG] ?? []));
  const untold = live.filter(({ tags }) => tags[ENFORCING_MODE_TAG] === undefined).map(({ name }) => name);
  const fargateProfiles = wants('fargateProfiles') ? await eachItem(names, (name) => collectFargateProfiles(eks, name, clock)) : {};
  const withFargate = live.filter(({ name }) => hasProfiles(fargateProfiles, name));
  const fargate = withFargate.map((cluster) => fargateCluster(cluster, groups));
  return {
    nodes: wants('nodes') ? await collectClusterNodes(ec2, { clusters: names, hosting }, clock) : {},
    cniAddons: wants('cniAddons') ? await collectCniAddons(eks, untold, clock) : {},
    fargateProfiles,
    fargateEnis: wants('fargateEnis') ? await collectFargateEnis(ec2, fargate, clock) : {},
    controlPlaneEnis: wants('controlPlaneEnis')
      ? await collectControlPlaneEnis(
          ec2,
          withFargate.map(({ name }) => name),
          clock,
        )
      : {},
  };
}

function hasProfiles(profiles: Slices['fargateProfiles'], name: string): boolean {
  const read = itemOf(profiles, name);
  return read?.ok === true && read.value.length > 0;
}

const fargateCluster = ({ name, vpcId, clusterSecurityGroupId }: PodCluster, groups: readonly TaggedGroup[]): FargateCluster => ({
  name,
  vpcId,
  groupIds: [...taggedFor(groups, name).map(({ id }) => id), ...(clusterSecurityGroupId ? [clusterSecurityGroupId] : [])],
});
