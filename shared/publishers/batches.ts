import { type Entry, entryBytes } from './entry.ts';
import { BATCH_MESSAGES, MESSAGE_BYTES } from './limits.ts';
import type { Parcel } from './parcels.ts';

/** A message, and the announcements that are delivered with it. */
export interface Outgoing {
  parcel: Parcel;
  entry: Entry;
}

/** Messages in the batches that SNS takes: 10 at most, which together are no larger than one may be. */
export function batchesOf(outgoing: readonly Outgoing[]): Outgoing[][] {
  const batches: Outgoing[][] = [];
  let bytes = 0;
  for (const each of outgoing) {
    const more = entryBytes(each.entry);
    const batch = batches.at(-1);
    if (batch && batch.length < BATCH_MESSAGES && bytes + more <= MESSAGE_BYTES) {
      batch.push(each);
      bytes += more;
    } else {
      batches.push([each]);
      bytes = more;
    }
  }
  return batches;
}
