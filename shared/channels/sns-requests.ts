import type { Batch } from '../render/batches.ts';
import { BATCH_MESSAGES, MESSAGE_BYTES } from '../render/limits.ts';
import { type Entry, entryBytes } from './sns-entry.ts';

/** A message, and the announcements that are delivered with it. */
export interface Outgoing {
  batch: Batch;
  entry: Entry;
}

/** Messages in the requests that SNS takes: 10 at most, which together are no larger than one may be. */
export function requestsOf(outgoing: readonly Outgoing[]): Outgoing[][] {
  const requests: Outgoing[][] = [];
  let bytes = 0;
  for (const each of outgoing) {
    const more = entryBytes(each.entry);
    const request = requests.at(-1);
    if (request && request.length < BATCH_MESSAGES && bytes + more <= MESSAGE_BYTES) {
      request.push(each);
      bytes += more;
    } else {
      requests.push([each]);
      bytes = more;
    }
  }
  return requests;
}
