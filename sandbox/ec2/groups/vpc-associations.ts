import { awsError } from '../../aws-error.ts';
import { required } from '../../query/params.ts';
import type { SecurityGroup, VpcAssociation } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { checkOwner } from '../delete.ts';
import { describe } from '../describe.ts';
import { found, SECURITY_GROUP, VPC } from '../kinds.ts';
import { renderTags } from '../render.ts';
import { isUsableIn } from './references.ts';

export const describeSecurityGroupVpcAssociations = describe<VpcAssociation>({
  kind: SECURITY_GROUP,
  all: ({ vpcAssociations }) => vpcAssociations,
  filters: {
    'group-id': (association) => [association.groupId],
    'group-owner-id': (association) => [association.groupOwnerId],
    state: (association) => [association.state],
    'vpc-id': (association) => [association.vpcId],
    'vpc-owner-id': (association) => [association.vpcOwnerId],
  },
  tagsOf: () => ({}),
  tagFilters: false,
  resultSet: 'securityGroupVpcAssociationSet',
  render: ({ id: _, ...association }) => association,
});

/** Every group that may be used in a VPC, with the VPC that is its home. */
export const getSecurityGroupsForVpc = describe<SecurityGroup>({
  kind: SECURITY_GROUP,
  otherParameters: ['VpcId'],
  all: (state, params) => {
    const { id } = found(VPC, required(params, 'VpcId'), state.vpcs);
    return new Map([...state.securityGroups].filter(([, group]) => isUsableIn(group, id, state)));
  },
  filters: {
    description: (group) => [group.description],
    'group-id': (group) => [group.id],
    'group-name': (group) => [group.name],
    'owner-id': (group) => [group.ownerId],
    'primary-vpc-id': (group) => [group.vpcId],
  },
  tagsOf: ({ tags }) => tags,
  resultSet: 'securityGroupForVpcSet',
  render: (group) => ({
    groupId: group.id,
    groupName: group.name,
    description: group.description,
    ownerId: group.ownerId,
    primaryVpcId: group.vpcId,
    tagSet: renderTags(group.tags),
  }),
});

const PARAMETERS = ['GroupId', 'VpcId'];

export const associateSecurityGroupVpc: Ec2Action = {
  mutating: true,
  parameters: PARAMETERS,
  run: (params, { world, accountId }) => {
    const group = found(SECURITY_GROUP, required(params, 'GroupId'), world.state.securityGroups);
    const vpc = found(VPC, required(params, 'VpcId'), world.state.vpcs);
    checkOwner(group.ownerId, accountId);
    if (group.name === 'default' || vpc.isDefault || group.vpcId === vpc.id) {
      throw awsError('InvalidParameterValue', `The security group ${group.id} cannot be associated with the VPC ${vpc.id}.`);
    }
    return { state: world.associateGroup(group.id, vpc.id, { state: 'associating' }).state };
  },
};

export const disassociateSecurityGroupVpc: Ec2Action = {
  mutating: true,
  parameters: PARAMETERS,
  run: (params, { world }) => {
    const groupId = required(params, 'GroupId');
    const vpcId = required(params, 'VpcId');
    if (!world.state.vpcAssociations.has(`${groupId} ${vpcId}`)) {
      throw awsError('InvalidSecurityGroupVpcAssociation.NotFound', `The security group ${groupId} is not associated with ${vpcId}.`);
    }
    const used = [...world.state.interfaces.values()].some((eni) => eni.vpcId === vpcId && eni.groups.includes(groupId));
    if (used) throw awsError('DependencyViolation', `resource ${groupId} has a dependent object`);
    return { state: world.disassociateGroup(groupId, vpcId).state };
  },
};
