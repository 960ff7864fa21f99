import { isFields, type Params } from '../../http/param.ts';
import type { XmlValue } from '../../query/xml.ts';
import type { RegionState, SecurityGroup, SecurityGroupRule } from '../../world/state.ts';
import { describe } from '../describe.ts';
import { SECURITY_GROUP_RULE } from '../kinds.ts';
import { renderTags } from '../render.ts';
import { renderReference } from './references.ts';

interface RuleOfGroup {
  id: string;
  rule: SecurityGroupRule;
  group: SecurityGroup;
}

const rulesOf = (state: RegionState, params: Params): ReadonlyMap<string, RuleOfGroup> =>
  new Map(candidates(state, params).flatMap((group) => group.rules.map((rule) => [rule.id, { id: rule.id, rule, group }] as const)));

/** Only the groups that a filter names, lest each page of a large region's rules looks at all of them. */
function candidates({ securityGroups }: RegionState, params: Params): SecurityGroup[] {
  const byGroup = Array.isArray(params.Filter) ? params.Filter.find((filter) => isFields(filter) && filter.Name === 'group-id') : undefined;
  const ids = isFields(byGroup) && Array.isArray(byGroup.Value) ? byGroup.Value.map(String) : [];
  if (ids.length === 0 || ids.some((id) => /[*?\\]/.test(id))) return [...securityGroups.values()];
  return [...new Set(ids)].flatMap((id) => securityGroups.get(id) ?? []);
}

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
  render: ({ rule, group }, state) => renderRule(rule, group, state),
});

/** A rule as EC2 words it. */
export function renderRule(rule: SecurityGroupRule, group: SecurityGroup, state: RegionState): Record<string, XmlValue> {
  return {
    securityGroupRuleId: rule.id,
    groupId: group.id,
    groupOwnerId: group.ownerId,
    isEgress: rule.isEgress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    cidrIpv4: rule.cidrIpv4,
    cidrIpv6: rule.cidrIpv6,
    prefixListId: rule.prefixListId,
    referencedGroupInfo: rule.referencedGroup && renderReference(rule.referencedGroup, state),
    description: rule.description,
    tagSet: renderTags(rule.tags),
    securityGroupRuleArn: `arn:aws:ec2:${state.region}:${group.ownerId}:security-group-rule/${rule.id}`,
  };
}
