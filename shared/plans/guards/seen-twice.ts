import { seenTwice } from '../../proof/sightings.ts';
import { guardFromPoint } from './from-point.ts';

export default guardFromPoint('seen-twice', 'It was seen so twice, the minimum age apart.', ({ sighting }, { minOrphanAgeMinutes }) =>
  seenTwice(sighting, 'orphan', minOrphanAgeMinutes),
);
