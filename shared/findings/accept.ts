// Somebody answers for a finding: one conditional write, which the next audit of that region takes into account.

import type { Target } from '../domain/finding.ts';
import { refuseUnnamed } from '../domain/named-person.ts';
import { stateOf } from '../ledger/kind.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { uncontested, update } from '../ledger/update.ts';
import { type AcceptanceAnswer, type AcceptanceRequest, accept } from './acceptance.ts';
import { ACCEPTANCE, FINDING } from './record.ts';

export type { AcceptanceAnswer, AcceptanceRequest } from './acceptance.ts';

export interface AcceptDeps {
  store: LedgerStore;
  clock: () => Date;
}

/** Records an acceptance, or says why not. Throws when the ledger could not be read or written. */
export async function acceptFinding({ store, clock }: AcceptDeps, target: Target, request: AcceptanceRequest): Promise<AcceptanceAnswer> {
  const { findingId, by, clickedOn } = request;
  refuseUnnamed(by, clickedOn ? 'slack' : 'cli', 'nothing is accepted');
  const state = stateOf(await store.get(target, FINDING.key(findingId)), FINDING);
  const { decision } = uncontested(
    // Two people may accept the same finding at once: the later one sees the other's, and takes its place or leaves it.
    await update({ store, target }, ACCEPTANCE, ACCEPTANCE.key(findingId), (before) => {
      const answer = accept(state, request, clock(), before);
      return { answer, state: answer.accepted ? answer.acceptance : undefined };
    }),
  );
  return decision.answer;
}
