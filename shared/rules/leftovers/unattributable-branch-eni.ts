import { UNATTRIBUTABLE_EVIDENCE } from '../../domain/evidence/parts.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import { CLUSTER_TAG_PREFIX, clusterNamesOf, clusterOf, isClusterName, OWNER_TAG, OWNER_VALUE } from '../../domain/tags.ts';
import { notManaged, ownAccount } from '../../proof/ownership.ts';
import { defineRule } from '../define.ts';
import { because, interfaceEvidence } from './interface-evidence.ts';

/** What the tags do not tell, in words. */
function missing(eni: NetworkInterface): string[] {
  const names = clusterNamesOf(eni.tags);
  const impossible = names.filter((name) => !isClusterName(name));
  return [
    ...(eni.tags[OWNER_TAG] === OWNER_VALUE ? [] : [`tag ${OWNER_TAG} is ${eni.tags[OWNER_TAG] ?? 'absent'}, not ${OWNER_VALUE}`]),
    ...(names.length > 0 ? [] : [`no tag ${CLUSTER_TAG_PREFIX}<name> names a cluster`]),
    ...impossible.map((name) => `no cluster can have the name ${JSON.stringify(name)}`),
  ];
}

export default defineRule({
  meta: {
    id: 'unattributable-branch-eni',
    title: 'Available branch interface whose tags do not say whose it is',
    severity: 'low',
    why: 'The description says that the VPC resource controller made it, but its tags were stripped or changed: no cluster collects it, and nothing can prove it an orphan.',
    remedy: 'Find out whose it is, and delete it by hand or restore its tags.',
  },
  topic: 'leftovers',
  leftover: 'unattributable',
  evidence: UNATTRIBUTABLE_EVIDENCE,
  needs: ['branchEnis'],
  evaluate: ({ branchEnis }, { target }) =>
    branchEnis.map((eni) => {
      const proof = [ownAccount(eni, target.accountId), notManaged(eni)];
      const elsewhere = proof.filter((point) => point.outcome === 'fails');
      const unclear = missing(eni);
      const base = { subject: { type: 'network-interface', id: eni.id }, cluster: clusterOf(eni) } as const;
      const evidence = { ...interfaceEvidence(eni, proof, undefined), missing: unclear };
      if (elsewhere.length > 0) return { ...base, verdict: 'not-applicable', summary: because(elsewhere), evidence };
      if (unclear.length === 0) return { ...base, verdict: 'pass', summary: 'its tags name a controller and a cluster', evidence };
      return {
        ...base,
        verdict: 'fail',
        summary: `${eni.id} cannot be attributed to a cluster`,
        details: unclear.join('; '),
        evidence,
        remedy: {
          summary: 'Ask who changed its tags; CloudTrail has CreateTags and DeleteTags of the last 90 days.',
          commands: [
            `aws cloudtrail lookup-events --region ${target.region} --lookup-attributes AttributeKey=ResourceName,AttributeValue=${eni.id}`,
          ],
        },
      };
    }),
});
