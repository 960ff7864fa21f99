import { type EC2Client, GetManagedPrefixListEntriesCommand } from '@aws-sdk/client-ec2';
import type { ItemReads } from '../model/read.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { eachItem } from './each-item.ts';
import { readPages } from './pages.ts';

const GET_ENTRIES = 'ec2:GetManagedPrefixListEntries';
export const actions = [GET_ENTRIES];

// EC2 pages entries at 1 to 100.
const ENTRIES_PAGE_SIZE = 100;

/** The CIDRs of each prefix list, the newest version, each list by itself: one that may not be read makes only its own rules unknown. */
export function collectPrefixLists(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<readonly string[]>> {
  const ask = (PrefixListId: string) =>
    attempt({ action: GET_ENTRIES, item: PrefixListId }, clock, async () => {
      const cidrs = new Set<string>();
      await readPages(
        'entrySet',
        async (NextToken) => {
          const answer = await ec2.send(
            new GetManagedPrefixListEntriesCommand({
              PrefixListId,
              MaxResults: ENTRIES_PAGE_SIZE,
              ...(NextToken === undefined ? {} : { NextToken }),
            }),
          );
          return { items: answer.Entries, nextToken: answer.NextToken };
        },
        (entries) => {
          for (const { Cidr } of entries) {
            if (!Cidr) throw new MalformedAnswer(`${PrefixListId} holds an entry without its CIDR`);
            cidrs.add(Cidr);
          }
          return true;
        },
      );
      return [...cidrs];
    });
  return eachItem(ids, ask);
}
