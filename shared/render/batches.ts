import type { Labels } from '../content/announce.ts';
import type { Announcement } from '../content/announcement.ts';
import { labelsOf } from './announced.ts';
import { attributeBytes, LABEL_BYTES } from './attributes.ts';
import { BATCH_MESSAGES } from './limits.ts';

/** What goes into one message: one announcement, or many of which it gives a summary. */
export type Batch = readonly Announcement[];

/**
 * Puts announcements into messages: a message each while they are few; else the most urgent ones, as far as all of the same urgency
 * fit, and a summary of the rest. The rest is split only where its labels would not fit into attributes that subscribers filter by.
 */
export function batchesOf(announcements: readonly Announcement[]): Batch[] {
  const sorted = announcements
    .map((announcement) => ({ announcement, labels: labelsOf(announcement) }))
    .toSorted((a, b) => a.labels.urgency - b.labels.urgency);
  const alone = sorted.length <= BATCH_MESSAGES ? sorted.length : mostUrgent(sorted.map(({ labels }) => labels.urgency));
  return [...sorted.slice(0, alone).map(({ announcement }) => [announcement]), ...summaries(sorted.slice(alone))];
}

/** How many of the sorted go out alone, one place left for the summary. */
function mostUrgent(urgencies: readonly number[]): number {
  const first = urgencies[BATCH_MESSAGES - 1];
  return first === undefined ? 0 : urgencies.indexOf(first);
}

function summaries(rest: readonly { announcement: Announcement; labels: Labels }[]): Batch[] {
  const batches: Announcement[][] = [];
  let known = new Map<string, number>();
  const bytesWith = (more: Map<string, number>) => [...new Map([...known, ...more]).values()].reduce((sum, bytes) => sum + bytes, 0);
  for (const { announcement, labels } of rest) {
    const needed = attributeBytes(labels);
    const isNew = [...needed.keys()].some((label) => !known.has(label));
    const batch = batches.at(-1);
    if (batch && (!isNew || bytesWith(needed) <= LABEL_BYTES)) {
      batch.push(announcement);
      for (const [label, bytes] of needed) known.set(label, bytes);
    } else {
      batches.push([announcement]);
      known = new Map(needed);
    }
  }
  return batches;
}
