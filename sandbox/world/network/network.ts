import type { Place } from '../place.ts';
import { existing } from '../place.ts';
import type { SecurityGroup, SecurityGroupRule, Subnet, Vpc } from '../state.ts';
import { FIRST_HOST, ipv6SubnetOf } from './addresses.ts';
import { egress, type GivenRule } from './rules.ts';

export type GivenGroup = Partial<Omit<SecurityGroup, 'rules'>> & { rules?: readonly GivenRule[] };

/** A security group with the egress rule that EC2 gives every new one, unless the rules say otherwise. */
export function createSecurityGroup(place: Place, given: GivenGroup = {}): SecurityGroup {
  const id = given.id ?? place.newId('sg');
  const group: SecurityGroup = {
    name: id,
    description: given.name ?? id,
    vpcId: given.vpcId ?? anySubnet(place).vpcId,
    ownerId: place.accountId,
    tags: {},
    ...given,
    id,
    rules: [],
  };
  place.state.securityGroups.set(id, group);
  addRules(place, id, given.rules ?? defaultRules(place, group.vpcId));
  return group;
}

/** Everything may go out: to IPv6 as well, where the VPC has it. */
const defaultRules = ({ state }: Place, vpcId: string): GivenRule[] => [
  egress('-1', undefined, '0.0.0.0/0'),
  ...(state.vpcs.get(vpcId)?.ipv6Cidr ? [egress('-1', undefined, '::/0')] : []),
];

/** Adds rules to a group. */
export function addRules(place: Place, groupId: string, rules: readonly GivenRule[]): SecurityGroupRule[] {
  const group = existing(place.state.securityGroups, groupId, 'security group');
  const added = rules.map((rule) => ({ tags: {}, ...rule, id: rule.id ?? place.newId('sgr') }));
  group.rules.push(...added);
  return added;
}

/** Takes rules away from a group; all of them unless said otherwise. */
export function removeRules(place: Place, groupId: string, which: (rule: SecurityGroupRule) => boolean = () => true): SecurityGroupRule[] {
  const group = existing(place.state.securityGroups, groupId, 'security group');
  const removed = group.rules.filter(which);
  group.rules = group.rules.filter((rule) => !removed.includes(rule));
  return removed;
}

/** A rule that lets a group's members talk to one another, or to those of another group. */
export const fromGroup = (groupId: string): GivenRule => ({ isEgress: false, protocol: '-1', referencedGroup: { groupId } });

/** A VPC with its default security group. */
export function createVpc(place: Place, given: Partial<Vpc> = {}): Vpc {
  const vpc: Vpc = {
    cidr: `10.${place.state.vpcs.size}.0.0/16`,
    ownerId: place.accountId,
    isDefault: false,
    tags: {},
    ...given,
    id: given.id ?? place.newId('vpc'),
  };
  place.state.vpcs.set(vpc.id, vpc);
  const group = createSecurityGroup(place, { name: 'default', description: 'default VPC security group', vpcId: vpc.id });
  addRules(place, group.id, [fromGroup(group.id)]);
  return vpc;
}

/** A subnet; without a VPC in the first one there is. */
export function createSubnet(place: Place, given: Partial<Subnet> = {}): Subnet {
  const vpc = given.vpcId ? existing(place.state.vpcs, given.vpcId, 'VPC') : (place.state.vpcs.values().next().value ?? createVpc(place));
  const siblings = [...place.state.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id).length;
  const subnet: Subnet = {
    cidr: `${vpc.cidr.split('.').slice(0, 2).join('.')}.${(siblings % 8) * 32}.0/19`,
    ...(vpc.ipv6Cidr ? { ipv6Cidr: ipv6SubnetOf(vpc.ipv6Cidr, siblings) } : {}),
    availabilityZone: `${place.state.region}${['a', 'b', 'c'][siblings % 3]}`,
    ownerId: place.accountId,
    tags: {},
    nextHost: FIRST_HOST,
    ...given,
    id: given.id ?? place.newId('subnet'),
    vpcId: vpc.id,
  };
  place.state.subnets.set(subnet.id, subnet);
  return subnet;
}

/** The first subnet, of that VPC if one is named; made when there is none. */
export function anySubnet(place: Place, vpcId?: string): Subnet {
  for (const subnet of place.state.subnets.values()) {
    if (vpcId === undefined || subnet.vpcId === vpcId) return subnet;
  }
  return createSubnet(place, vpcId === undefined ? {} : { vpcId });
}

/** The default security group of a VPC. */
export function defaultGroup(place: Place, vpcId: string): SecurityGroup {
  for (const group of place.state.securityGroups.values()) {
    if (group.vpcId === vpcId && group.name === 'default') return group;
  }
  throw new Error(`The sandbox's VPC ${vpcId} has no default security group: make the VPC with createVpc.`);
}
