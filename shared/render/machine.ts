// What programs subscribe to. Its shape is a contract: fields are added, never renamed, or the schema version changes.

import type { Announcement } from '../content/announcement.ts';
import { bytesOf } from '../content/text.ts';
import { announceOf } from './announced.ts';
import type { Batch } from './batches.ts';
import { CAPS, type Caps, type Fits, SCHEMA_VERSION, toJson, trim } from './json.ts';
import { MESSAGE_BYTES } from './limits.ts';
import { batchJson } from './machine-batch.ts';

// A program that decides needs them all: what one cleanup may delete at most.
const ID_CAPS = { text: 64, items: 1_000 };

/** A message for programs; `trimmed` says whether evidence, leftovers or anything else had to be shortened. */
export function machineOf(batch: Batch, fits: Fits = (json) => bytesOf(json) <= MESSAGE_BYTES): string {
  const [only, ...more] = batch;
  if (!only || more.length > 0) return batchJson(batch, fits);
  const [first, ...shorter] = CAPS.map((caps) => () => oneJson(only, caps));
  return shorter.reduce((json, next) => (fits(json) ? json : next()), first?.() ?? '');
}

function oneJson(announcement: Announcement, caps: Caps): string {
  const { kind, id } = announcement;
  const announce = announceOf(announcement);
  const { severity, account, region, cluster } = announce.labels(announcement);
  const all = { kind, id, severity, account, region, cluster, ...announce.machine(announcement, caps.details) };
  let trimmed = false;
  const fields = Object.entries(all).map(([name, value]) => {
    const kept = trim(value, name === 'interfaceIds' ? { ...caps, ...ID_CAPS } : caps);
    trimmed ||= kept.trimmed;
    return [name, kept.value] as const;
  });
  return toJson({ schemaVersion: SCHEMA_VERSION, ...Object.fromEntries(fields), trimmed: trimmed || !caps.details });
}
