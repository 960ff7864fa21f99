import { INTERFACE_EVIDENCE } from '../../domain/evidence/parts.ts';
import type { NetworkInterface, Sighting, Slices } from '../../domain/inventory.ts';
import { clusterOf } from '../../domain/tags.ts';
import type { Judgement, ProofPoint } from '../../domain/verdict.ts';
import { proveAbandoned, standing } from '../../proof/orphan.ts';
import { seenTwice } from '../../proof/sightings.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { because, deletionRemedy, interfaceEvidence, seenSince } from './interface-evidence.ts';

const NOT_OURS = ['controller-owned', 'own-account', 'status-available', 'not-managed'];

export default defineRule({
  meta: {
    id: 'orphaned-branch-eni',
    title: 'Branch interface of a deleted cluster',
    severity: 'high',
    states: ['suspect', 'orphan'],
    why: 'Deleting a cluster whose pods had security groups of their own leaves their interfaces behind; they hold addresses and keep groups, subnets and VPCs from being deleted.',
    remedy: 'Delete the interface once it is proven an orphan; a suspect must be seen again first.',
  },
  topic: 'leftovers',
  leftover: 'branch',
  evidence: INTERFACE_EVIDENCE,
  needs: ['branchEnis', 'clusters', 'trunks', 'instances', 'sightings'],
  evaluate: (slices, context) => slices.branchEnis.map((eni) => judge(eni, slices, context)),
});

type Needed = Pick<Slices, 'clusters' | 'trunks' | 'instances' | 'sightings'>;

function judge(eni: NetworkInterface, slices: Needed, context: RuleContext): Judgement {
  const proof = proveAbandoned(eni, slices, context.target.accountId);
  const stands = standing(proof);
  const base = { subject: { type: 'network-interface', id: eni.id }, cluster: clusterOf(eni) } as const;
  if (stands.standing === 'proven') return { ...base, ...abandoned(eni, proof, slices.sightings[eni.id], context) };
  const evidence = interfaceEvidence(eni, proof, undefined);
  const foreign = stands.standing === 'refuted' && stands.because.some((point) => NOT_OURS.includes(point.point));
  const verdict = foreign ? 'not-applicable' : stands.standing === 'refuted' ? 'pass' : 'unknown';
  return { ...base, verdict, summary: because(stands.because), evidence };
}

function abandoned(eni: NetworkInterface, proof: readonly ProofPoint[], sighting: Sighting | undefined, context: RuleContext) {
  const seen = seenTwice(sighting, 'orphan', context.minOrphanAgeMinutes);
  const isOrphan = seen.outcome === 'holds';
  return {
    verdict: 'fail',
    state: isOrphan ? 'orphan' : 'suspect',
    summary: `${eni.id} ${isOrphan ? 'is an orphan' : 'looks like an orphan'} of the deleted cluster ${clusterOf(eni)}`,
    details: seen.says,
    evidence: interfaceEvidence(eni, [...proof, seen], sighting),
    remedy: isOrphan
      ? deletionRemedy(eni, context.target.region, 'Delete it; nothing uses it any more.')
      : { summary: `Look again: ${seen.says}.`, commands: [] },
    ...seenSince(sighting),
  } as const;
}
