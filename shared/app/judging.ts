// One worker at a time judges the changes of a region: a burst leaves as many messages as it had changes, and five workers to take them.
import { JUDGING } from '../changes/record.ts';
import type { LedgerRecord, LedgerStore } from '../ledger/store.ts';
import type { Target } from '../model/finding.ts';

// Longer than the function that judges may run: a worker that was killed holds up nobody for longer.
const LEASE_MS = 6 * 60_000;

/** Takes the region's judgement; undefined: somebody else has it. What is given back lets go of it. */
export async function takeJudgement(store: LedgerStore, target: Target, now: Date): Promise<(() => Promise<void>) | undefined> {
  const held = await store.get(target, JUDGING.key());
  if (leaseOf(held) > now.getTime()) return undefined;
  const judging = { since: now.toISOString(), leaseUntil: new Date(now.getTime() + LEASE_MS).toISOString() };
  const version = held?.version ?? 0;
  const [taken] = await store.write(target, [{ key: JUDGING.key(), ifVersion: version, body: { kind: 'judging', state: judging } }]);
  if (!taken?.written) return undefined;
  return async () => {
    // Whoever took it after the lease ran out keeps it.
    await store.write(target, [{ key: JUDGING.key(), ifVersion: version + 1, delete: true }]);
  };
}

const leaseOf = (record: LedgerRecord | undefined): number =>
  record?.body.kind === 'judging' ? Date.parse(record.body.state.leaseUntil) : 0;
