import type { Observation, Sighting } from '../domain/inventory.ts';

/** When each list was read to its end; undefined: it was not, so that an absence from it means nothing. */
export type ListReads = Readonly<Record<Sighting['list'], Date | undefined>>;

/**
 * The sightings after one more run. A sighting goes on only while no complete read showed its interface otherwise: changed, refuted or
 * absent ends it, for an absent interface may have been in use. A failed read neither counts nor resets.
 */
export function foldSightings(
  previous: ReadonlyMap<string, Sighting>,
  observations: readonly Observation[],
  readAt: ListReads,
): Map<string, Sighting> {
  const observed = new Set(observations.map((observation) => observation.interfaceId));
  const folded = new Map([...previous].filter(([interfaceId, { list }]) => observed.has(interfaceId) || !readAt[list]));
  for (const observation of observations) {
    const sighting = fold(folded.get(observation.interfaceId), observation, readAt[observation.list]);
    if (sighting) folded.set(observation.interfaceId, sighting);
    else folded.delete(observation.interfaceId);
  }
  return folded;
}

function fold(before: Sighting | undefined, observation: Observation, at: Date | undefined): Sighting | undefined {
  const { interfaceId, list, as, fingerprint, outcome, unread } = observation;
  const isUnchanged = before?.fingerprint === fingerprint && before.list === list;
  // Its owners could not be read, but the interface itself was: a change of it is certain even then.
  // What is certainly not so any more ends, too, whatever else could not be read.
  if (outcome === 'unread') return isUnchanged && unread.includes(before.as) ? before : undefined;
  if (outcome === 'refuted' || as === undefined) return undefined;
  if (!isUnchanged || before.as !== as) {
    return at && { interfaceId, as, list, fingerprint, first: at.toISOString(), newest: at.toISOString(), count: 1 };
  }
  // A clock that stood still or went back proves no time in between.
  const isLater = at !== undefined && at.getTime() > Date.parse(before.newest);
  return isLater ? { ...before, newest: at.toISOString(), count: before.count + 1 } : before;
}
