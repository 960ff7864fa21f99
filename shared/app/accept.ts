// Somebody answers for a finding: one conditional write, which the next audit of that region takes into account.
import { ACCEPTANCE, FINDING } from '../findings/record.ts';
import { type AcceptanceAnswer, type AcceptanceRequest, accept } from '../ledger/acceptance.ts';
import { statesById } from '../ledger/kind.ts';
import type { LedgerStore } from '../ledger/store.ts';
import type { Target } from '../model/finding.ts';
import { refuseUnnamed } from './named-person.ts';

export type { AcceptanceAnswer, AcceptanceRequest } from '../ledger/acceptance.ts';

export interface AcceptDeps {
  store: LedgerStore;
  clock: () => Date;
}

// Two people may accept the same finding at once: the later one sees the other's, and takes its place or leaves it.
const ATTEMPTS = 3;

/** Records an acceptance, or says why not. Throws when the ledger could not be read or written. */
export async function acceptFinding({ store, clock }: AcceptDeps, target: Target, request: AcceptanceRequest): Promise<AcceptanceAnswer> {
  const { findingId, by, clickedOn } = request;
  refuseUnnamed(by, clickedOn ? 'slack' : 'cli', 'nothing is accepted');
  const key = ACCEPTANCE.key(findingId);
  const [found, kept] = await Promise.all([store.get(target, FINDING.key(findingId)), store.get(target, key)]);
  const state = statesById(found ? [found] : [], FINDING).get(findingId);
  let before = kept;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = accept(state, request, clock(), statesById(before ? [before] : [], ACCEPTANCE).get(findingId));
    if (!answer.accepted) return answer;
    const change = { key, ifVersion: before?.version ?? 0, body: { kind: 'acceptance', state: answer.acceptance } } as const;
    const [outcome] = await store.write(target, [change]);
    if (!outcome || outcome.written) return answer;
    before = outcome.winner;
  }
  throw new Error(`the acceptance of ${findingId} in ${store.name} is being written by others all the time; try again`);
}
