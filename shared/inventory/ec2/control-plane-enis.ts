import type { EC2Client } from '@aws-sdk/client-ec2';
import { inBatches } from '../../aws/batches.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import type { ItemReads } from '../../domain/read.ts';
import { defineItemSlice } from '../define.ts';
import { fargateClusters } from '../eks/fargate-profiles.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';

const descriptionOf = (cluster: string): string => `Amazon EKS ${cluster}`;

/** Per cluster, the interfaces through which its control plane reaches into the VPC. */
async function collectControlPlaneEnis(
  ec2: EC2Client,
  clusters: readonly string[],
  clock: () => Date,
): Promise<ItemReads<readonly NetworkInterface[]>> {
  return inBatches<readonly NetworkInterface[]>({ action: DESCRIBE_INTERFACES, ids: clusters, clock, absent: [] }, async (batch) => {
    const found = new Map(batch.map((name) => [descriptionOf(name), new Map<string, NetworkInterface>()]));
    await readInterfaces(ec2, [{ Name: 'description', Values: [...found.keys()] }], (interfaces) => {
      for (const eni of interfaces) found.get(eni.description)?.set(eni.id, eni);
    });
    return new Map(batch.map((name) => [name, [...(found.get(descriptionOf(name))?.values() ?? [])]]));
  });
}

export const controlPlaneEnis = defineItemSlice({
  name: 'controlPlaneEnis',
  reads: 'control planes',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  after: ['podEnis', 'podClusters'],
  beside: ['fargateProfiles'],
  read: ({ clients, clock }, read) =>
    collectControlPlaneEnis(
      clients.ec2,
      fargateClusters(read).map(({ name }) => name),
      clock,
    ),
});
