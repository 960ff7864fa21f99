import { describeFailure } from '../../domain/read.ts';
import type { Candidate, FoundCandidate, Guard, GuardContext } from '../deletion.ts';
import batchLimit from './batch-limit.ts';
import clusterGone from './cluster-gone.ts';
import controllerOwned from './controller-owned.ts';
import fingerprintUnchanged from './fingerprint-unchanged.ts';
import notAccepted from './not-accepted.ts';
import notExcluded from './not-excluded.ts';
import notManaged from './not-managed.ts';
import ownAccount from './own-account.ts';
import { proofComplete } from './proof-complete.ts';
import seenTwice from './seen-twice.ts';
import statusAvailable from './status-available.ts';
import trunkAndInstanceGone from './trunk-and-instance-gone.ts';

/** Every guard, in the order in which they are asked; the first refusal is the one that is told. The cap comes last. */
export const GUARDS: readonly Guard[] = [
  proofComplete,
  controllerOwned,
  ownAccount,
  statusAvailable,
  notManaged,
  notExcluded,
  notAccepted,
  clusterGone,
  trunkAndInstanceGone,
  fingerprintUnchanged,
  seenTwice,
  batchLimit,
];

export type Verdict = { allowed: true; eni: FoundCandidate['eni'] } | { allowed: false; gone: boolean; guard: string; reason: string };

/** Whether every guard lets an interface through, or which one holds it back. */
export function askGuards(candidate: Candidate, context: GuardContext): Verdict {
  if (!candidate.eni.ok) return { allowed: false, gone: false, guard: proofComplete.id, reason: describeFailure(candidate.eni.reason) };
  if (!candidate.eni.value.found) return { allowed: false, gone: true, guard: 'exists', reason: 'it is already gone' };
  const found: FoundCandidate = { ...candidate, eni: candidate.eni.value.interface };
  for (const guard of GUARDS) {
    const verdict = guard.judge(found, context);
    if (!verdict.allows) return { allowed: false, gone: false, guard: guard.id, reason: verdict.reason };
  }
  return { allowed: true, eni: found.eni };
}
