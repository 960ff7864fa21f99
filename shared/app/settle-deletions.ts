import { FINDING } from '../findings/record.ts';
import { cleaned } from '../ledger/cleaned.ts';
import type { LedgerStore } from '../ledger/store.ts';
import type { DeletionOutcome } from '../model/cleanup.ts';
import type { Target } from '../model/finding.ts';

const ATTEMPTS = 5;

/** What became of the deletions, in the findings that they were about: cleaned, resolved, or failed; each owed to the publishers. */
export async function settleDeletions(
  store: LedgerStore,
  target: Target,
  outcomes: readonly DeletionOutcome[],
  publishers: readonly string[],
  at: Date,
): Promise<void> {
  for (const outcome of outcomes) {
    const key = FINDING.key(outcome.findingId);
    let record = await store.get(target, key);
    for (let attempt = 0; attempt < ATTEMPTS && record?.body.kind === 'finding'; attempt += 1) {
      const state = cleaned(record.body.state, outcome, at, publishers);
      if (!state) break;
      const [written] = await store.write(target, [{ key, ifVersion: record.version, body: { kind: 'finding', state } }]);
      if (!written || written.written) break;
      record = written.winner;
    }
  }
}
