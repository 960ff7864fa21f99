// What the lists of available interfaces name, for the slices that ask for it by name or id.
import type { Inventory, NetworkInterface } from '../domain/inventory.ts';
import { type ItemReads, type Read, readOk } from '../domain/read.ts';
import { notAsked } from './define.ts';

type Enis = readonly NetworkInterface[];

/** The interfaces of the lists that were read; failed only when none of them was. */
export function listed(...lists: readonly (Read<Enis> | undefined)[]): Read<Enis> {
  const read = lists.filter((each) => each !== undefined);
  const ok = read.filter((each) => each.ok);
  const [first] = ok;
  if (first) return { ...first, value: ok.flatMap((each) => each.value) };
  return read.find((each) => !each.ok) ?? readOk([], new Date(0));
}

/** Those of both lists. */
export const bothLists = ({ branchEnis, trunkEnis }: Inventory): Read<Enis> => listed(branchEnis, trunkEnis);

/** An answer for each item that the interfaces name, as old as their list; not asked for where there is no list. */
export async function askedOf<T>(
  enis: Read<Enis>,
  itemsOf: (enis: Enis) => readonly string[],
  ask: (items: readonly string[]) => Promise<ItemReads<T>>,
): Promise<Read<ItemReads<T>>> {
  if (!enis.ok) return notAsked(enis.reason);
  return { ok: true, value: await ask([...new Set(itemsOf(enis.value))].sort()), readAt: enis.readAt };
}
