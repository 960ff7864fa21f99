// The rules of a call, from what EC2 answered or, where that does not say, from what it was asked.
import type { ChangedPeer, ChangedRule } from '../change.ts';
import { type Fields, listed, numberIn, textIn, within } from './record-fields.ts';

interface Of {
  groupId: string;
  isEgress: boolean | null;
}

/** The rules that a call made: `securityGroupRuleSet`; or removed: `revokedSecurityGroupRuleSet`. None when one of them is not understood. */
export function answeredRules(response: unknown, set: string, of: Of): ChangedRule[] {
  const rules = listed(within(response)[set]).map((rule) => ruleOf(rule, { ...of, groupId: textIn(rule, 'groupId') ?? of.groupId }));
  // Part of them would look like all.
  return rules.some((found) => found.length === 0) ? [] : rules.flat();
}

/** The same rules; a group of another account cannot be named without it, and what an answer leaves out the request may say. */
export function withOwners(answered: readonly ChangedRule[], asked: readonly ChangedRule[]): ChangedRule[] {
  const owners = new Map(asked.flatMap(({ peer }) => (peer.kind === 'group' && peer.userId !== null ? [[peer.groupId, peer.userId]] : [])));
  return answered.map((rule) => {
    const { peer } = rule;
    return peer.kind === 'group' && peer.userId === null ? { ...rule, peer: { ...peer, userId: owners.get(peer.groupId) ?? null } } : rule;
  });
}

/** The rules of a request: the long form `ipPermissions`, or the flat one of a single network. */
export function askedRules(request: unknown, of: Of): ChangedRule[] {
  const fields = within(request);
  const long = listed(fields.ipPermissions).flatMap((permission) => permissionRules(permission, of));
  return long.length > 0 ? long : permissionRules(fields, of);
}

/** The rules that ModifySecurityGroupRules leaves behind: one or many, each with its id. */
export function modifiedRules(request: Fields, groupId: string): ChangedRule[] {
  return listed(request.SecurityGroupRule ?? request.securityGroupRule).flatMap((update) => {
    const id = textIn(update, 'SecurityGroupRuleId', 'securityGroupRuleId');
    const rule = within(update, Object.hasOwn(update, 'SecurityGroupRule') ? 'SecurityGroupRule' : 'securityGroupRule');
    return ruleOf(rule, { groupId, isEgress: null }).map((each) => ({ ...each, id }));
  });
}

/** A rule as EC2's answers have it, under the names of either case; none when it says no peer. */
function ruleOf(rule: Fields, of: Of): ChangedRule[] {
  const peer = peerOf(rule);
  const ipProtocol = textIn(rule, 'ipProtocol', 'IpProtocol');
  if (!peer || ipProtocol === null) return [];
  const isEgress = typeof rule.isEgress === 'boolean' ? rule.isEgress : of.isEgress;
  return [{ ...valuesOf(rule, ipProtocol), id: textIn(rule, 'securityGroupRuleId'), groupId: of.groupId, isEgress, peer }];
}

const valuesOf = (fields: Fields, ipProtocol: string) => ({
  ipProtocol,
  fromPort: numberIn(fields, 'fromPort', 'FromPort'),
  toPort: numberIn(fields, 'toPort', 'ToPort'),
  description: textIn(fields, 'description', 'Description'),
});

function peerOf(rule: Fields): ChangedPeer | undefined {
  const [ipv4, ipv6] = [textIn(rule, 'cidrIpv4', 'CidrIpv4'), textIn(rule, 'cidrIpv6', 'CidrIpv6')];
  if (ipv4 !== null) return { kind: 'cidr-ipv4', cidr: ipv4 };
  if (ipv6 !== null) return { kind: 'cidr-ipv6', cidr: ipv6 };
  const list = textIn(rule, 'prefixListId', 'PrefixListId');
  if (list !== null) return { kind: 'prefix-list', id: list };
  const info = within(rule, 'referencedGroupInfo');
  const groupId = textIn(info, 'groupId') ?? textIn(rule, 'referencedGroupId', 'ReferencedGroupId');
  return groupId === null ? undefined : { kind: 'group', groupId, userId: textIn(info, 'userId') };
}

/** One entry of `ipPermissions` may hold many peers; the flat form names one network of IPv4. */
function permissionRules(permission: Fields, { groupId, isEgress }: Of): ChangedRule[] {
  const ipProtocol = textIn(permission, 'ipProtocol');
  if (ipProtocol === null) return [];
  const values = { ...valuesOf(permission, ipProtocol), id: null, groupId, isEgress };
  const rules = (items: unknown, peer: (item: Fields) => ChangedPeer | undefined): ChangedRule[] =>
    listed(items).flatMap((item) => {
      const found = peer(item);
      return found ? [{ ...values, description: textIn(item, 'description') ?? values.description, peer: found }] : [];
    });
  const named = (name: string, make: (value: string) => ChangedPeer) => (item: Fields) => {
    const value = textIn(item, name);
    return value === null ? undefined : make(value);
  };
  const ipv4 = named('cidrIp', (cidr) => ({ kind: 'cidr-ipv4', cidr }));
  const ipv6 = named('cidrIpv6', (cidr) => ({ kind: 'cidr-ipv6', cidr }));
  const list = named('prefixListId', (id) => ({ kind: 'prefix-list', id }));
  return [
    ...rules(permission.ipRanges, ipv4),
    ...rules(permission.ipv6Ranges, ipv6),
    ...rules(permission.prefixListIds, list),
    ...rules(permission.groups, (item) => {
      const id = textIn(item, 'groupId');
      return id === null ? undefined : { kind: 'group', groupId: id, userId: textIn(item, 'userId') };
    }),
    ...rules([permission], ipv4),
  ];
}
