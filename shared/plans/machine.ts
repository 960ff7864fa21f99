// The machine-readable form of a plan: its shape is a contract like that of every message.
import type { Of } from '../content/announce.ts';
import { decisionCommand } from '../content/command-line.ts';
import { addressesOf, observationsOf } from './parts.ts';

/** What a notice of a plan tells programs; without `details` the counts alone. */
export function machine({ notice, plan, target }: Of<'plan'>, details: boolean): Readonly<Record<string, unknown>> {
  const { id, round, status, proposedAt, expiresAt, ledger, decision = null, result, plan: of } = plan;
  const deletions = of.deletions.map(({ interfaceId, findingId, addresses, since, fingerprint }) => {
    return { interfaceId, findingId, addresses, since, fingerprint };
  });
  const isWaiting = status === 'waiting';
  return {
    transition: notice.event,
    at: notice.at,
    summary: notice.says,
    // Which round the notice is about; `plan` is the one that the ledger has now.
    planId: notice.plan,
    interfaceCount: of.deletions.length,
    addressCount: addressesOf(of.deletions),
    refusalCount: of.refusals.length,
    interfaceIds: details ? of.deletions.map(({ interfaceId }) => interfaceId) : [],
    commands: {
      approve: isWaiting ? (decisionCommand('approve', plan, target.region)[0] ?? null) : null,
      reject: isWaiting ? (decisionCommand('reject', plan, target.region)[0] ?? null) : null,
    },
    plan: {
      ...{ id, round, digest: of.digest, status, proposedAt, expiresAt, ledger, decision },
      result: result ? { at: result.at, stop: result.stop ?? null, outcomes: details ? result.outcomes : [] } : null,
    },
    unblocks: of.unblocks,
    refusals: details ? of.refusals : [],
    deletions: details ? deletions : [],
    // Each kind of observation once: every proof in full is in the findings' own messages and in the ledger.
    proof: details ? observationsOf(of.deletions) : [],
  };
}
