import type { LedgerStore } from '../../shared/ledger/store.ts';

/** A store, and what it was asked: which partitions were loaded, which single records were read, how often it was written to. */
export function countingStore(store: LedgerStore) {
  const asked = { loads: [] as string[], gets: [] as string[], writes: 0 };
  const counting: LedgerStore = {
    name: store.name,
    load: async (target) => {
      asked.loads.push(target.region);
      return store.load(target);
    },
    get: async (target, key) => {
      asked.gets.push(key);
      return store.get(target, key);
    },
    write: async (target, changes) => {
      if (changes.length > 0) asked.writes += 1;
      return store.write(target, changes);
    },
  };
  return { store: counting, asked };
}

/** A store whose first load is as old as what happens right behind it. */
export function loadedBefore(store: LedgerStore, meanwhile: () => Promise<void>): LedgerStore {
  let isFirst = true;
  return {
    ...store,
    load: async (target) => {
      const records = await store.load(target);
      if (isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return records;
    },
  };
}
