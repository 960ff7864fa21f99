import pMap from 'p-map';
import type { ItemReads, Read } from '../model/read.ts';

/** An answer per item, each asked for by itself, four at a time: live clusters' controllers share the account's rate limits. */
export async function eachItem<T>(items: readonly string[], ask: (item: string) => Promise<Read<T>>): Promise<ItemReads<T>> {
  return Object.fromEntries(await pMap(items, async (item) => [item, await ask(item)] as const, { concurrency: 4 }));
}

/** The answers of those items that could be read. */
export const valuesOf = <T>(items: ItemReads<T>): T[] => Object.values(items).flatMap((read) => (read.ok ? [read.value] : []));
