import { DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import pMap from 'p-map';
import type { ClusterAnswer } from '../model/inventory.ts';
import type { ItemReads, Read } from '../model/read.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';

const DESCRIBE_CLUSTER = 'eks:DescribeCluster';
export const actions = [DESCRIBE_CLUSTER];

async function describe(eks: EKSClient, name: string): Promise<ClusterAnswer> {
  try {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
    const isNamed = cluster?.arn === undefined || cluster.arn.endsWith(`:cluster/${name}`);
    if (cluster?.name !== name || !isNamed) throw new MalformedAnswer(`the answer does not describe the cluster ${name}`);
    return {
      found: true,
      name,
      arn: cluster.arn ?? '',
      status: cluster.status ?? 'of unknown status',
      vpcId: cluster.resourcesVpcConfig?.vpcId || undefined,
      createdAt: cluster.createdAt?.toISOString(),
    };
  } catch (error) {
    if (isNotFound(error, 'ResourceNotFoundException')) return { found: false };
    throw error;
  }
}

/** What EKS says of one name. */
export const collectCluster = (eks: EKSClient, name: string, clock: () => Date): Promise<Read<ClusterAnswer>> =>
  attempt({ action: DESCRIBE_CLUSTER, item: name }, clock, () => describe(eks, name));

/** An answer per name. Asked one by one: absence from ListClusters proves nothing. */
export async function collectClusters(eks: EKSClient, names: readonly string[], clock: () => Date): Promise<ItemReads<ClusterAnswer>> {
  const reads = await pMap(names, async (name) => [name, await collectCluster(eks, name, clock)] as const, { concurrency: 4 });
  return Object.fromEntries(reads);
}
