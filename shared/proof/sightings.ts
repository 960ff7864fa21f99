import type { Sighting } from '../domain/inventory.ts';
import type { ProofPoint } from '../domain/verdict.ts';

// The cluster's own controller collects leaks in two passes of 30 minutes, so only what an hour did not clear is leaked:
// https://github.com/aws/amazon-vpc-resource-controller-k8s pkg/aws/ec2/api/cleanup/eni_cleanup.go
export const LEAK_AGE_MINUTES = 60;

const minutesBetween = (sighting: Sighting): number => (Date.parse(sighting.newest) - Date.parse(sighting.first)) / 60_000;

/** Point 5: seen unchanged at least twice, the first and the newest time at least `minAgeMinutes` apart. */
export function seenTwice(sighting: Sighting | undefined, as: Sighting['as'], minAgeMinutes: number): ProofPoint {
  const point = 'seen-twice';
  if (!sighting || sighting.as !== as) return { point, outcome: 'waits', says: 'not seen before' };
  const span = `seen unchanged ${sighting.count}x over ${Math.floor(minutesBetween(sighting))} minutes, since ${sighting.first}`;
  const enough = sighting.count >= 2 && minutesBetween(sighting) >= minAgeMinutes;
  return enough
    ? { point, outcome: 'holds', says: span }
    : { point, outcome: 'waits', says: `${span}; two sightings at least ${minAgeMinutes} minutes apart are needed` };
}
