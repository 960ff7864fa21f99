import { awsError } from '../../aws-error.ts';
import { texts } from '../../query/params.ts';
import type { XmlValue } from '../../query/xml.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { foundAll, SECURITY_GROUP_RULE } from '../kinds.ts';
import { changedGroup } from './changed-group.ts';
import { askedRules, RULE_PARAMETERS } from './permissions.ts';
import { type AskedRule, isSameRule } from './rule-values.ts';

const revoke = (isEgress: boolean, ...parameters: readonly string[]): Ec2Action => ({
  mutating: true,
  parameters: ['GroupId', 'SecurityGroupRuleId', ...parameters],
  run: (params, context) => {
    const { world } = context;
    const group = changedGroup(params, context);
    const rules = group.rules.filter((rule) => rule.isEgress === isEgress);
    const ids = texts(params, 'SecurityGroupRuleId');
    const asked = askedRules(params);
    if (ids.length > 0 === asked.length > 0) {
      throw ids.length > 0
        ? awsError('InvalidParameterCombination', 'Either ipPermissions or securityGroupRuleIds may be given, not both.')
        : awsError('MissingParameter', 'The request must contain ipPermissions or securityGroupRuleIds.');
    }
    const named = foundAll(SECURITY_GROUP_RULE, ids, new Map(rules.map((rule) => [rule.id, rule])));
    const { matching, unknown } = match(asked, rules);
    // In a default VPC what does not match is told, and the rest goes; elsewhere nothing goes.
    if (unknown.length > 0 && !world.state.vpcs.get(group.vpcId)?.isDefault) {
      throw awsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group');
    }
    const going = new Set([...named, ...matching]);
    const revoked = world.removeRules(group.id, (rule) => going.has(rule));
    return {
      return: true,
      ...(unknown.length > 0 ? { unknownIpPermissionSet: unknown.map(renderPermission) } : {}),
      revokedSecurityGroupRuleSet: revoked.map((rule) => renderRevoked(rule, group)),
    };
  },
});

export const revokeSecurityGroupIngress = revoke(false, 'GroupName', ...RULE_PARAMETERS.short, ...RULE_PARAMETERS.long);
export const revokeSecurityGroupEgress = revoke(true, ...RULE_PARAMETERS.long);

/** The rules that were asked for, and what was asked for in vain. */
export function match(asked: readonly AskedRule[], rules: readonly SecurityGroupRule[]) {
  const pairs = asked.map((ask) => ({ ask, rule: rules.find((rule) => isSameRule(ask, rule)) }));
  return {
    matching: pairs.flatMap(({ rule }) => rule ?? []),
    unknown: pairs.flatMap(({ ask, rule }) => (rule ? [] : [ask])),
  };
}

const renderPermission = ({ protocol, fromPort, toPort, ...peer }: AskedRule): XmlValue => ({
  ipProtocol: protocol,
  fromPort,
  toPort,
  groups: peer.referencedGroup ? [{ ...peer.referencedGroup }] : [],
  ipRanges: peer.cidrIpv4 ? [{ cidrIp: peer.cidrIpv4 }] : [],
  ipv6Ranges: peer.cidrIpv6 ? [{ cidrIpv6: peer.cidrIpv6 }] : [],
  prefixListIds: peer.prefixListId ? [{ prefixListId: peer.prefixListId }] : [],
});

const renderRevoked = (rule: SecurityGroupRule, group: SecurityGroup): XmlValue => ({
  securityGroupRuleId: rule.id,
  groupId: group.id,
  isEgress: rule.isEgress,
  ipProtocol: rule.protocol,
  fromPort: rule.fromPort ?? -1,
  toPort: rule.toPort ?? -1,
  cidrIpv4: rule.cidrIpv4,
  cidrIpv6: rule.cidrIpv6,
  prefixListId: rule.prefixListId,
  referencedGroupId: rule.referencedGroup?.groupId,
  description: rule.description,
});
