import type { XmlValue } from '../../query/xml.ts';
import type { RegionState, SecurityGroup, SecurityGroupRule } from '../../world/state.ts';
import { describe } from '../describe.ts';
import type { FilterValues } from '../filters.ts';
import { SECURITY_GROUP } from '../kinds.ts';
import { renderTags } from '../render.ts';
import { renderReference } from './references.ts';

/** Rules of one protocol and port range are one permission. */
function renderPermissions(group: SecurityGroup, isEgress: boolean, state: RegionState): XmlValue {
  const rules = group.rules.filter((rule) => rule.isEgress === isEgress);
  const permissions = Map.groupBy(rules, ({ protocol, fromPort, toPort }) => `${protocol} ${fromPort} ${toPort}`);
  return [...permissions.values()].map((same) => ({
    ipProtocol: same[0]?.protocol,
    // "All protocols" has no ports here, while DescribeSecurityGroupRules shows -1.
    fromPort: same[0]?.protocol === '-1' ? undefined : same[0]?.fromPort,
    toPort: same[0]?.protocol === '-1' ? undefined : same[0]?.toPort,
    groups: same.flatMap(({ referencedGroup, description }) =>
      referencedGroup ? [{ ...renderReference(referencedGroup, state), description }] : [],
    ),
    ipRanges: same.flatMap(({ cidrIpv4, description }) => (cidrIpv4 ? [{ cidrIp: cidrIpv4, description }] : [])),
    ipv6Ranges: same.flatMap(({ cidrIpv6, description }) => (cidrIpv6 ? [{ cidrIpv6, description }] : [])),
    prefixListIds: same.flatMap(({ prefixListId, description }) => (prefixListId ? [{ prefixListId, description }] : [])),
  }));
}

function ruleFilters(prefix: string, isEgress: boolean): FilterValues<SecurityGroup> {
  const values =
    (of: (rule: SecurityGroupRule, state: RegionState) => string | number | undefined) => (group: SecurityGroup, state: RegionState) =>
      group.rules.filter((rule) => rule.isEgress === isEgress).map((rule) => of(rule, state)?.toString());
  return {
    [`${prefix}cidr`]: values((rule) => rule.cidrIpv4),
    [`${prefix}from-port`]: values((rule) => rule.fromPort),
    [`${prefix}group-id`]: values((rule) => rule.referencedGroup?.groupId),
    [`${prefix}ipv6-cidr`]: values((rule) => rule.cidrIpv6),
    [`${prefix}prefix-list-id`]: values((rule) => rule.prefixListId),
    [`${prefix}protocol`]: values((rule) => rule.protocol),
    [`${prefix}to-port`]: values((rule) => rule.toPort),
    [`${prefix}user-id`]: values((rule, state) => rule.referencedGroup && renderReference(rule.referencedGroup, state).userId),
  };
}

export const describeSecurityGroups = describe<SecurityGroup>({
  kind: SECURITY_GROUP,
  idParameter: 'GroupId',
  all: ({ securityGroups }) => securityGroups,
  filters: {
    description: (group) => [group.description],
    'group-id': (group) => [group.id],
    'group-name': (group) => [group.name],
    'owner-id': (group) => [group.ownerId],
    'vpc-id': (group) => [group.vpcId],
    ...ruleFilters('ip-permission.', false),
    ...ruleFilters('egress.ip-permission.', true),
  },
  tagsOf: ({ tags }) => tags,
  resultSet: 'securityGroupInfo',
  render: (group, state) => ({
    ownerId: group.ownerId,
    groupId: group.id,
    groupName: group.name,
    groupDescription: group.description,
    vpcId: group.vpcId,
    securityGroupArn: `arn:aws:ec2:${state.region}:${group.ownerId}:security-group/${group.id}`,
    ipPermissions: renderPermissions(group, false, state),
    ipPermissionsEgress: renderPermissions(group, true, state),
    tagSet: renderTags(group.tags),
  }),
});
