import { fingerprint } from '../../proof/fingerprint.ts';
import type { Guard } from '../deletion.ts';

/** Sightings are of one state of the interface, and so is the plan: any other state is another interface to them. */
const guard: Guard = {
  id: 'fingerprint-unchanged',
  says: 'Status, groups, addresses, subnet and tags are those of the sightings and of the plan, and the sightings are those of the plan.',
  judge: ({ eni, sighting, planned }) => {
    const now = fingerprint(eni);
    if (sighting && sighting.fingerprint !== now) return { allows: false, reason: 'it changed since it was last seen' };
    if (planned && planned.fingerprint !== now) return { allows: false, reason: 'it changed since the plan was made' };
    // Sightings that began again: in between it was in use, or its cluster was alive. The plan is about the time before.
    if (planned && sighting && sighting.first !== planned.since) {
      return { allows: false, reason: `since the plan was made it was seen otherwise, and only since ${sighting.first} as it is now` };
    }
    return { allows: true };
  },
};
export default guard;
