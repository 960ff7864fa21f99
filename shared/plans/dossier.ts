import { fact, items, section } from '../content/blocks.ts';
import { auditCommand, historyCommand } from '../content/command-line.ts';
import type { Dossier } from '../content/document.ts';
import { minuteOf } from '../content/time.ts';
import { clusterName, count } from '../content/words.ts';
import type { Target } from '../domain/finding.ts';
import type { ProofPoint } from '../domain/verdict.ts';
import { decisionFact } from './content.ts';
import type { PlannedDeletion } from './deletion.ts';
import { addressesOf } from './parts.ts';
import type { ProposedPlan } from './plan.ts';
import { resultBlocksOf } from './result.ts';

/** All that the ledger keeps of a plan: each interface with its proof, and once what all of them have in common. */
export function planDossier(plan: ProposedPlan, target: Target): Dossier {
  const { deletions, refusals, unblocks, createdAt } = plan.plan;
  const { cluster, ledger, result } = plan;
  const common = commonPoints(deletions);
  const about = `${count(deletions.length, 'orphan')} of ${clusterName(cluster)}`;
  const notice = { plan: plan.id, event: 'finished', at: result?.at ?? '', says: plan.says } as const;
  const heading = deletions.length > 1 ? 'Why that is certain, of each interface' : 'Why that is certain';
  return {
    about,
    blocks: [
      ...fact('plan', 'Plan', `${plan.id}: ${about}, ${count(addressesOf(deletions), 'address')}`),
      ...fact('where', 'Where', `account ${target.accountId}, ${target.region}`),
      ...fact('status', 'Status', `${plan.status}: ${plan.says}`),
      ...fact('made', 'Made', `${minuteOf(createdAt)}, proposed ${minuteOf(plan.proposedAt)}, expires ${minuteOf(plan.expiresAt)}`),
      ...decisionFact(plan),
      ...resultBlocksOf({ notice, plan, target }),
      ...listed(
        'unblocks',
        'What it unblocks',
        unblocks.map(({ summary }) => summary),
      ),
      ...listed('proof', heading, common.map(pointText)),
      ...listed('interfaces', 'The interfaces, with what is proven of each by itself', deletions.map(deletionLine(common))),
      ...listed(
        'refusals',
        'What stays, and the guard that holds it back',
        refusals.map(({ interfaceId, guard, reason }) => `${interfaceId}: ${guard}: ${reason}`),
      ),
    ],
    steps: [],
    people: plan.decision ? [plan.decision.by] : [],
    commands: result ? historyCommand(ledger, target.region) : auditCommand(target.region, cluster === '-' ? null : cluster, ledger),
  };
}

const listed = (key: string, heading: string, texts: readonly string[]) => section(key, heading, items(`${key}-list`, texts));

const keyOf = ({ point, outcome, says }: ProofPoint): string => JSON.stringify([point, outcome, says]);
const pointText = ({ point, outcome, says }: ProofPoint): string => `${point} ${outcome}: ${says}`;

/** What is proven of all of them in the same words. */
function commonPoints([first, ...others]: readonly PlannedDeletion[]): readonly ProofPoint[] {
  const proofs = others.map(({ proof }) => new Set(proof.map(keyOf)));
  return (first?.proof ?? []).filter((point) => proofs.every((proof) => proof.has(keyOf(point))));
}

function deletionLine(common: readonly ProofPoint[]): (deletion: PlannedDeletion) => string {
  const known = new Set(common.map(keyOf));
  return ({ interfaceId, addresses, since, proof }) => {
    const own = proof.filter((point) => !known.has(keyOf(point))).map(pointText);
    return `${[interfaceId, ...addresses].join(', ')}, the same since ${minuteOf(since)}${own.length > 0 ? `: ${own.join('; ')}` : ''}`;
  };
}
