import { awsError } from '../../aws-error.ts';
import type { Peering, RegionState, SecurityGroup } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { checkIds, found, PREFIX_LIST, SECURITY_GROUP } from '../kinds.ts';
import { specifiedTags } from '../tags.ts';
import { changedGroup } from './changed-group.ts';
import { askedRules, RULE_PARAMETERS } from './permissions.ts';
import { isUsableIn } from './references.ts';
import { type AskedRule, inWords, isSameRule, peerOf } from './rule-values.ts';
import { renderRule } from './security-group-rules.ts';

const RULES_PER_DIRECTION = 60;

const authorize = (isEgress: boolean, ...parameters: readonly string[]): Ec2Action => ({
  mutating: true,
  parameters: ['GroupId', 'TagSpecification', ...parameters],
  run: (params, context) => {
    const { state } = context.world;
    const group = changedGroup(params, context);
    const tags = specifiedTags(params, 'security-group-rule');
    const asked = askedRules(params);
    if (asked.length === 0) throw awsError('MissingParameter', 'The request must contain the parameter ipPermissions');
    const resolved = asked.map((rule) => resolvePeer(rule, group, state));
    checkDuplicates(resolved, group, isEgress);
    checkLimit(resolved, group, isEgress, state);
    const added = context.world.addRules(
      group.id,
      resolved.map((rule) => ({ ...rule, isEgress, tags: { ...tags } })),
    );
    return { return: true, securityGroupRuleSet: added.map((rule) => renderRule(rule, group, state)) };
  },
});

export const authorizeSecurityGroupIngress = authorize(false, 'GroupName', ...RULE_PARAMETERS.short, ...RULE_PARAMETERS.long);
export const authorizeSecurityGroupEgress = authorize(true, ...RULE_PARAMETERS.long);

/** A rule whose prefix list exists, or whose group can be reached from the one that gets the rule. */
export function resolvePeer(rule: AskedRule, holder: SecurityGroup, state: RegionState): AskedRule {
  if (rule.prefixListId !== undefined) found(PREFIX_LIST, rule.prefixListId, state.prefixLists);
  if (!rule.referencedGroup) return rule;
  const { groupId, userId } = rule.referencedGroup;
  checkIds(SECURITY_GROUP, [groupId]);
  const local = state.securityGroups.get(groupId);
  const isOwner = (ownerId: string) => userId === undefined || userId === ownerId;
  if (local && isOwner(local.ownerId) && (isUsableIn(local, holder.vpcId, state) || isUsableIn(holder, local.vpcId, state))) {
    return { ...rule, referencedGroup: { groupId } };
  }
  for (const peering of state.peerings.values()) {
    const { vpcId, ownerId } = acrossPeering(peering, groupId, holder, local);
    if (peering.status === 'active' && vpcId !== undefined && ownerId !== undefined && isOwner(ownerId)) {
      return { ...rule, referencedGroup: { groupId, vpcId, vpcPeeringConnectionId: peering.id } };
    }
  }
  throw local
    ? awsError('InvalidGroup.NotFound', 'You have specified two resources that belong to different networks.')
    : awsError('InvalidGroup.NotFound', `The security group '${groupId}' does not exist`);
}

/** The VPC at the other end of a peering as the holder sees it, and who owns the group there. */
function acrossPeering(
  { vpcId, peerVpcId, peerGroups }: Peering,
  groupId: string,
  holder: SecurityGroup,
  local: SecurityGroup | undefined,
): { vpcId: string | undefined; ownerId: string | undefined } {
  const isRequester = vpcId === holder.vpcId;
  const otherSide = isRequester ? peerVpcId : peerVpcId === holder.vpcId ? vpcId : undefined;
  if (local?.vpcId === otherSide) return { vpcId: otherSide, ownerId: local?.ownerId };
  return { vpcId: otherSide, ownerId: isRequester ? peerGroups[groupId] : undefined };
}

/** One rule that is there already, or said twice, fails the whole request. */
export function checkDuplicates(asked: readonly AskedRule[], group: SecurityGroup, isEgress: boolean): void {
  if (asked.some((rule, index) => asked.slice(0, index).some((earlier) => isSameRule(earlier, rule)))) {
    throw awsError('InvalidParameterValue', 'The same permission must not appear multiple times');
  }
  const known = group.rules.filter((rule) => rule.isEgress === isEgress);
  const again = asked.find((rule) => known.some((other) => isSameRule(other, rule)));
  if (again) throw awsError('InvalidPermission.Duplicate', `the specified rule ${inWords(again)} already exists`);
}

// IPv4 and IPv6 have a limit each; a group counts in both, a prefix list with all that it may ever hold.
function checkLimit(asked: readonly AskedRule[], group: SecurityGroup, isEgress: boolean, state: RegionState): void {
  const all = [...group.rules.filter((rule) => rule.isEgress === isEgress), ...asked];
  for (const family of ['IPv4', 'IPv6']) {
    const used = all.reduce((sum, rule) => sum + weight(rule, family, state), 0);
    if (used > RULES_PER_DIRECTION) {
      throw awsError('RulesPerSecurityGroupLimitExceeded', 'The maximum number of rules per security group has been reached.');
    }
  }
}

function weight(rule: AskedRule, family: string, { prefixLists }: RegionState): number {
  if (rule.referencedGroup) return 1;
  const list = prefixLists.get(rule.prefixListId ?? '');
  if (list) return list.addressFamily === family ? list.maxEntries : 0;
  return peerOf(rule).includes(':') === (family === 'IPv6') ? 1 : 0;
}
