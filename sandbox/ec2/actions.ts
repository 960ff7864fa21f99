import type { Ec2Action } from './action.ts';
import { createNetworkInterface } from './create-network-interface.ts';
import { deleteNetworkInterface, deleteSecurityGroup, deleteSubnet, deleteVpc } from './delete.ts';
import { describeInstances } from './instances.ts';
import { modifyNetworkInterfaceAttribute } from './modify-network-interface.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';
import { describeSecurityGroupRules } from './security-group-rules.ts';
import { describeSecurityGroups } from './security-groups.ts';
import { describeSubnets, describeVpcs } from './subnets-and-vpcs.ts';
import { createTags, deleteTags } from './tags.ts';

/** By the name of the call. */
export const ACTIONS: Readonly<Record<string, Ec2Action>> = {
  CreateNetworkInterface: createNetworkInterface,
  CreateTags: createTags,
  DeleteNetworkInterface: deleteNetworkInterface,
  DeleteSecurityGroup: deleteSecurityGroup,
  DeleteSubnet: deleteSubnet,
  DeleteTags: deleteTags,
  DeleteVpc: deleteVpc,
  DescribeInstances: describeInstances,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeVpcs: describeVpcs,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
};
