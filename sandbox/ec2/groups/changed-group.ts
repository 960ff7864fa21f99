import { awsError } from '../../aws-error.ts';
import type { Params } from '../../http/param.ts';
import type { CallContext } from '../../http/service.ts';
import { text } from '../../query/params.ts';
import type { RegionState, SecurityGroup } from '../../world/state.ts';
import { checkOwner } from '../delete.ts';
import { found, SECURITY_GROUP } from '../kinds.ts';

/** The group that a request changes: by its id, or by its name in the default VPC. */
export function changedGroup(params: Params, { world: { state }, accountId }: Pick<CallContext, 'world' | 'accountId'>): SecurityGroup {
  const id = text(params, 'GroupId');
  const name = text(params, 'GroupName');
  if (id === undefined && name === undefined)
    throw awsError('MissingParameter', 'The request must contain the parameter groupName or groupId');
  if (id !== undefined && name !== undefined) {
    throw awsError('InvalidParameterCombination', "The parameter 'groupName' may not be used in combination with 'groupId'");
  }
  const group = id === undefined ? inDefaultVpc(name ?? '', state) : found(SECURITY_GROUP, id, state.securityGroups);
  checkOwner(group.ownerId, accountId);
  return group;
}

function inDefaultVpc(name: string, { vpcs, securityGroups }: RegionState): SecurityGroup {
  const vpc = [...vpcs.values()].find(({ isDefault }) => isDefault);
  const group = [...securityGroups.values()].find((each) => each.vpcId === vpc?.id && each.name === name);
  if (!group) throw awsError('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC '${vpc?.id ?? 'none'}'`);
  return group;
}
