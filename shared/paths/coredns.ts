import { isInUse, type PodCluster, type TaggedGroup } from '../domain/cluster.ts';
import type { Slices } from '../domain/inventory.ts';
import { describeFailure, itemOf } from '../domain/read.ts';
import type { Host } from '../domain/security-group.ts';
import { COREDNS_GROUP_TAG, clusterNamesIn, clusterNamesOf } from '../domain/tags.ts';
import { type EndAnswer, hostOf, linuxNodes, nodeHost, speaking } from './hosts.ts';

export type CoreDnsSlices = Pick<
  Slices,
  'nodes' | 'subnets' | 'podEnis' | 'taggedGroups' | 'securityGroups' | 'fargateProfiles' | 'fargateEnis'
>;

/** Groups that narrow where CoreDNS may be, and what says so; or why that is not known. None: it may be on any Linux node. */
type Narrowed = { groupIds: readonly string[]; says: string } | { unknown: string } | undefined;

/** The groups that CoreDNS is said to have, and so may the pods of a set. */
export function corednsGroups(cluster: PodCluster, slices: CoreDnsSlices, configured: readonly string[]): readonly string[] {
  const narrowed = narrowing(cluster, slices, configured);
  return narrowed && 'groupIds' in narrowed ? narrowed.groupIds : [];
}

/** Everything that may answer DNS in a cluster, or why nobody can tell. */
export function corednsEnd(cluster: PodCluster, slices: CoreDnsSlices, configured: readonly string[]): EndAnswer {
  const { name } = cluster;
  const narrowed = narrowing(cluster, slices, configured);
  if (narrowed && 'unknown' in narrowed) return narrowed;
  const settle = `tag the group that CoreDNS has with ${COREDNS_GROUP_TAG}=${name}, or name it in COREDNS_SECURITY_GROUPS`;
  if (!narrowed && cluster.autoMode)
    return { unknown: `${name} is in Auto Mode, where CoreDNS runs on every node itself and not as pods; if it has pods, ${settle}` };
  const linux = linuxNodes(cluster, slices.nodes);
  if ('unknown' in linux) return linux;
  const onNodes = speaking(
    linux.nodes.flatMap((node) => node.interfaces.map((eni) => nodeHost(node, eni, slices.subnets))),
    cluster,
  );
  const fargate = onFargate(cluster, slices);
  if ('unknown' in fargate) return fargate;
  const label = `CoreDNS of ${name}`;
  if (!narrowed) {
    // Nobody gave these pods groups of their own; where there are any, CoreDNS may be one of them.
    const ordinary = fargate.hosts.filter(({ groupIds }) => groupIds.every((id) => id === cluster.clusterSecurityGroupId));
    const hosts = [...onNodes, ...ordinary];
    if (hosts.length === 0)
      return { unknown: `no Linux node of ${name} is known, so it is not known where its CoreDNS runs; if it is on Fargate, ${settle}` };
    return { endpoint: { label, hosts } };
  }
  // CoreDNS may have a group of its own, and so a branch interface.
  const asPods = slices.podEnis.filter((eni) => isInUse(eni) && clusterNamesOf(eni.tags).includes(name));
  const all = [
    ...onNodes,
    ...fargate.hosts,
    ...speaking(
      asPods.map((eni) => hostOf(eni, eni.id, slices.subnets)),
      cluster,
    ),
  ];
  const hosts = all.filter(({ groupIds }) => groupIds.some((id) => narrowed.groupIds.includes(id)));
  if (hosts.length === 0)
    return { unknown: `no interface of ${name} has ${narrowed.groupIds.join(' or ')}, where CoreDNS should be (${narrowed.says})` };
  return { endpoint: { label, hosts } };
}

/** The pods of a cluster on Fargate, as far as their groups tell of them, or why they are not known. */
function onFargate(cluster: PodCluster, { fargateProfiles, fargateEnis, subnets }: CoreDnsSlices): { hosts: Host[] } | { unknown: string } {
  const profiles = itemOf(fargateProfiles, cluster.name);
  if (!profiles?.ok)
    return { unknown: profiles ? describeFailure(profiles.reason) : `the Fargate profiles of ${cluster.name} were not asked for` };
  if (profiles.value.length === 0) return { hosts: [] };
  const enis = itemOf(fargateEnis, cluster.name);
  if (!enis?.ok) return { unknown: enis ? describeFailure(enis.reason) : `the pods of ${cluster.name} on Fargate were not asked for` };
  const hosts = enis.value.map((eni) => hostOf(eni, `${eni.id} on Fargate`, subnets));
  return { hosts: speaking(hosts, cluster) };
}

// A tag that says no more than yes is about every cluster in the VPC of its group.
const YES = /^(?:|true|yes)$/i;

function narrowing(cluster: PodCluster, slices: CoreDnsSlices, configured: readonly string[]): Narrowed {
  const nodes = itemOf(slices.nodes, cluster.name);
  const ofNodes = nodes?.ok ? nodes.value.flatMap(({ interfaces }) => interfaces.map(({ vpcId }) => vpcId)) : [];
  const vpcs = new Set([cluster.vpcId, ...ofNodes]);
  const isMeant = ({ tags, vpcId }: TaggedGroup) => {
    const value = tags[COREDNS_GROUP_TAG];
    return value !== undefined && (clusterNamesIn(value).includes(cluster.name) || (YES.test(value) && vpcs.has(vpcId)));
  };
  const tagged = slices.taggedGroups.filter(isMeant);
  if (tagged.length > 0) return { groupIds: tagged.map(({ id }) => id), says: `their tag ${COREDNS_GROUP_TAG}` };
  const stated = cluster.tags[COREDNS_GROUP_TAG]?.match(/sg-[0-9a-f]+/g);
  if (stated) return { groupIds: stated, says: `the cluster's tag ${COREDNS_GROUP_TAG}` };
  const local: string[] = [];
  for (const id of configured) {
    const read = itemOf(slices.securityGroups, id);
    if (!read?.ok) return { unknown: read ? describeFailure(read.reason) : `${id} of COREDNS_SECURITY_GROUPS was not asked for` };
    // The setting is for all clusters: a group of another VPC is another cluster's.
    if (read.value.found && vpcs.has(read.value.vpcId)) local.push(id);
  }
  return local.length > 0 ? { groupIds: local, says: 'COREDNS_SECURITY_GROUPS' } : undefined;
}
