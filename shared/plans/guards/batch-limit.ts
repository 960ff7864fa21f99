import type { Guard } from '../deletion.ts';

/** A true cap: the first so many go, the rest wait for the next run. Never "too many, so none". */
const guard: Guard = {
  id: 'batch-limit',
  says: 'At most CLEANUP_MAX in one run; the rest are deferred.',
  judge: (_candidate, { position, max }) =>
    position < max ? { allows: true } : { allows: false, reason: `deferred: ${max} in one run at most; run again for the rest` },
};
export default guard;
