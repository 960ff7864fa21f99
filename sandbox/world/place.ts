import { createHash } from 'node:crypto';
import type { Timeline } from '../clock.ts';
import type { RegionState } from './state.ts';

/** What actors need to act in one region. */
export interface Place {
  state: RegionState;
  timeline: Timeline;
  accountId: string;
  /** Where the sandbox listens: queue URLs begin with it. */
  endpoint: () => string;
  /** e.g. `newId('eni')`. The same story gives the same ids. */
  newId: (prefix: string) => string;
  clusterDeletionMinutes: number;
  /** What EC2 calls a branch that no trunk holds any more; no sample of a real one was found. */
  releasedBranchType: string;
}

/** Ids of the long form: a prefix and 17 hexadecimal digits. */
export function createIds(seed: string): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    return `${prefix}-0${createHash('sha256').update(`${seed}/${count}`).digest('hex').slice(0, 16)}`;
  };
}

/** The value of a key that must be there; a missing one is a mistake of the story that is being told. */
export function existing<T>(map: ReadonlyMap<string, T>, key: string, what: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The sandbox has no ${what} ${key}. It has: ${[...map.keys()].join(', ') || 'none'}.`);
  return value;
}
