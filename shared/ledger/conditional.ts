import type { LedgerChange, LedgerOutcome, LedgerRecord } from './store.ts';

/** Applies the changes in order to the records, each only if the record still has the version that was read. */
export function applyChanges(records: Map<string, LedgerRecord>, changes: readonly LedgerChange[]): LedgerOutcome[] {
  return changes.map((change) => {
    const current = records.get(change.key);
    if ((current?.version ?? 0) !== change.ifVersion) return { key: change.key, written: false, winner: current };
    if ('delete' in change) records.delete(change.key);
    else records.set(change.key, { key: change.key, version: change.ifVersion + 1, body: change.body });
    return { key: change.key, written: true };
  });
}
