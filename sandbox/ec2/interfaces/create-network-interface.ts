import { awsError } from '../../aws-error.ts';
import { required, text, texts } from '../../query/params.ts';
import { isWithin } from '../../world/network/addresses.ts';
import type { Subnet } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { found, SUBNET } from '../kinds.ts';
import { specifiedTags } from '../tags.ts';
import { checkGroupsOf } from './interface-groups.ts';
import { renderNetworkInterface } from './network-interfaces.ts';

// `branch` is nobody's to ask for: the controller creates an `interface` and associates it with a trunk.
const TYPES = ['interface', 'trunk', 'efa', 'efa-only', 'branch'];

export const createNetworkInterface: Ec2Action = {
  mutating: true,
  parameters: ['SubnetId', 'Description', 'SecurityGroupId', 'InterfaceType', 'PrivateIpAddress', 'TagSpecification', 'ClientToken'],
  run: (params, { world }) => {
    const { state } = world;
    const subnet = found(SUBNET, required(params, 'SubnetId'), state.subnets);
    const groups = texts(params, 'SecurityGroupId');
    checkGroupsOf(subnet.vpcId, groups, state);
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
      tags: specifiedTags(params, 'network-interface'),
    });
    return { networkInterface: renderNetworkInterface(eni, state), clientToken: text(params, 'ClientToken') };
  },
};

function checkAddress(address: string, subnet: Subnet, taken: readonly string[]): void {
  if (!isWithin(address, subnet.cidr))
    throw awsError('InvalidParameterValue', `Address ${address} does not fall within the subnet's address range`);
  if (taken.includes(address)) throw awsError('InvalidIPAddress.InUse', `The specified address is already in use.`);
}
