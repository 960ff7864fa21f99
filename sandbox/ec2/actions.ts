import type { Ec2Action } from './action.ts';
import { deleteNetworkInterface, deleteSecurityGroup, deleteSubnet, deleteVpc } from './delete.ts';
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './groups/authorize.ts';
import { createSecurityGroup } from './groups/create-security-group.ts';
import { modifySecurityGroupRules } from './groups/modify-security-group-rules.ts';
import { revokeSecurityGroupEgress, revokeSecurityGroupIngress } from './groups/revoke.ts';
import { updateSecurityGroupRuleDescriptionsEgress, updateSecurityGroupRuleDescriptionsIngress } from './groups/rule-descriptions.ts';
import { describeSecurityGroupRules } from './groups/security-group-rules.ts';
import { describeSecurityGroups } from './groups/security-groups.ts';
import { describeSecurityGroupReferences, describeStaleSecurityGroups } from './groups/stale-security-groups.ts';
import {
  associateSecurityGroupVpc,
  describeSecurityGroupVpcAssociations,
  disassociateSecurityGroupVpc,
  getSecurityGroupsForVpc,
} from './groups/vpc-associations.ts';
import { describeInstances } from './instances.ts';
import { createNetworkInterface } from './interfaces/create-network-interface.ts';
import { modifyNetworkInterfaceAttribute } from './interfaces/modify-network-interface.ts';
import { describeNetworkInterfaces } from './interfaces/network-interfaces.ts';
import { describeManagedPrefixLists, getManagedPrefixListEntries } from './prefix-lists.ts';
import { describeSubnets, describeVpcs } from './subnets-and-vpcs.ts';
import { createTags, deleteTags } from './tags.ts';

/** By the name of the call. */
export const ACTIONS: Readonly<Record<string, Ec2Action>> = {
  AssociateSecurityGroupVpc: associateSecurityGroupVpc,
  AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
  AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
  CreateNetworkInterface: createNetworkInterface,
  CreateSecurityGroup: createSecurityGroup,
  CreateTags: createTags,
  DeleteNetworkInterface: deleteNetworkInterface,
  DeleteSecurityGroup: deleteSecurityGroup,
  DeleteSubnet: deleteSubnet,
  DeleteTags: deleteTags,
  DeleteVpc: deleteVpc,
  DescribeInstances: describeInstances,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeSecurityGroupReferences: describeSecurityGroupReferences,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroupVpcAssociations: describeSecurityGroupVpcAssociations,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeStaleSecurityGroups: describeStaleSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeVpcs: describeVpcs,
  DisassociateSecurityGroupVpc: disassociateSecurityGroupVpc,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
  GetSecurityGroupsForVpc: getSecurityGroupsForVpc,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  ModifySecurityGroupRules: modifySecurityGroupRules,
  RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
  RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
  UpdateSecurityGroupRuleDescriptionsEgress: updateSecurityGroupRuleDescriptionsEgress,
  UpdateSecurityGroupRuleDescriptionsIngress: updateSecurityGroupRuleDescriptionsIngress,
};
