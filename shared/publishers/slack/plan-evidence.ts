import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import type { PlannedDeletion } from '../../model/cleanup.ts';
import type { Target } from '../../model/finding.ts';
import type { ProposedPlan } from '../../model/plan.ts';
import type { ProofPoint } from '../../model/verdict.ts';
import { addressesOf, clusterName } from '../plan-facts.ts';
import { resultLines } from '../plan-result.ts';
import { underHeading } from './finding-evidence.ts';
import { usersAmong } from './people.ts';
import { item, type Line, line } from './rich-text.ts';
import { factLine } from './story-lines.ts';

/** All that the ledger keeps of a plan: each interface with its proof, and what all of them have in common told once. */
export function planEvidence(plan: ProposedPlan, target: Target): { about: string; lines: Line[] } {
  const { deletions, refusals, unblocks, createdAt } = plan.plan;
  const people = usersAmong([plan.decision?.by]);
  const common = commonPoints(deletions);
  const about = `${count(deletions.length, 'orphan')} of ${clusterName(plan.cluster)}`;
  return {
    about,
    lines: [
      line('Plan', `${plan.id}: ${about}, ${count(addressesOf(deletions), 'address')}`),
      line('Where', `account ${target.accountId}, ${target.region}`),
      line('Status', `${plan.status}: ${plan.says}`, people),
      line('Made', `${minuteOf(createdAt)}, proposed ${minuteOf(plan.proposedAt)}, expires ${minuteOf(plan.expiresAt)}`),
      ...outcomeLines(plan, target),
      ...underHeading(
        'What it unblocks:',
        unblocks.map(({ summary }) => item(summary)),
      ),
      ...underHeading(
        deletions.length > 1 ? 'Why that is certain, of each interface:' : 'Why that is certain:',
        common.map((point) => item(pointText(point))),
      ),
      ...underHeading('The interfaces, with what is proven of each by itself:', deletions.map(deletionLine(common))),
      ...underHeading(
        'What stays, and the guard that holds it back:',
        refusals.map(({ interfaceId, guard, reason }) => item(`${interfaceId}: ${guard}: ${reason}`)),
      ),
    ],
  };
}

/** Who answered, and what came of it. */
function outcomeLines(plan: ProposedPlan, target: Target): Line[] {
  const { decision, result } = plan;
  const people = usersAmong([decision?.by]);
  if (!result) {
    const label = decision?.verdict === 'reject' ? 'Rejected by' : 'Approved by';
    return decision ? [line(label, `${decision.by} (${decision.via}), ${minuteOf(decision.at)}`, people)] : [];
  }
  const notice = { plan: plan.id, event: 'finished', at: result.at, says: plan.says } as const;
  return resultLines({ kind: 'plan', id: '', target, notice, plan }).map((fact) => factLine(fact, people));
}

const keyOf = ({ point, outcome, says }: ProofPoint): string => JSON.stringify([point, outcome, says]);
const pointText = ({ point, outcome, says }: ProofPoint): string => `${point} ${outcome}: ${says}`;

/** What is proven of all of them in the same words. */
function commonPoints([first, ...others]: readonly PlannedDeletion[]): readonly ProofPoint[] {
  const proofs = others.map(({ proof }) => new Set(proof.map(keyOf)));
  return (first?.proof ?? []).filter((point) => proofs.every((proof) => proof.has(keyOf(point))));
}

function deletionLine(common: readonly ProofPoint[]): (deletion: PlannedDeletion) => Line {
  const told = new Set(common.map(keyOf));
  return ({ interfaceId, addresses, since, proof }) => {
    const own = proof.filter((point) => !told.has(keyOf(point))).map(pointText);
    return item(
      `${[interfaceId, ...addresses].join(', ')}, the same since ${minuteOf(since)}${own.length > 0 ? `: ${own.join('; ')}` : ''}`,
    );
  };
}
