// A worker that ended between the delete and its record leaves `deleting` behind, and its interface is in no list and no plan any more:
// only the record itself still tells that somebody has to look.
import { isHeld } from '../../ledger/lease.ts';
import type { DeletionOutcome, DeletionRecord } from '../deletion.ts';
import { afterAbsence } from './delete-one.ts';
import { HELD } from './journal.ts';
import type { ExecuteDeps } from './ports.ts';

/** Records what became of the deletions that nobody has in hand any more and whose interface is gone. What is still there is planned anew. */
export async function recordAbandoned(
  { reads, journal, clock }: Pick<ExecuteDeps, 'reads' | 'journal' | 'clock'>,
  records: readonly DeletionRecord[],
): Promise<DeletionOutcome[]> {
  const outcomes: DeletionOutcome[] = [];
  const isLeft = ({ status, lease }: DeletionRecord) => HELD.has(status) && !isHeld(lease, clock());
  for (const record of records.filter(isLeft)) {
    const { interfaceId, cluster, findingId } = record;
    const eni = await reads.interface(interfaceId);
    if (!eni.ok || eni.value.found) continue;
    const claim = await journal.claim(record);
    if (!claim.claimed) continue;
    const { status, says } = afterAbsence(claim);
    await journal.note(interfaceId, { status, says });
    outcomes.push({ interfaceId, cluster, findingId, status, says });
  }
  return outcomes;
}
