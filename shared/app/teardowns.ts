import type { LedgerRecord, LedgerStore } from '../ledger/store.ts';
import type { Target } from '../model/finding.ts';
import type { TeardownState } from '../model/teardown.ts';

// A message may be delivered twice and to two workers: whoever loses gets what the winner wrote and decides again.
const ATTEMPTS = 5;

const stateOf = (record: LedgerRecord | undefined): TeardownState | undefined =>
  record?.body.kind === 'teardown' ? record.body.state : undefined;

/** Writes what `next` makes of a teardown, starting from the record that was loaded; undefined leaves it as it is. */
export async function putTeardown(
  store: LedgerStore,
  target: Target,
  key: string,
  loaded: LedgerRecord | undefined,
  next: (now: TeardownState | undefined) => TeardownState | undefined,
): Promise<void> {
  let record = loaded;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const state = next(stateOf(record));
    if (!state) return;
    const [outcome] = await store.write(target, [{ key, ifVersion: record?.version ?? 0, body: { kind: 'teardown', state } }]);
    if (!outcome || outcome.written) return;
    record = outcome.winner;
  }
  throw new Error(`${key} in ${store.name} is being written by others all the time; the message is tried again`);
}
