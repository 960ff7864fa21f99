import * as v from 'valibot';
import { type Of, TEXT, TIME, wholeFrom } from './values.ts';

/** Who has something in hand, and until when nobody else may take it. */
export const LEASE = v.object({ by: TEXT, until: TIME });
export type Lease = Of<typeof LEASE>;

/** A lease that has a record of its own. `turn` counts how often it was taken; `wanted`: somebody found it taken, and left their work to the holder. */
export const SHARED_LEASE = v.object({ ...LEASE.entries, turn: wholeFrom(1), wanted: v.exactOptional(v.literal(true)) });
export type SharedLease = Of<typeof SHARED_LEASE>;
