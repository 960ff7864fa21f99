import pMap from 'p-map';
import type { ItemReads, Read } from '../domain/read.ts';
import { attempt } from './attempt.ts';
import { filterBatches } from './pages.ts';

export interface Batches<T> {
  action: string;
  ids: readonly string[];
  clock: () => Date;
  /** How many ids one filter takes: EC2's bound unless another filter goes along. */
  size?: number;
  /** What it means that a complete answer does not hold an id: each caller says so, because absent is not always gone. */
  absent: T;
}

/** An answer per id from reads of many ids each: what `read` found of it, or `absent`. A batch that fails fails each of its ids. */
export async function inBatches<T>(
  { action, ids, clock, size, absent }: Batches<T>,
  read: (batch: string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<ItemReads<T>> {
  const batches = await pMap(
    filterBatches(ids, size),
    async (batch): Promise<[string, Read<T>][]> => {
      const answer = await attempt({ action, item: batch.join(', ') }, clock, () => read(batch));
      return batch.map((id) => {
        if (!answer.ok) return [id, { ok: false, reason: { ...answer.reason, item: id } }];
        return [id, { ...answer, value: answer.value.get(id) ?? absent }];
      });
    },
    { concurrency: 4 },
  );
  return Object.fromEntries(batches.flat());
}
