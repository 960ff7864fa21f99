import { DescribeAddonCommand, type EKSClient } from '@aws-sdk/client-eks';
import { attempt } from '../../aws/attempt.ts';
import { eachItem } from '../../aws/each-item.ts';
import { isNotFound } from '../../aws/errors.ts';
import type { CniAddonAnswer } from '../../domain/cluster.ts';
import { CNI_ADDON, enforcingModeIn } from '../../domain/enforcing-mode.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import { ENFORCING_MODE_TAG } from '../../domain/tags.ts';
import { defineItemSlice } from '../define.ts';
import { liveClusters } from '../holders.ts';

const DESCRIBE_ADDON = 'eks:DescribeAddon';

/** Per cluster, how its vpc-cni add-on is configured. A CNI that somebody installed by themselves is no add-on. */
function collectCniAddons(eks: EKSClient, clusters: readonly string[], clock: () => Date): Promise<ItemReads<CniAddonAnswer>> {
  const ask = (clusterName: string) =>
    attempt({ action: DESCRIBE_ADDON, item: clusterName }, clock, async (): Promise<CniAddonAnswer> => {
      try {
        const { addon } = await eks.send(new DescribeAddonCommand({ clusterName, addonName: CNI_ADDON }));
        if (addon?.addonName !== CNI_ADDON)
          throw new MalformedAnswer(`the answer does not describe the add-on ${CNI_ADDON} of ${clusterName}`);
        const stated = enforcingModeIn(addon.configurationValues);
        if ('unclear' in stated) throw new MalformedAnswer(`the add-on ${CNI_ADDON} is configured with ${stated.unclear}`);
        return { found: true, enforcingMode: stated.mode };
      } catch (error) {
        if (isNotFound(error, 'ResourceNotFoundException')) return { found: false };
        throw error;
      }
    });
  return eachItem(clusters, ask);
}

export const cniAddons = defineItemSlice({
  name: 'cniAddons',
  reads: 'the CNI of clusters',
  service: 'eks',
  actions: [DESCRIBE_ADDON],
  after: ['podEnis', 'podClusters'],
  read: ({ clients, clock }, read) => {
    const untold = liveClusters(read).filter(({ tags }) => tags[ENFORCING_MODE_TAG] === undefined);
    return collectCniAddons(
      clients.eks,
      untold.map(({ name }) => name),
      clock,
    );
  },
});
