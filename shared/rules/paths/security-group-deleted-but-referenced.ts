import { REFERENCE_EVIDENCE } from '../../domain/evidence/paths.ts';
import { setLabel } from '../../paths/evidence.ts';
import { judgeSets, type LiveSet, type SetVerdict } from '../../paths/judge-sets.ts';
import { podSets } from '../../paths/pod-sets.ts';
import { isDeleted, referenceEvidence, referencesOf, revokeCommands } from '../../paths/references.ts';
import { defineRule } from '../define.ts';

export default defineRule({
  meta: {
    id: 'security-group-deleted-but-referenced',
    title: 'Pods whose security groups refer to one that was deleted',
    severity: 'medium',
    why: 'A rule that refers to a deleted group opens nothing, but looks as if it did: a reader believes that the path is open.',
    remedy: 'Let in or out the group that took the place of the deleted one, and remove the dead rule.',
  },
  topic: 'paths',
  evidence: REFERENCE_EVIDENCE,
  needs: ['podEnis', 'taggedGroups', 'podClusters', 'securityGroups', 'securityGroupRules', 'referencedGroups'],
  evaluate: (slices, { target }) =>
    judgeSets(podSets(slices, target.accountId), ({ set, cluster }: LiveSet): SetVerdict => {
      const who = `pods of ${cluster.name} with ${setLabel(set)}`;
      const references = referencesOf(set, slices.securityGroupRules);
      if ('unknown' in references) return { verdict: 'unknown', summary: references.unknown, evidence: {} };
      const dead = references.filter((reference) => isDeleted(reference, slices) === true);
      const unread = references.filter((reference) => isDeleted(reference, slices) === undefined);
      if (dead.length > 0) {
        const ids = [...new Set(dead.map(({ group }) => group.groupId))].sort();
        return {
          verdict: 'fail',
          summary: `rules of ${who} refer to ${ids.join(', ')}, which does not exist any more`,
          details: 'they open nothing',
          evidence: { references: dead.map(referenceEvidence) },
          remedy: {
            summary: 'Remove the dead rules once the group that took that one’s place has a rule.',
            commands: revokeCommands(dead, target.region),
          },
          ...(unread.length > 0 ? { isPartial: true } : {}),
          meaning: dead
            .map(({ rule }) => rule.id)
            .sort()
            .join(' '),
        };
      }
      if (unread.length > 0) {
        const ids = [...new Set(unread.map(({ group }) => group.groupId))].sort();
        return {
          verdict: 'unknown',
          summary: `whether ${ids.join(', ')} still exists, to which rules of ${who} refer, could not be read`,
          evidence: {},
        };
      }
      return { verdict: 'pass', summary: `all groups exist that rules of ${who} refer to`, evidence: {} };
    }),
});
