import { awsError } from '../../aws-error.ts';
import type { Params } from '../../http/param.ts';
import { required, structures, text } from '../../query/params.ts';
import { type AskedRule, storedCidr, storedDescription, storedPorts, storedProtocol } from './rule-values.ts';

const SHORT_FORM = ['CidrIp', 'FromPort', 'ToPort', 'IpProtocol'];

/** Parameters that say rules one at a time, and in numbers. */
export const RULE_PARAMETERS = { short: SHORT_FORM, long: ['IpPermissions'] };

/** What a request says of rules: in the long form, each range and group of a permission is a rule; in the short one, there is one rule. */
export function askedRules(params: Params): AskedRule[] {
  const short = SHORT_FORM.filter((name) => params[name] !== undefined);
  const permissions = structures(params, 'IpPermissions');
  if (short.length > 0 && permissions.length > 0) {
    throw awsError('InvalidParameterCombination', `The parameter 'ipPermissions' may not be used in combination with '${short[0]}'`);
  }
  if (short.length === 0) return permissions.flatMap(rulesOf);
  const ranges = [{ CidrIp: required(params, 'CidrIp') }];
  return rulesOf({ ...params, IpRanges: ranges });
}

function rulesOf(permission: Params): AskedRule[] {
  const protocol = storedProtocol(required(permission, 'IpProtocol'));
  const traffic = { protocol, ...storedPorts(protocol, whole(permission, 'FromPort'), whole(permission, 'ToPort')) };
  const rule = (peer: Partial<AskedRule>, said: Params): AskedRule => ({
    ...traffic,
    ...peer,
    ...storedDescription(text(said, 'Description')),
  });
  const rules = [
    ...structures(permission, 'IpRanges').map((each) => rule({ cidrIpv4: storedCidr(required(each, 'CidrIp'), 'IPv4') }, each)),
    ...structures(permission, 'Ipv6Ranges').map((each) => rule({ cidrIpv6: storedCidr(required(each, 'CidrIpv6'), 'IPv6') }, each)),
    ...structures(permission, 'PrefixListIds').map((each) => rule({ prefixListId: required(each, 'PrefixListId') }, each)),
    ...structures(permission, 'Groups').map((each) => rule({ referencedGroup: referenceOf(each) }, each)),
  ];
  if (rules.length === 0)
    throw awsError('InvalidParameterValue', `Invalid value 'null' for ipPermissions: no range, prefix list or group is given.`);
  return rules;
}

function referenceOf(group: Params) {
  const userId = text(group, 'UserId');
  return { groupId: required(group, 'GroupId'), ...(userId === undefined ? {} : { userId }) };
}

/** A whole number, or undefined when it was not sent. */
export function whole(params: Params, name: string): number | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(value))
    throw awsError('InvalidParameterValue', `Invalid value '${value}' for ${name}: a whole number is expected.`);
  return Number(value);
}
