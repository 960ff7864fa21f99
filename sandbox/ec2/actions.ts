import type { Ec2Action } from './action.ts';
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './authorize.ts';
import { createNetworkInterface } from './create-network-interface.ts';
import { createSecurityGroup } from './create-security-group.ts';
import { deleteNetworkInterface, deleteSecurityGroup, deleteSubnet, deleteVpc } from './delete.ts';
import { describeInstances } from './instances.ts';
import { modifyNetworkInterfaceAttribute } from './modify-network-interface.ts';
import { modifySecurityGroupRules } from './modify-security-group-rules.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';
import { describeManagedPrefixLists, getManagedPrefixListEntries } from './prefix-lists.ts';
import { revokeSecurityGroupEgress, revokeSecurityGroupIngress } from './revoke.ts';
import { updateSecurityGroupRuleDescriptionsEgress, updateSecurityGroupRuleDescriptionsIngress } from './rule-descriptions.ts';
import { describeSecurityGroupRules } from './security-group-rules.ts';
import { describeSecurityGroups } from './security-groups.ts';
import { describeSecurityGroupReferences, describeStaleSecurityGroups } from './stale-security-groups.ts';
import { describeSubnets, describeVpcs } from './subnets-and-vpcs.ts';
import { createTags, deleteTags } from './tags.ts';
import {
  associateSecurityGroupVpc,
  describeSecurityGroupVpcAssociations,
  disassociateSecurityGroupVpc,
  getSecurityGroupsForVpc,
} from './vpc-associations.ts';

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
