import { required, texts } from '../../query/params.ts';
import type { XmlValue } from '../../query/xml.ts';
import type { RegionState, SecurityGroup, SecurityGroupRule } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { describe } from '../describe.ts';
import { found, foundAll, SECURITY_GROUP, VPC } from '../kinds.ts';
import { isStale, renderReference } from './references.ts';

const staleRules = (group: SecurityGroup, state: RegionState): SecurityGroupRule[] =>
  group.rules.filter(({ referencedGroup }) => referencedGroup && isStale(referencedGroup, group, state));

/** Rules of one protocol and port range are one permission. */
function renderStale(rules: readonly SecurityGroupRule[], isEgress: boolean, state: RegionState): XmlValue {
  const permissions = Map.groupBy(
    rules.filter((rule) => rule.isEgress === isEgress),
    ({ protocol, fromPort, toPort }) => `${protocol} ${fromPort} ${toPort}`,
  );
  return [...permissions.values()].map((same) => ({
    ipProtocol: same[0]?.protocol,
    fromPort: same[0]?.fromPort,
    toPort: same[0]?.toPort,
    groups: same.flatMap(({ referencedGroup, description }) =>
      referencedGroup ? [{ ...renderReference(referencedGroup, state), description }] : [],
    ),
  }));
}

export const describeStaleSecurityGroups = describe<SecurityGroup>({
  kind: SECURITY_GROUP,
  filterable: false,
  pageSizes: { least: 5, most: 255 },
  otherParameters: ['VpcId'],
  all: (state, params) => {
    const { id } = found(VPC, required(params, 'VpcId'), state.vpcs);
    return new Map([...state.securityGroups].filter(([, group]) => group.vpcId === id && staleRules(group, state).length > 0));
  },
  filters: {},
  tagsOf: ({ tags }) => tags,
  resultSet: 'staleSecurityGroupSet',
  render: (group, state) => ({
    groupId: group.id,
    groupName: group.name,
    description: group.description,
    vpcId: group.vpcId,
    staleIpPermissions: renderStale(staleRules(group, state), false, state),
    staleIpPermissionsEgress: renderStale(staleRules(group, state), true, state),
  }),
});

/** The VPCs whose groups refer, over a peering, to groups of this account. */
export const describeSecurityGroupReferences: Ec2Action = {
  mutating: false,
  parameters: ['GroupId'],
  run: (params, { state }) => {
    const ids = texts(params, 'GroupId');
    if (ids.length === 0) required(params, 'GroupId');
    const referring = [...state.securityGroups.values()];
    const references = foundAll(SECURITY_GROUP, ids, state.securityGroups).flatMap(({ id }) =>
      referring.flatMap(({ vpcId, rules }) =>
        rules.flatMap(({ referencedGroup: to }) =>
          to?.groupId === id && to.vpcPeeringConnectionId
            ? [{ groupId: id, referencingVpcId: vpcId, vpcPeeringConnectionId: to.vpcPeeringConnectionId }]
            : [],
        ),
      ),
    );
    const distinct = new Map(references.map((reference) => [Object.values(reference).join(' '), reference]));
    return { securityGroupReferenceSet: [...distinct.values()] };
  },
};
