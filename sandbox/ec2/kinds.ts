import { awsError } from '../aws-error.ts';

/** How EC2 speaks of one kind of thing. The codes' casing is EC2's own and follows no rule. */
export interface Kind {
  prefix: string;
  malformed: string;
  notFound: string;
  /** For the message, e.g. `The networkInterface ID`. */
  called: string;
}

export const NETWORK_INTERFACE: Kind = {
  prefix: 'eni',
  malformed: 'InvalidNetworkInterfaceId.Malformed',
  notFound: 'InvalidNetworkInterfaceID.NotFound',
  called: 'networkInterface ID',
};
export const INSTANCE: Kind = {
  prefix: 'i',
  malformed: 'InvalidInstanceID.Malformed',
  notFound: 'InvalidInstanceID.NotFound',
  called: 'instance ID',
};
export const SECURITY_GROUP: Kind = {
  prefix: 'sg',
  malformed: 'InvalidGroupId.Malformed',
  notFound: 'InvalidGroup.NotFound',
  called: 'security group',
};
export const SECURITY_GROUP_RULE: Kind = {
  prefix: 'sgr',
  malformed: 'InvalidSecurityGroupRuleId.Malformed',
  notFound: 'InvalidSecurityGroupRuleId.NotFound',
  called: 'security group rule ID',
};
export const SUBNET: Kind = {
  prefix: 'subnet',
  malformed: 'InvalidSubnetID.Malformed',
  notFound: 'InvalidSubnetID.NotFound',
  called: 'subnet ID',
};
export const VPC: Kind = { prefix: 'vpc', malformed: 'InvalidVpcID.Malformed', notFound: 'InvalidVpcID.NotFound', called: 'vpc ID' };
export const PREFIX_LIST: Kind = {
  prefix: 'pl',
  malformed: 'InvalidPrefixListId.Malformed',
  notFound: 'InvalidPrefixListID.NotFound',
  called: 'prefix list ID',
};

/** Refuses ids that EC2 could not have given: 8 or 17 hexadecimal digits. */
export function checkIds({ prefix, malformed }: Kind, ids: readonly string[]): void {
  const bad = ids.find((id) => !new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(id));
  if (bad !== undefined) throw awsError(malformed, `Invalid id: "${bad}"`);
}

/** The things with these ids. One that is missing fails the whole request, and all that are missing are named. */
export function foundAll<T>(kind: Kind, ids: readonly string[], map: ReadonlyMap<string, T>): T[] {
  checkIds(kind, ids);
  const missing = ids.filter((id) => !map.has(id));
  if (missing.length > 0) throw notFound(kind, missing);
  return ids.flatMap((id) => map.get(id) ?? []);
}

/** The one thing with this id. */
export function found<T>(kind: Kind, id: string, map: ReadonlyMap<string, T>): T {
  checkIds(kind, [id]);
  const thing = map.get(id);
  if (thing === undefined) throw notFound(kind, [id]);
  return thing;
}

const notFound = ({ notFound: code, called }: Kind, ids: readonly string[]) =>
  awsError(code, `The ${called}${ids.length > 1 ? 's' : ''} '${ids.join(', ')}' do${ids.length > 1 ? '' : 'es'} not exist`);
