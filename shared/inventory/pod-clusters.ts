import { type Cluster, DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import pMap from 'p-map';
import type { PodClusterAnswer } from '../model/paths.ts';
import type { ItemReads } from '../model/read.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';

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
      clusterSecurityGroupId: cluster.resourcesVpcConfig?.clusterSecurityGroupId || undefined,
      // EKS's own default.
      ipFamily: cluster.kubernetesNetworkConfig?.ipFamily === 'ipv6' ? 'ipv6' : 'ipv4',
      autoMode: cluster.computeConfig?.enabled === true,
      tags: { ...cluster.tags },
    },
  };
}

/** What EKS says of each name, as far as its pods' network is concerned. Asked one by one: absence from a list proves nothing. */
export async function collectPodClusters(
  eks: EKSClient,
  names: readonly string[],
  clock: () => Date,
): Promise<ItemReads<PodClusterAnswer>> {
  const ask = (name: string) =>
    attempt({ action: DESCRIBE_CLUSTER, item: name }, clock, async (): Promise<PodClusterAnswer> => {
      try {
        return project(name, (await eks.send(new DescribeClusterCommand({ name }))).cluster);
      } catch (error) {
        if (isNotFound(error, 'ResourceNotFoundException')) return { found: false };
        throw error;
      }
    });
  return Object.fromEntries(await pMap(names, async (name) => [name, await ask(name)] as const, { concurrency: 4 }));
}
