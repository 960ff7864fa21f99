// Somebody answers for a finding: one conditional write, which the next audit of that region takes into account.
import { type AcceptanceAnswer, type AcceptanceRequest, accept } from '../ledger/acceptance.ts';
import { findingsOf } from '../ledger/records.ts';
import type { Target } from '../model/finding.ts';
import { acceptanceKey, findingKey, type LedgerStore } from '../model/ledger.ts';

export type { AcceptanceAnswer, AcceptanceRequest } from '../ledger/acceptance.ts';

export interface AcceptDeps {
  store: LedgerStore;
  clock: () => Date;
}

// Two people may accept the same finding at once: the later one sees the other's and takes its place.
const ATTEMPTS = 3;

/** Records an acceptance, or says why not. Throws when the ledger could not be read or written. */
export async function acceptFinding({ store, clock }: AcceptDeps, target: Target, request: AcceptanceRequest): Promise<AcceptanceAnswer> {
  const { findingId, by } = request;
  // AWS answered, and named nobody: that is no named person.
  if (!by.startsWith('arn:')) throw new Error(`who is asking could not be read (${by}), so nothing is accepted`);
  const found = await store.get(target, findingKey(findingId));
  const answer = accept(findingsOf(found ? [found] : []).get(findingId), request, clock());
  if (!answer.accepted) return answer;
  const key = acceptanceKey(findingId);
  let before = await store.get(target, key);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const change = { key, ifVersion: before?.version ?? 0, body: { kind: 'acceptance', acceptance: answer.acceptance } } as const;
    const [outcome] = await store.write(target, [change]);
    if (!outcome || outcome.written) return answer;
    before = outcome.winner;
  }
  throw new Error(`the acceptance of ${findingId} in ${store.name} is being written by others all the time; try again`);
}
