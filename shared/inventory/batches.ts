import pMap from 'p-map';
import type { ItemReads, Read } from '../model/read.ts';
import { attempt } from './attempt.ts';
import { filterBatches } from './pages.ts';

/**
 * An answer per id from reads of many ids each: what `read` found of it, or undefined when the complete answer does not hold it. A batch that
 * fails fails each of its ids.
 */
export async function inBatches<T>(
  { action, ids, clock, size }: { action: string; ids: readonly string[]; clock: () => Date; size?: number },
  read: (batch: string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<ItemReads<T | undefined>> {
  const batches = await pMap(
    filterBatches(ids, size),
    async (batch): Promise<[string, Read<T | undefined>][]> => {
      const answer = await attempt({ action, item: batch.join(', ') }, clock, () => read(batch));
      return batch.map((id) => [
        id,
        answer.ok ? { ...answer, value: answer.value.get(id) } : { ok: false, reason: { ...answer.reason, item: id } },
      ]);
    },
    { concurrency: 4 },
  );
  return Object.fromEntries(batches.flat());
}
