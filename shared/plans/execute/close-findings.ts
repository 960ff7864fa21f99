import { cleaned } from '../../findings/cleaned.ts';
import { FINDING } from '../../findings/record.ts';
import { type Place, update } from '../../ledger/update.ts';
import type { DeletionOutcome } from '../deletion.ts';

/** What became of the deletions, in the findings that they were about: cleaned, resolved, or failed; each for the publishers to tell. */
export async function closeFindings(
  place: Place,
  outcomes: readonly DeletionOutcome[],
  publishers: readonly string[],
  at: Date,
): Promise<void> {
  for (const outcome of outcomes)
    await update(place, FINDING, FINDING.key(outcome.findingId), (now) => ({ state: now && cleaned(now, outcome, at, publishers) }));
}
