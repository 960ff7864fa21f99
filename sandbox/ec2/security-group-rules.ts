import type { RegionState, SecurityGroup, SecurityGroupRule } from '../world/state.ts';
import { describe } from './describe.ts';
import { SECURITY_GROUP_RULE } from './kinds.ts';
import { renderTags } from './render.ts';

interface RuleOfGroup {
  id: string;
  rule: SecurityGroupRule;
  group: SecurityGroup;
}

const rulesOf = ({ securityGroups }: RegionState): ReadonlyMap<string, RuleOfGroup> =>
  new Map([...securityGroups.values()].flatMap((group) => group.rules.map((rule) => [rule.id, { id: rule.id, rule, group }] as const)));

export const describeSecurityGroupRules = describe<RuleOfGroup>({
  kind: SECURITY_GROUP_RULE,
  idParameter: 'SecurityGroupRuleId',
  all: rulesOf,
  filters: {
    'group-id': ({ group }) => [group.id],
    'security-group-rule-id': ({ id }) => [id],
  },
  tagsOf: ({ rule }) => rule.tags,
  tagKeyFilter: false,
  resultSet: 'securityGroupRuleSet',
  render: ({ id, rule, group }, { region, securityGroups }) => ({
    securityGroupRuleId: id,
    groupId: group.id,
    groupOwnerId: group.ownerId,
    isEgress: rule.isEgress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    cidrIpv4: rule.cidrIpv4,
    cidrIpv6: rule.cidrIpv6,
    prefixListId: rule.prefixListId,
    referencedGroupInfo: rule.referencedGroup && {
      ...rule.referencedGroup,
      userId: rule.referencedGroup.userId ?? securityGroups.get(rule.referencedGroup.groupId)?.ownerId,
    },
    description: rule.description,
    tagSet: renderTags(rule.tags),
    securityGroupRuleArn: `arn:aws:ec2:${region}:${group.ownerId}:security-group-rule/${id}`,
  }),
});
