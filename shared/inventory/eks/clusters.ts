import { type Cluster, DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import { attempt } from '../../aws/attempt.ts';
import { eachItem } from '../../aws/each-item.ts';
import { isNotFound } from '../../aws/errors.ts';
import type { PodClusterAnswer } from '../../domain/cluster.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ClusterAnswer, NetworkInterface } from '../../domain/inventory.ts';
import type { ItemReads, Read } from '../../domain/read.ts';
import { clusterNamesIn, clusterNamesOf, isClusterName, POD_GROUP_TAG } from '../../domain/tags.ts';
import { defineItemSlice, defineSlice, itemFailures, notAsked, type ReadContext, valueOr } from '../define.ts';
import { askedOf, bothLists } from '../listed.ts';

const DESCRIBE_CLUSTER = 'eks:DescribeCluster';
const actions = [DESCRIBE_CLUSTER];

function project(name: string, cluster: Cluster | undefined): PodClusterAnswer {
  const isNamed = cluster?.arn === undefined || cluster.arn.endsWith(`:cluster/${name}`);
  if (cluster?.name !== name || !isNamed) throw new MalformedAnswer(`the answer does not describe the cluster ${name}`);
  return {
    found: true,
    cluster: {
      name,
      arn: cluster.arn ?? '',
      status: cluster.status ?? 'of unknown status',
      vpcId: cluster.resourcesVpcConfig?.vpcId || undefined,
      createdAt: cluster.createdAt?.toISOString(),
      clusterSecurityGroupId: cluster.resourcesVpcConfig?.clusterSecurityGroupId || undefined,
      // EKS's own default.
      ipFamily: cluster.kubernetesNetworkConfig?.ipFamily === 'ipv6' ? 'ipv6' : 'ipv4',
      autoMode: cluster.computeConfig?.enabled === true,
      tags: { ...cluster.tags },
    },
  };
}

const describe = (eks: EKSClient, name: string, clock: () => Date): Promise<Read<PodClusterAnswer>> =>
  attempt({ action: DESCRIBE_CLUSTER, item: name }, clock, async (): Promise<PodClusterAnswer> => {
    try {
      return project(name, (await eks.send(new DescribeClusterCommand({ name }))).cluster);
    } catch (error) {
      if (isNotFound(error, 'ResourceNotFoundException')) return { found: false };
      throw error;
    }
  });

function whether(answer: PodClusterAnswer): ClusterAnswer {
  if (!answer.found) return answer;
  const { name, arn, status, vpcId, createdAt } = answer.cluster;
  return { found: true, name, arn, status, vpcId, createdAt };
}

/** What EKS says of one name. */
export async function collectCluster(eks: EKSClient, name: string, clock: () => Date): Promise<Read<ClusterAnswer>> {
  const read = await describe(eks, name, clock);
  return read.ok ? { ...read, value: whether(read.value) } : read;
}

/** An answer per name, with what the path proofs need of it. Asked one by one: absence from ListClusters proves nothing. */
const describeClusters = (eks: EKSClient, names: readonly string[], clock: () => Date): Promise<ItemReads<PodClusterAnswer>> =>
  eachItem(names, (name) => describe(eks, name, clock));

/** The same answers, as far as the proofs of orphans need them. */
const clustersOf = (described: ItemReads<PodClusterAnswer>): ItemReads<ClusterAnswer> =>
  Object.fromEntries(Object.entries(described).map(([name, read]) => [name, read.ok ? { ...read, value: whether(read.value) } : read]));

const namesOn = (enis: readonly NetworkInterface[]): string[] => enis.flatMap(({ tags }) => clusterNamesOf(tags)).filter(isClusterName);

export const clusters = defineSlice({
  name: 'clusters',
  reads: 'the clusters that they name',
  service: 'eks',
  actions,
  beside: ['branchEnis', 'trunkEnis'],
  failures: itemFailures,
  read: ({ clients, clock, described }, read) =>
    askedOf(bothLists(read), namesOn, async (names) => {
      const answers = await describeClusters(clients.eks, names, clock);
      for (const [name, answer] of Object.entries(answers)) described.set(name, answer);
      return clustersOf(answers);
    }),
});

export const podClusters = defineItemSlice({
  name: 'podClusters',
  reads: 'the clusters of pods',
  service: 'eks',
  actions,
  after: ['podEnis'],
  beside: ['taggedGroups', 'clusters'],
  read: async (context, { podEnis, taggedGroups }) => {
    const tagged = valueOr(taggedGroups, []).flatMap(({ tags }) => clusterNamesIn(tags[POD_GROUP_TAG] ?? ''));
    const names = [...new Set([...namesOn(valueOr(podEnis, [])), ...tagged.filter(isClusterName)])].sort();
    return describeRest(context, names);
  },
});

/** Asks about those that this run did not ask about yet. A failure that is known already is not a gap of its own. */
async function describeRest(
  { clients, clock, request, described }: ReadContext,
  named: readonly string[],
): Promise<ItemReads<PodClusterAnswer>> {
  const names = named.filter((name) => request.clusters.length === 0 || request.clusters.includes(name));
  const rest = await describeClusters(
    clients.eks,
    names.filter((name) => !described.has(name)),
    clock,
  );
  const before = names.flatMap((name) => {
    const read = described.get(name);
    return read ? [[name, read.ok ? read : notAsked<PodClusterAnswer>(read.reason)] as const] : [];
  });
  return { ...Object.fromEntries(before), ...rest };
}
