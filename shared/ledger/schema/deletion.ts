import * as v from 'valibot';
import type { DeletionRecord } from '../../model/cleanup.ts';
import { type Stored, TEXT, TIME } from './values.ts';

/** One point of a proof. */
export const POINT = v.object({
  point: TEXT,
  outcome: v.picklist(['holds', 'fails', 'waits', 'undecidable', 'unread']),
  says: v.string(),
});

export const DELETION: v.GenericSchema<Stored<DeletionRecord>> = v.object({
  interfaceId: TEXT,
  cluster: v.string(),
  findingId: TEXT,
  digest: TEXT,
  status: v.picklist(['claimed', 'deleting', 'deleted', 'already-gone', 'refused', 'failed']),
  worker: TEXT,
  leaseUntil: TIME,
  by: v.string(),
  at: TIME,
  proof: v.array(POINT),
  // As EC2 described it, whatever that was.
  interface: v.optional(v.record(v.string(), v.unknown())),
  says: v.string(),
});
