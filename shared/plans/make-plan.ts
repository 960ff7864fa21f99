import { createHash } from 'node:crypto';
import { sentenceOf } from '../content/words.ts';
import { PIN_EVIDENCE } from '../domain/evidence/parts.ts';
import { readEvidence } from '../domain/evidence/read.ts';
import type { Finding } from '../domain/finding.ts';
import { clusterNamesOf, clusterOf, INSTANCE_TAG, TRUNK_TAG } from '../domain/tags.ts';
import { fingerprint } from '../proof/fingerprint.ts';
import { proveAbandoned } from '../proof/orphan.ts';
import { seenTwice } from '../proof/sightings.ts';
import type { Candidate, GuardContext, Plan, PlannedDeletion, Refusal } from './deletion.ts';
import { askGuards } from './guards/index.ts';

/** What a plan is made of: the findings of one run, and the reads behind them. */
export interface PlanInput {
  context: Omit<GuardContext, 'position'>;
  /** Open findings of orphaned-branch-eni, suspects included: they are refused with the reason. */
  orphans: readonly { finding: Finding; candidate: Candidate }[];
  /** Findings of pinned-by-orphans. */
  pinned: readonly Finding[];
  at: Date;
}

/** From orphans to deletions and refusals, in the order of their ids. Says what would be done; does nothing. */
export function makePlan({ context, orphans, pinned, at }: PlanInput): Plan {
  const deletions: PlannedDeletion[] = [];
  const refusals: Refusal[] = [];
  for (const { finding, candidate } of [...orphans].sort((a, b) => (a.candidate.interfaceId < b.candidate.interfaceId ? -1 : 1))) {
    const verdict = askGuards(candidate, { ...context, position: deletions.length });
    if (verdict.allowed) deletions.push(planned(finding, candidate, verdict.eni, context));
    else refusals.push({ interfaceId: candidate.interfaceId, cluster: finding.cluster, guard: verdict.guard, reason: verdict.reason });
  }
  const going = new Set(deletions.map((deletion) => deletion.interfaceId));
  return {
    target: context.target,
    createdAt: at.toISOString(),
    digest: digestOf(context.target, deletions),
    deletions,
    refusals,
    unblocks: pinned
      .filter((finding) => isUnlockedBy(finding, going))
      .map((finding) => ({ subject: finding.subject, summary: sentenceOf(finding) })),
  };
}

function planned(
  finding: Finding,
  { sighting, ...candidate }: Candidate,
  eni: Parameters<typeof fingerprint>[0],
  { target, minOrphanAgeMinutes }: PlanInput['context'],
): PlannedDeletion {
  return {
    interfaceId: eni.id,
    cluster: clusterOf(eni) ?? '-',
    findingId: finding.id,
    fingerprint: fingerprint(eni),
    since: sighting?.first ?? '',
    owners: { clusters: clusterNamesOf(eni.tags), trunk: eni.tags[TRUNK_TAG], instance: eni.tags[INSTANCE_TAG] },
    addresses: [...eni.privateIpAddresses, ...eni.ipv6Addresses, ...eni.prefixes],
    proof: [...proveAbandoned(eni, candidate, target.accountId), seenTwice(sighting, 'orphan', minOrphanAgeMinutes)],
  };
}

/** Over what would be deleted and why: the interface in its state, since when it was seen so. Not the time of the plan, nor the count of sightings. */
function digestOf(target: Plan['target'], deletions: readonly PlannedDeletion[]): string {
  const subject = deletions.map(({ interfaceId, cluster, fingerprint, since, proof }) => [
    interfaceId,
    cluster,
    fingerprint,
    since,
    proof.map((point) => [point.point, point.outcome]),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([target.accountId, target.region, subject]))
    .digest('hex')
    .slice(0, 16);
}

/** Whether the deletions free what a finding says is pinned: only when nothing else of the unlock set stays. */
export function isUnlockedBy({ evidence }: Pick<Finding, 'evidence'>, going: ReadonlySet<string>): boolean {
  const { unlockSet, trunks } = readEvidence(PIN_EVIDENCE, evidence);
  // A list that cannot be read may name a holder that stays.
  if (!unlockSet || !trunks) return false;
  const holders = [...unlockSet, ...trunks];
  return holders.length > 0 && holders.every((id) => going.has(id));
}
