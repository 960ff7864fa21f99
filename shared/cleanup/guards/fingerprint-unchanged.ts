import type { Guard } from '../../model/cleanup.ts';
import { fingerprint } from '../../proof/fingerprint.ts';

/** Sightings are of one state of the interface, and so is the plan: any other state is another interface to them. */
const guard: Guard = {
  id: 'fingerprint-unchanged',
  says: 'Status, groups, addresses, subnet and tags are those of the sightings and of the plan.',
  judge: ({ eni, sighting, planned }) => {
    const now = fingerprint(eni);
    if (sighting && sighting.fingerprint !== now) return { allows: false, reason: 'it changed since it was last seen' };
    if (planned !== undefined && planned !== now) return { allows: false, reason: 'it changed since the plan was made' };
    return { allows: true };
  },
};
export default guard;
