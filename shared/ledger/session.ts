// A ledger as one run sees it: what it loads of an account and region it loads once, and from then on it knows its own writes, and what
// won where it lost. Everything else may be older than the ledger, so that a run decides on it, and a write that was decided on something
// old loses and is decided again; never does it overwrite what another run wrote.
//
//   run A   loads 3 ──────────────────── writes 4 if 3: lost, knows B's 4 from now on ── decides again ── writes 5 if 4
//   run B   loads 3 ── writes 4 if 3: written
//
// What must not be old is read with `get`, which asks the ledger, or with `reload`: who holds a lease or a claim, what people answered, what
// was delivered; and before anything is deleted, no session is used at all.
import type { Target } from '../domain/finding.ts';
import type { LedgerChange, LedgerOutcome, LedgerRecord, LedgerStore } from './store.ts';

export interface LedgerSession extends LedgerStore {
  /** Every record as it is now. A record may be deleted and made anew with the same version, and only this shows what came to be meanwhile. */
  reload(target: Target): Promise<readonly LedgerRecord[]>;
}

type Partition = Map<string, LedgerRecord>;

/** A session over a store; of a session, itself. It is as short as one run: no later run may build on what it knows. */
export function openSession(store: LedgerStore | LedgerSession): LedgerSession {
  if ('reload' in store) return store;
  const partitions = new Map<string, Promise<Partition>>();
  const nameOf = ({ accountId, region }: Target): string => `${accountId}/${region}`;

  const read = (target: Target): Promise<Partition> => {
    const name = nameOf(target);
    const loading = store.load(target).then((records) => new Map(records.map((record) => [record.key, record])));
    partitions.set(name, loading);
    // What could not be read is asked for again: a failure is no empty ledger.
    loading.catch(() => partitions.get(name) === loading && partitions.delete(name));
    return loading;
  };

  const learn = async (target: Target, key: string, record: LedgerRecord | undefined): Promise<void> => {
    const known = await partitions.get(nameOf(target))?.catch(() => undefined);
    if (record) known?.set(key, { ...record });
    else known?.delete(key);
  };

  const write: LedgerStore['write'] = async (target, changes) => {
    const outcomes = await store.write(target, changes).catch((error: unknown) => {
      // Some may have been written: nobody knows which.
      partitions.delete(nameOf(target));
      throw error;
    });
    for (const [index, change] of changes.entries()) await learn(target, change.key, after(change, outcomes[index]));
    return outcomes;
  };

  return {
    name: store.name,
    load: async (target) => recordsOf(await (partitions.get(nameOf(target)) ?? read(target))),
    reload: async (target) => recordsOf(await read(target)),
    get: async (target, key) => {
      const record = await store.get(target, key);
      await learn(target, key, record);
      return record;
    },
    write,
  };
}

// Whoever changes one of them changes nothing of what the session knows.
const recordsOf = (partition: Partition): LedgerRecord[] => [...partition.values()].map((record) => ({ ...record }));

/** The record after an attempt to change it, as a store gives it back: through JSON. */
function after(change: LedgerChange, outcome: LedgerOutcome | undefined): LedgerRecord | undefined {
  if (outcome && !outcome.written) return outcome.winner;
  if ('delete' in change) return undefined;
  return { key: change.key, version: change.ifVersion + 1, body: JSON.parse(JSON.stringify(change.body)) };
}

/** A record as the session knows it. */
export const knownRecord = async (store: LedgerStore, target: Target, key: string): Promise<LedgerRecord | undefined> =>
  (await store.load(target)).find((record) => record.key === key);
