import { type Cluster, DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import type { ClusterAnswer } from '../model/inventory.ts';
import type { PodClusterAnswer } from '../model/paths.ts';
import type { ItemReads, Read } from '../model/read.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { eachItem } from './each-item.ts';

const DESCRIBE_CLUSTER = 'eks:DescribeCluster';
export const actions = [DESCRIBE_CLUSTER];

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
export const describeClusters = (eks: EKSClient, names: readonly string[], clock: () => Date): Promise<ItemReads<PodClusterAnswer>> =>
  eachItem(names, (name) => describe(eks, name, clock));

/** The same answers, as far as the proofs of orphans need them. */
export const clustersOf = (described: ItemReads<PodClusterAnswer>): ItemReads<ClusterAnswer> =>
  Object.fromEntries(Object.entries(described).map(([name, read]) => [name, read.ok ? { ...read, value: whether(read.value) } : read]));
