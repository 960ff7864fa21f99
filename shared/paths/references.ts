// What the rules of a set's groups refer to that is not there any more.
import type { Slices } from '../domain/inventory.ts';
import { describeFailure, itemOf } from '../domain/read.ts';
import type { GroupReference, SecurityGroupRule } from '../domain/security-group.ts';
import { describeRule } from '../network/describe.ts';
import type { PodSet } from './pod-sets.ts';

/** A rule of one of the set's groups that refers to another group. */
export interface Reference {
  rule: SecurityGroupRule;
  group: GroupReference;
}

/** The references in the rules of a set's groups, or why they are not known. */
export function referencesOf(set: PodSet, rules: Slices['securityGroupRules']): readonly Reference[] | { unknown: string } {
  const references: Reference[] = [];
  for (const id of set.groupIds) {
    const read = itemOf(rules, id);
    if (!read?.ok) return { unknown: read ? describeFailure(read.reason) : `the rules of ${id} were not asked for` };
    references.push(...read.value.flatMap((rule) => (rule.peer.kind === 'group' ? [{ rule, group: rule.peer }] : [])));
  }
  return references;
}

/**
 * Whether the group that a reference names was deleted: EC2 leaves its owner out of a reference across VPCs, and of one in its own account it
 * says so when it is asked. Undefined: that could not be read.
 */
export function isDeleted(
  { rule, group }: Reference,
  { referencedGroups, securityGroups }: Pick<Slices, 'referencedGroups' | 'securityGroups'>,
): boolean | undefined {
  const known = itemOf(securityGroups, group.groupId);
  if (known?.ok && known.value.found) return false;
  const read = itemOf(referencedGroups, group.groupId);
  const isAcross = group.vpcPeeringConnectionId !== undefined || group.vpcId !== undefined;
  if (read?.ok) return !read.value.found && (group.userId === undefined || !isAcross);
  if (isAcross && group.userId === undefined) return true;
  if (read || known) return undefined;
  // Not asked for, because it is another account's; or because nobody knows whose the rule's own group is.
  const own = itemOf(securityGroups, rule.groupId);
  return own?.ok && own.value.found && own.value.ownerId !== group.userId ? false : undefined;
}

/** A reference as a finding shows it. */
export const referenceEvidence = ({ rule, group }: Reference) => ({
  ruleId: rule.id,
  groupId: rule.groupId,
  says: describeRule(rule),
  referenced: group,
});

/** The commands that take rules away, one for each group and direction. */
export function revokeCommands(references: readonly Reference[], region: string): string[] {
  const byPlace = Map.groupBy(
    references,
    ({ rule }) => `${rule.isEgress ? 'egress' : 'ingress'} --region ${region} --group-id ${rule.groupId}`,
  );
  return [...byPlace].map(
    ([place, each]) => `aws ec2 revoke-security-group-${place} --security-group-rule-ids ${each.map(({ rule }) => rule.id).join(' ')}`,
  );
}
