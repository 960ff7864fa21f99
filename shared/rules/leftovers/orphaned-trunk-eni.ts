import { INTERFACE_EVIDENCE } from '../../domain/evidence/parts.ts';
import { clusterOf } from '../../domain/tags.ts';
import { proveTrunkAbandoned, standing } from '../../proof/orphan.ts';
import { seenTwice } from '../../proof/sightings.ts';
import { defineRule } from '../define.ts';
import { because, deletionRemedy, interfaceEvidence, seenSince } from './interface-evidence.ts';

export default defineRule({
  meta: {
    id: 'orphaned-trunk-eni',
    title: 'Trunk interface of a deleted cluster',
    severity: 'medium',
    states: ['suspect', 'orphan'],
    why: 'A trunk interface that was detached from its node before the node went stays when its cluster is gone; it holds an address and the node security groups.',
    remedy: 'Delete it by hand once it is proven an orphan. It is never deleted by us.',
  },
  topic: 'leftovers',
  leftover: 'trunk',
  evidence: INTERFACE_EVIDENCE,
  needs: ['trunkEnis', 'clusters', 'instances', 'sightings'],
  evaluate: ({ trunkEnis, clusters, instances, sightings }, { target, minOrphanAgeMinutes }) =>
    trunkEnis.map((trunk) => {
      const proof = proveTrunkAbandoned(trunk, { clusters, instances }, target.accountId);
      const { standing: stands, because: points } = standing(proof);
      const base = { subject: { type: 'network-interface', id: trunk.id }, cluster: clusterOf(trunk) } as const;
      if (stands !== 'proven') {
        const verdict = stands === 'refuted' ? 'not-applicable' : 'unknown';
        return { ...base, verdict, summary: because(points), evidence: interfaceEvidence(trunk, proof, undefined) };
      }
      const sighting = sightings[trunk.id];
      const seen = seenTwice(sighting, 'orphan', minOrphanAgeMinutes);
      const isOrphan = seen.outcome === 'holds';
      return {
        ...base,
        verdict: 'fail',
        state: isOrphan ? 'orphan' : 'suspect',
        summary: `trunk ${trunk.id} ${isOrphan ? 'is an orphan' : 'looks like an orphan'} of the deleted cluster ${base.cluster}`,
        details: seen.says,
        evidence: interfaceEvidence(trunk, [...proof, seen], sighting),
        remedy: isOrphan
          ? deletionRemedy(trunk, target.region, 'Delete it by hand, after its branch interfaces.')
          : { summary: `Look again: ${seen.says}.`, commands: [] },
        ...seenSince(sighting),
      };
    }),
});
