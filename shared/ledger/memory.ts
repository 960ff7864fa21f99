import type { Target } from '../domain/finding.ts';
import { applyChanges } from './conditional.ts';
import type { LedgerRecord, LedgerStore } from './store.ts';

// Through JSON as every lasting store, so that nobody comes to rely on what only memory keeps, or shares an object with the ledger.
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A ledger that lasts as long as the process. */
export function memoryStore(name = 'memory'): LedgerStore {
  const targets = new Map<string, Map<string, LedgerRecord>>();
  const recordsOf = ({ accountId, region }: Target) => {
    const key = `${accountId}/${region}`;
    const records = targets.get(key) ?? new Map<string, LedgerRecord>();
    targets.set(key, records);
    return records;
  };
  return {
    name,
    load: async (target) => copy([...recordsOf(target).values()]),
    get: async (target, key) => {
      const record = recordsOf(target).get(key);
      return record && copy(record);
    },
    // Outcomes are cloned otherwise: `winner: undefined` would not survive JSON.
    write: async (target, changes) => structuredClone(applyChanges(recordsOf(target), copy(changes))),
  };
}
