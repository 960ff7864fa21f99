import { leavesVpc } from '../../domain/cluster.ts';
import { REFERENCE_EVIDENCE } from '../../domain/evidence/paths.ts';
import type { Slices } from '../../domain/inventory.ts';
import { describeFailure, itemOf } from '../../domain/read.ts';
import { setLabel } from '../../paths/evidence.ts';
import { judgeSets, type LiveSet, type SetVerdict } from '../../paths/judge-sets.ts';
import { podSets } from '../../paths/pod-sets.ts';
import { isDeleted, type Reference, referenceEvidence, referencesOf, revokeCommands } from '../../paths/references.ts';
import { defineRule } from '../define.ts';

// Of a peering that will not come back: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
const DEAD = ['deleting', 'deleted', 'expired', 'failed', 'rejected'];

type Needed = Pick<Slices, 'securityGroups' | 'referencedGroups' | 'staleReferences'>;

function homeOf(groupId: string, { securityGroups, referencedGroups }: Needed): string | undefined {
  const read = itemOf(securityGroups, groupId) ?? itemOf(referencedGroups, groupId);
  return read?.ok && read.value.found ? read.value.vpcId : undefined;
}

/** Whether the reference may lead out of its VPC; one that does not can never be stale. */
const leaves = ({ rule, group }: Reference, slices: Needed): boolean =>
  leavesVpc(group, homeOf(rule.groupId, slices), homeOf(group.groupId, slices));

/** Why the stale rules of a group's VPC are not known; undefined: they are. */
function unreadOf(groupId: string, { securityGroups, staleReferences }: Needed): string | undefined {
  const group = itemOf(securityGroups, groupId);
  if (!group?.ok) return group ? describeFailure(group.reason) : `${groupId} was not asked for`;
  const stale = group.value.found ? itemOf(staleReferences, group.value.vpcId) : undefined;
  if (stale?.ok) return undefined;
  return stale ? describeFailure(stale.reason) : `the VPC of ${groupId} was not asked for stale rules`;
}

/** Whether EC2 calls the reference stale, or its peering is not active. */
function isStale({ rule, group }: Reference, { staleReferences }: Needed): boolean {
  const isListed = Object.values(staleReferences).some(
    (read) =>
      read.ok &&
      read.value.some(
        (stale) => stale.groupId === rule.groupId && stale.isEgress === rule.isEgress && stale.referencedGroupId === group.groupId,
      ),
  );
  return isListed || DEAD.includes(group.peeringStatus ?? '');
}

/** Why it is not known whether a reference is stale, or one to a deleted group; undefined: it is known. */
function undecided(reference: Reference, slices: Needed): string | undefined {
  const isGone = isDeleted(reference, slices);
  if (isGone === true || !leaves(reference, slices)) return undefined;
  const unread = unreadOf(reference.rule.groupId, slices);
  if (unread !== undefined || isGone === false || !isStale(reference, slices)) return unread;
  return `whether ${reference.group.groupId}, to which a stale rule refers, still exists could not be read`;
}

export default defineRule({
  meta: {
    id: 'stale-group-reference',
    title: 'Pods whose security groups refer to one that cannot be reached any more',
    severity: 'low',
    why: 'A reference to a group of a peered VPC dies with the peering: the rule stays, opens nothing, and looks as if it did.',
    remedy: 'Restore the peering, or take the stale rule away.',
  },
  topic: 'paths',
  evidence: REFERENCE_EVIDENCE,
  needs: ['podEnis', 'taggedGroups', 'podClusters', 'securityGroups', 'securityGroupRules', 'referencedGroups', 'staleReferences'],
  evaluate: (slices, { target }) =>
    judgeSets(podSets(slices, target.accountId), ({ set, cluster }: LiveSet): SetVerdict => {
      const who = `pods of ${cluster.name} with ${setLabel(set)}`;
      const references = referencesOf(set, slices.securityGroupRules);
      if ('unknown' in references) return { verdict: 'unknown', summary: references.unknown, evidence: {} };
      // A deleted group is a finding of its own.
      const isThere = (reference: Reference) => isDeleted(reference, slices) === false;
      const stale = references.filter((reference) => isStale(reference, slices) && isThere(reference));
      const unread = [...new Set(references.flatMap((reference) => undecided(reference, slices) ?? []))];
      if (stale.length > 0) {
        const ids = [...new Set(stale.map(({ group }) => group.groupId))].sort();
        return {
          verdict: 'fail',
          summary: `rules of ${who} refer to ${ids.join(', ')}, which cannot be reached any more`,
          details: 'they open nothing',
          evidence: { references: stale.map(referenceEvidence) },
          remedy: { summary: 'Restore the peering that they rely on, or take them away.', commands: revokeCommands(stale, target.region) },
          ...(unread.length > 0 ? { isPartial: true } : {}),
          meaning: stale
            .map(({ rule }) => rule.id)
            .sort()
            .join(' '),
        };
      }
      if (unread.length > 0) return { verdict: 'unknown', summary: unread.join('; '), evidence: {} };
      return { verdict: 'pass', summary: `no rule of ${who} is stale`, evidence: {} };
    }),
});
