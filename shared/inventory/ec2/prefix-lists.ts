import { type EC2Client, GetManagedPrefixListEntriesCommand } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { eachItem } from '../../aws/each-item.ts';
import { eachPage } from '../../aws/pages.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import { defineItemSlice } from '../define.ts';
import { namedPrefixLists } from '../holders.ts';

const GET_ENTRIES = 'ec2:GetManagedPrefixListEntries';

// EC2 pages entries at 1 to 100.
const ENTRIES_PAGE_SIZE = 100;

/** The CIDRs of each prefix list, the newest version, each list by itself: one that may not be read makes only its own rules unknown. */
function collectPrefixLists(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<readonly string[]>> {
  const ask = (PrefixListId: string) =>
    attempt({ action: GET_ENTRIES, item: PrefixListId }, clock, async () => {
      const cidrs = new Set<string>();
      await eachPage([ec2, GetManagedPrefixListEntriesCommand, { PrefixListId, MaxResults: ENTRIES_PAGE_SIZE }, 'Entries'], (entries) => {
        for (const { Cidr } of entries) {
          if (!Cidr) throw new MalformedAnswer(`${PrefixListId} holds an entry without its CIDR`);
          cidrs.add(Cidr);
        }
      });
      return [...cidrs];
    });
  return eachItem(ids, ask);
}

export const prefixLists = defineItemSlice({
  name: 'prefixLists',
  reads: 'the prefix lists that rules name',
  service: 'ec2',
  actions: [GET_ENTRIES],
  after: ['podEnis', 'podClusters'],
  beside: ['securityGroupRules'],
  read: ({ clients, clock }, read) => collectPrefixLists(clients.ec2, namedPrefixLists(read), clock),
});
