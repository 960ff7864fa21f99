import { eachItem } from '../../aws/each-item.ts';
import type { PodCluster } from '../../domain/cluster.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { itemOf } from '../../domain/read.ts';
import { collectFargateProfiles, fargateActions } from '../cluster-network.ts';
import { defineItemSlice, valueOr } from '../define.ts';
import { liveClusters } from '../holders.ts';

export const fargateProfiles = defineItemSlice({
  name: 'fargateProfiles',
  reads: 'Fargate profiles',
  service: 'eks',
  actions: fargateActions,
  after: ['podEnis', 'podClusters'],
  read: ({ clients, clock }, read) =>
    eachItem(
      liveClusters(read).map(({ name }) => name),
      (name) => collectFargateProfiles(clients.eks, name, clock),
    ),
});

/** The live clusters that have Fargate profiles. */
export const fargateClusters = (read: Inventory): PodCluster[] =>
  liveClusters(read).filter(({ name }) => {
    const profiles = itemOf(valueOr(read.fargateProfiles, {}), name);
    return profiles?.ok === true && profiles.value.length > 0;
  });
