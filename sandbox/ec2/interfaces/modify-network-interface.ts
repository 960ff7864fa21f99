import { awsError } from '../../aws-error.ts';
import { isFields } from '../../http/param.ts';
import { required, text, texts } from '../../query/params.ts';
import type { Ec2Action } from '../action.ts';
import { checkOwner } from '../delete.ts';
import { found, NETWORK_INTERFACE } from '../kinds.ts';
import { checkGroupsOf } from './interface-groups.ts';

/** One attribute in each call: the groups or the description. */
export const modifyNetworkInterfaceAttribute: Ec2Action = {
  mutating: true,
  parameters: ['NetworkInterfaceId', 'SecurityGroupId', 'Description'],
  run: (params, { world, accountId }) => {
    const eni = found(NETWORK_INTERFACE, required(params, 'NetworkInterfaceId'), world.state.interfaces);
    checkOwner(eni.ownerId, accountId);
    const groups = texts(params, 'SecurityGroupId');
    const description = params.Description;
    if (groups.length > 0 === (description !== undefined)) {
      throw awsError('InvalidParameterCombination', 'Exactly one attribute must be specified: groupSet or description.');
    }
    if (eni.operator?.managed || (eni.requesterManaged && eni.status !== 'available')) {
      throw awsError('OperationNotPermitted', `You are not allowed to modify '${eni.id}'.`);
    }
    checkGroupsOf(eni.vpcId, groups, world.state);
    if (groups.length > 0) eni.groups = [...new Set(groups)];
    else eni.description = (isFields(description) && text(description, 'Value')) || '';
    return { return: true };
  },
};
