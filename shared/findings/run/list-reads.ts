// Two runs may overlap. The newest complete read of a list that is recorded tells a slower run that it was overtaken.

import type { Observation, Sighting } from '../../domain/inventory.ts';
import type { LedgerChange, LedgerRecord } from '../../ledger/store.ts';
import { LIST_READ } from '../record.ts';
import type { ListReads } from '../sightings.ts';

/** The lists whose reads are recorded. */
export const LISTS: readonly Sighting['list'][] = ['branchEnis', 'trunkEnis'];

// Runs overlap for minutes. Whoever is hours behind was not overtaken: a clock was wrong, then or now.
const LONGEST_RUN_MS = 60 * 60_000;

/** What of a run's observations may touch the sightings, and which sightings are of no use to it. */
export interface Standing {
  observations: readonly Observation[];
  readAt: ListReads;
  previous: ReadonlyMap<string, Sighting>;
}

const recordedRead = (records: readonly LedgerRecord[], list: Sighting['list']): string | undefined => {
  const body = records.find((record) => record.key === LIST_READ.key(list))?.body;
  return body?.kind === 'list-read' ? body.state.readAt : undefined;
};

/**
 * A read older than the newest that is recorded neither counts, begins nor ends anything: the newer one may have seen otherwise
 * without leaving a trace. One that is older by hours shows that a clock was wrong, and all sightings of that list begin again.
 */
export function standingOf(
  records: readonly LedgerRecord[],
  given: { observations: readonly Observation[]; readAt: ListReads; sightings: ReadonlyMap<string, Sighting> },
): Standing {
  const behind = (list: Sighting['list']): number | undefined => {
    const [ours, newest] = [given.readAt[list], recordedRead(records, list)];
    return ours && newest !== undefined ? Date.parse(newest) - ours.getTime() : undefined;
  };
  const isOvertaken = (list: Sighting['list']) => {
    const ms = behind(list);
    return ms !== undefined && ms > 0 && ms <= LONGEST_RUN_MS;
  };
  const isClockWrong = (list: Sighting['list']) => (behind(list) ?? 0) > LONGEST_RUN_MS;
  return {
    observations: given.observations.filter(({ list }) => !isOvertaken(list)),
    readAt: {
      branchEnis: isOvertaken('branchEnis') ? undefined : given.readAt.branchEnis,
      trunkEnis: isOvertaken('trunkEnis') ? undefined : given.readAt.trunkEnis,
    },
    previous: new Map([...given.sightings].filter(([, { list }]) => !isClockWrong(list))),
  };
}

/** The writes that record this run's reads, to be made after everything else: whoever reads them then sees all of this run. */
export function listReadChanges(records: readonly LedgerRecord[], readAt: ListReads): LedgerChange[] {
  return LISTS.flatMap((list) => {
    const at = readAt[list];
    if (!at) return [];
    const key = LIST_READ.key(list);
    const ifVersion = records.find((record) => record.key === key)?.version ?? 0;
    return [{ key, ifVersion, body: { kind: 'list-read', state: { list, readAt: at.toISOString() } } }];
  });
}
