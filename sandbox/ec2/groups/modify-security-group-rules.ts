import { awsError } from '../../aws-error.ts';
import { isFields, type Params } from '../../http/param.ts';
import { required, structures, text } from '../../query/params.ts';
import type { RegionState, SecurityGroup, SecurityGroupRule } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { found, SECURITY_GROUP_RULE } from '../kinds.ts';
import { checkDuplicates, resolvePeer } from './authorize.ts';
import { changedGroup } from './changed-group.ts';
import { whole } from './permissions.ts';
import { type AskedRule, storedCidr, storedDescription, storedPorts, storedProtocol } from './rule-values.ts';

const PEERS: Readonly<Record<string, keyof AskedRule>> = {
  CidrIpv4: 'cidrIpv4',
  CidrIpv6: 'cidrIpv6',
  PrefixListId: 'prefixListId',
  ReferencedGroupId: 'referencedGroup',
};

/** Rules keep their ids, and get all that is said: what is left out is gone. */
export const modifySecurityGroupRules: Ec2Action = {
  mutating: true,
  parameters: ['GroupId', 'SecurityGroupRule'],
  run: (params, context) => {
    required(params, 'GroupId');
    const group = changedGroup(params, context);
    const updates = structures(params, 'SecurityGroupRule');
    if (updates.length === 0) throw awsError('MissingParameter', 'The request must contain the parameter securityGroupRules');
    const changes = updates.map((update) => changeOf(update, group, context.world.state));
    const changed = new Set(changes.map(({ rule }) => rule));
    const untouched = { ...group, rules: group.rules.filter((rule) => !changed.has(rule)) };
    for (const isEgress of [false, true]) {
      const asked = changes.filter(({ rule }) => rule.isEgress === isEgress).map(({ to }) => to);
      checkDuplicates(asked, untouched, isEgress);
    }
    group.rules = group.rules.map((rule) => {
      const to = changes.find((change) => change.rule === rule)?.to;
      return to ? { ...to, id: rule.id, isEgress: rule.isEgress, tags: rule.tags } : rule;
    });
    return { return: true };
  },
};

function changeOf(update: Params, group: SecurityGroup, state: RegionState): { rule: SecurityGroupRule; to: AskedRule } {
  const rules = new Map(group.rules.map((rule) => [rule.id, rule]));
  const rule = found(SECURITY_GROUP_RULE, required(update, 'SecurityGroupRuleId'), rules);
  const said = isFields(update.SecurityGroupRule) ? update.SecurityGroupRule : {};
  const given = Object.keys(PEERS).filter((name) => said[name] !== undefined);
  const [peer] = given;
  if (peer === undefined || given.length > 1) {
    throw awsError('InvalidParameterValue', 'Exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedGroupId must be given.');
  }
  const kind = PEERS[peer] ?? 'cidrIpv4';
  if (rule[kind] === undefined)
    throw awsError('InvalidParameterValue', `You may not specify a ${peer} for an existing rule of another kind.`);
  const protocol = storedProtocol(required(said, 'IpProtocol'));
  const to: AskedRule = {
    protocol,
    ...storedPorts(protocol, whole(said, 'FromPort'), whole(said, 'ToPort')),
    ...peerFrom(peer, required(said, peer)),
    ...storedDescription(text(said, 'Description')),
  };
  return { rule, to: resolvePeer(to, group, state) };
}

function peerFrom(name: string, value: string): Partial<AskedRule> {
  if (name === 'CidrIpv4') return { cidrIpv4: storedCidr(value, 'IPv4') };
  if (name === 'CidrIpv6') return { cidrIpv6: storedCidr(value, 'IPv6') };
  return name === 'PrefixListId' ? { prefixListId: value } : { referencedGroup: { groupId: value } };
}
