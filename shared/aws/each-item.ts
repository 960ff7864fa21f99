import pMap from 'p-map';
import type { ItemReads, Read } from '../domain/read.ts';

// Live clusters' controllers share the account's rate limits.
const AT_A_TIME = 4;

/** An answer per item, each asked for by itself, a few at a time. */
export async function eachItem<T>(
  items: readonly string[],
  ask: (item: string) => Promise<Read<T>>,
  concurrency = AT_A_TIME,
): Promise<ItemReads<T>> {
  return Object.fromEntries(await pMap(items, async (item) => [item, await ask(item)] as const, { concurrency }));
}

/** The answers of those items that could be read. */
export const valuesOf = <T>(items: ItemReads<T>): T[] => Object.values(items).flatMap((read) => (read.ok ? [read.value] : []));
