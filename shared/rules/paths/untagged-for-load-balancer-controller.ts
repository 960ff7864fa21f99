import { TAG_EVIDENCE } from '../../domain/evidence/paths.ts';
import { describeFailure, itemOf } from '../../domain/read.ts';
import { CLUSTER_TAG_PREFIX } from '../../domain/tags.ts';
import { groupLabel, setLabel } from '../../paths/evidence.ts';
import { judgeSets, type LiveSet, type SetVerdict } from '../../paths/judge-sets.ts';
import { podSets } from '../../paths/pod-sets.ts';
import { defineRule } from '../define.ts';

export default defineRule({
  meta: {
    id: 'untagged-for-load-balancer-controller',
    title: 'Several security groups, not exactly one of them tagged with the cluster',
    severity: 'medium',
    why: 'The AWS Load Balancer Controller adds its rules to the one group of a pod that is tagged kubernetes.io/cluster/<name>; with several groups and none or two of them tagged, it refuses to register the pod as an IP target.',
    remedy: 'Tag exactly one of the groups with kubernetes.io/cluster/<name>, if load balancers send traffic to these pods by IP.',
  },
  topic: 'paths',
  evidence: TAG_EVIDENCE,
  needs: ['podEnis', 'taggedGroups', 'podClusters', 'securityGroups'],
  evaluate: (slices, { target }) =>
    judgeSets(podSets(slices, target.accountId), ({ set, cluster }: LiveSet): SetVerdict => {
      const who = `pods of ${cluster.name} with ${setLabel(set)}`;
      if (set.groupIds.length < 2) return { verdict: 'pass', summary: `${who} have one group, which needs no tag`, evidence: {} };
      const key = `${CLUSTER_TAG_PREFIX}${cluster.name}`;
      const reads = set.groupIds.map((id) => ({ id, read: itemOf(slices.securityGroups, id) }));
      const [unread] = reads.flatMap(({ id, read }) => {
        if (!read) return [`${id} was not asked for`];
        if (!read.ok) return [describeFailure(read.reason)];
        return read.value.found ? [] : [`EC2 knows no group ${id}, yet an interface holds it: look again`];
      });
      if (unread) return { verdict: 'unknown', summary: unread, evidence: {} };
      const tagged = reads.filter(({ read }) => read?.ok && read.value.found && Object.hasOwn(read.value.tags, key)).map(({ id }) => id);
      const evidence = { tag: key, tagged };
      if (tagged.length === 1) return { verdict: 'pass', summary: `${groupLabel(set, tagged[0] ?? '')} alone is tagged ${key}`, evidence };
      const first = set.groupIds.find((id) => id !== cluster.clusterSecurityGroupId) ?? '';
      const isNone = tagged.length === 0;
      return {
        verdict: 'fail',
        summary: `${who} have ${set.groupIds.length} groups, ${isNone ? 'none' : tagged.length} of them tagged ${key}`,
        details: 'the AWS Load Balancer Controller wants exactly one',
        evidence,
        remedy: {
          summary: isNone
            ? 'If load balancers send traffic to these pods by IP, tag one of their groups; the controller adds its rules to that one.'
            : 'If load balancers send traffic to these pods by IP, leave the tag on one of their groups only; other things may need it, so look before you take it away.',
          commands: isNone ? [`aws ec2 create-tags --region ${target.region} --resources ${first} --tags Key=${key},Value=shared`] : [],
        },
        meaning: `tagged: ${tagged.join(' ')}`,
      };
    }),
});
