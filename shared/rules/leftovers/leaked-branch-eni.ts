import { INTERFACE_EVIDENCE } from '../../domain/evidence/parts.ts';
import { clusterOf } from '../../domain/tags.ts';
import { liveClusterOf, proveLeaked } from '../../proof/leak.ts';
import { standing } from '../../proof/orphan.ts';
import { LEAK_AGE_MINUTES, seenTwice } from '../../proof/sightings.ts';
import { defineRule } from '../define.ts';
import { because, interfaceEvidence, seenSince } from './interface-evidence.ts';

const NOT_LEAKED = { unread: 'unknown', undecidable: 'unknown' } as const;

export default defineRule({
  meta: {
    id: 'leaked-branch-eni',
    title: 'Branch interface that a live cluster does not collect',
    severity: 'medium',
    states: ['suspect', 'leaked'],
    why: "A live cluster's controller collects available branch interfaces within an hour; one that stays holds an address and shows that the collection fails.",
    remedy: "Find out why the cluster's controller does not collect it (role, tags, throttling). It is never deleted by us.",
  },
  topic: 'leftovers',
  leftover: 'leak',
  evidence: INTERFACE_EVIDENCE,
  needs: ['branchEnis', 'clusters', 'sightings'],
  evaluate: ({ branchEnis, clusters, sightings }, { target }) =>
    branchEnis.map((eni) => {
      const proof = proveLeaked(eni, clusters, target.accountId);
      const { standing: stands, because: points } = standing(proof);
      const cluster = liveClusterOf(eni, clusters) ?? clusterOf(eni);
      const base = { subject: { type: 'network-interface', id: eni.id }, cluster } as const;
      if (stands !== 'proven') {
        const verdict = stands === 'refuted' || stands === 'waiting' ? 'not-applicable' : NOT_LEAKED[stands];
        return { ...base, verdict, summary: because(points), evidence: interfaceEvidence(eni, proof, undefined) };
      }
      const sighting = sightings[eni.id];
      const seen = seenTwice(sighting, 'leak', LEAK_AGE_MINUTES);
      const isLeaked = seen.outcome === 'holds';
      return {
        ...base,
        verdict: 'fail',
        state: isLeaked ? 'leaked' : 'suspect',
        // Interfaces are legitimately available for seconds around a pod's birth and death: nobody is told of a suspect.
        quiet: !isLeaked,
        summary: `${eni.id} of the live cluster ${cluster} is available`,
        details: seen.says,
        evidence: interfaceEvidence(eni, [...proof, seen], sighting),
        remedy: {
          summary: isLeaked
            ? "Check the cluster role's AmazonEKSVPCResourceController policy and the interface's tags; the controller should collect it."
            : "Wait: the cluster's controller collects leaks every 30 to 60 minutes.",
          commands: isLeaked
            ? [
                `aws ec2 describe-network-interfaces --region ${target.region} --include-managed-resources --network-interface-ids ${eni.id}`,
              ]
            : [],
        },
        ...seenSince(sighting),
      };
    }),
});
