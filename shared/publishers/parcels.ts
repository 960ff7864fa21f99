import type { Announcement } from '../model/announcement.ts';
import { attributeBytes, LABEL_BYTES } from './attributes.ts';
import { type Labels, labelsOf, urgency } from './labels.ts';
import { BATCH_MESSAGES } from './limits.ts';

/** One message to be: one announcement, or the many that a digest tells of. */
export type Parcel = readonly Announcement[];

/**
 * Puts announcements into messages: a message each while they are few; else the most urgent ones, as far as all of the same urgency
 * fit, and a digest of the rest. A digest is split only where its labels would not fit into attributes that subscribers filter by.
 */
export function parcelsOf(announcements: readonly Announcement[]): Parcel[] {
  const sorted = announcements
    .map((announcement) => ({ announcement, labels: labelsOf(announcement) }))
    .toSorted((a, b) => urgency(a.labels) - urgency(b.labels));
  const alone = sorted.length <= BATCH_MESSAGES ? sorted.length : mostUrgent(sorted.map(({ labels }) => urgency(labels)));
  return [...sorted.slice(0, alone).map(({ announcement }) => [announcement]), ...digests(sorted.slice(alone))];
}

/** How many of the sorted go out alone, one place kept for the digest. */
function mostUrgent(urgencies: readonly number[]): number {
  const first = urgencies[BATCH_MESSAGES - 1];
  return first === undefined ? 0 : urgencies.indexOf(first);
}

function digests(rest: readonly { announcement: Announcement; labels: Labels }[]): Parcel[] {
  const parcels: Announcement[][] = [];
  let told = new Map<string, number>();
  const bytesWith = (more: Map<string, number>) => [...new Map([...told, ...more]).values()].reduce((sum, bytes) => sum + bytes, 0);
  for (const { announcement, labels } of rest) {
    const needed = attributeBytes(labels);
    const isNew = [...needed.keys()].some((label) => !told.has(label));
    const parcel = parcels.at(-1);
    if (parcel && (!isNew || bytesWith(needed) <= LABEL_BYTES)) {
      parcel.push(announcement);
      for (const [label, bytes] of needed) told.set(label, bytes);
    } else {
      parcels.push([announcement]);
      told = new Map(needed);
    }
  }
  return parcels;
}
