import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import { required, structures, text, texts } from '../query/params.ts';
import { isWithin } from '../world/addresses.ts';
import type { Subnet, Tags } from '../world/state.ts';
import type { Ec2Action } from './action.ts';
import { found, foundAll, SECURITY_GROUP, SUBNET } from './kinds.ts';
import { renderNetworkInterface } from './network-interfaces.ts';
import { givenTags } from './tags.ts';

// `branch` is nobody's to ask for: the controller creates an `interface` and associates it with a trunk.
const TYPES = ['interface', 'trunk', 'efa', 'efa-only', 'branch'];

export const createNetworkInterface: Ec2Action = {
  mutating: true,
  parameters: ['SubnetId', 'Description', 'SecurityGroupId', 'InterfaceType', 'PrivateIpAddress', 'TagSpecification', 'ClientToken'],
  run: (params, { world }) => {
    const { state } = world;
    const subnet = found(SUBNET, required(params, 'SubnetId'), state.subnets);
    const groups = texts(params, 'SecurityGroupId');
    if (foundAll(SECURITY_GROUP, groups, state.securityGroups).some(({ vpcId }) => vpcId !== subnet.vpcId)) {
      throw awsError('InvalidParameterValue', 'You have specified two resources that belong to different networks.');
    }
    const interfaceType = text(params, 'InterfaceType') ?? 'interface';
    if (!TYPES.includes(interfaceType)) {
      throw awsError(
        'InvalidParameterValue',
        `Value (${interfaceType}) for parameter InterfaceType is invalid. Expecting one of ${TYPES.join(', ')}.`,
      );
    }
    const address = text(params, 'PrivateIpAddress');
    if (address !== undefined)
      checkAddress(
        address,
        subnet,
        [...state.interfaces.values()].flatMap((eni) => (eni.subnetId === subnet.id ? eni.privateIpAddresses : [])),
      );
    const eni = world.putInterface({
      subnetId: subnet.id,
      description: text(params, 'Description') ?? '',
      interfaceType,
      ...(groups.length > 0 ? { groups } : {}),
      ...(address === undefined ? {} : { privateIpAddresses: [address] }),
      tags: specifiedTags(params),
    });
    return { networkInterface: renderNetworkInterface(eni, state), clientToken: text(params, 'ClientToken') };
  },
};

function checkAddress(address: string, subnet: Subnet, taken: readonly string[]): void {
  if (!isWithin(address, subnet.cidr))
    throw awsError('InvalidParameterValue', `Address ${address} does not fall within the subnet's address range`);
  if (taken.includes(address)) throw awsError('InvalidIPAddress.InUse', `The specified address is already in use.`);
}

function specifiedTags(params: Params): Tags {
  return Object.fromEntries(
    structures(params, 'TagSpecification').flatMap((specification) => {
      if (text(specification, 'ResourceType') !== 'network-interface') {
        throw awsError(
          'InvalidParameterValue',
          `'${String(specification.ResourceType)}' is not a valid taggable resource type for this operation.`,
        );
      }
      return givenTags(specification).map(({ key, value }) => [key, value ?? '']);
    }),
  );
}
