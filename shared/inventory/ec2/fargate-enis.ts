import type { EC2Client } from '@aws-sdk/client-ec2';
import { inBatches } from '../../aws/batches.ts';
import { filterBatches } from '../../aws/pages.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import type { ItemReads } from '../../domain/read.ts';
import { BRANCH_DESCRIPTION } from '../../domain/tags.ts';
import { defineItemSlice } from '../define.ts';
import { fargateClusters } from '../eks/fargate-profiles.ts';
import { taggedFor } from '../holders.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';

/** A cluster with Fargate profiles, and the groups by which its Fargate pods are found. */
interface FargateCluster {
  name: string;
  vpcId: string | undefined;
  groupIds: readonly string[];
}

// What other services write on the interfaces that they manage: databases and caches often share a group with the pods that use them.
const OTHER_SERVICES =
  /^(?:Amazon EKS |ELB |AWS |RDS|EFS |VPC Endpoint|Interface for NAT|ElastiCache|Redshift|DMS|DAX|ES |arn:aws[\w-]*:ecs:|Route 53 Resolver|Network Interface for Transit Gateway|.*\b(?:MSK|SageMaker|FSx|Glue|CodeBuild|MemoryDB|WorkSpaces)\b)/;

/**
 * AWS attaches the interface of a Fargate pod to an instance of its own. No tag or description of it is documented, so it is found by its
 * groups: one that AWS manages, in the cluster's VPC, that is neither a branch nor the control plane's nor another service's kind.
 */
const isFargatePod = (eni: NetworkInterface): boolean =>
  eni.requesterManaged === true &&
  eni.interfaceType === 'interface' &&
  eni.status === 'in-use' &&
  eni.attachment !== undefined &&
  eni.attachment.instanceId === undefined &&
  eni.description !== BRANCH_DESCRIPTION &&
  !OTHER_SERVICES.test(eni.description);

/** Per cluster, the interfaces of its Fargate pods that hold one of the groups. */
async function collectFargateEnis(
  ec2: EC2Client,
  clusters: readonly FargateCluster[],
  clock: () => Date,
): Promise<ItemReads<readonly NetworkInterface[]>> {
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  return inBatches<readonly NetworkInterface[]>(
    { action: DESCRIBE_INTERFACES, ids: [...byName.keys()], clock, absent: [] },
    async (batch) => {
      const asked = batch.flatMap((name) => byName.get(name) ?? []);
      const enis = new Map<string, NetworkInterface>();
      for (const groupIds of filterBatches([...new Set(asked.flatMap((cluster) => cluster.groupIds))].sort())) {
        await readInterfaces(ec2, [{ Name: 'group-id', Values: groupIds }], (page) => {
          for (const eni of page.filter(isFargatePod)) enis.set(eni.id, eni);
        });
      }
      const of = ({ vpcId, groupIds }: FargateCluster) =>
        [...enis.values()].filter((eni) => eni.vpcId === vpcId && eni.groups.some(({ id }) => groupIds.includes(id)));
      return new Map(asked.map((cluster) => [cluster.name, of(cluster)]));
    },
  );
}

export const fargateEnis = defineItemSlice({
  name: 'fargateEnis',
  reads: 'pods on Fargate',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  after: ['podEnis', 'podClusters'],
  beside: ['taggedGroups', 'fargateProfiles'],
  read: ({ clients, clock }, read) => {
    const groupIds = (cluster: string, own: string | undefined) => [...taggedFor(read, cluster).map(({ id }) => id), ...(own ? [own] : [])];
    const clusters = fargateClusters(read).map(({ name, vpcId, clusterSecurityGroupId: own }) => ({
      name,
      vpcId,
      groupIds: groupIds(name, own),
    }));
    return collectFargateEnis(clients.ec2, clusters, clock);
  },
});
