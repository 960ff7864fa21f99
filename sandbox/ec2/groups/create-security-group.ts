import { awsError } from '../../aws-error.ts';
import { required, text } from '../../query/params.ts';
import type { RegionState, Vpc } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { found, VPC } from '../kinds.ts';
import { renderTags } from '../render.ts';
import { specifiedTags } from '../tags.ts';

const WORDS = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

export const createSecurityGroup: Ec2Action = {
  mutating: true,
  parameters: ['GroupName', 'GroupDescription', 'VpcId', 'TagSpecification'],
  run: (params, { world }) => {
    const name = required(params, 'GroupName');
    const description = required(params, 'GroupDescription');
    for (const [parameter, value] of Object.entries({ GroupName: name, GroupDescription: description })) {
      if (!WORDS.test(value) || (parameter === 'GroupName' && value.startsWith('sg-'))) {
        throw awsError('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid.`);
      }
    }
    const vpc = chosenVpc(text(params, 'VpcId'), world.state);
    const taken = [...world.state.securityGroups.values()].some(
      (group) => group.vpcId === vpc.id && group.name.toLowerCase() === name.toLowerCase(),
    );
    if (taken) throw awsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpc.id}'`);
    const tags = specifiedTags(params, 'security-group');
    const group = world.createSecurityGroup({ name, description, vpcId: vpc.id, tags });
    return {
      groupId: group.id,
      tagSet: renderTags(group.tags),
      securityGroupArn: `arn:aws:ec2:${world.region}:${group.ownerId}:security-group/${group.id}`,
    };
  },
};

function chosenVpc(id: string | undefined, { vpcs }: RegionState): Vpc {
  if (id !== undefined) return found(VPC, id, vpcs);
  const vpc = [...vpcs.values()].find(({ isDefault }) => isDefault);
  if (!vpc) throw awsError('VPCIdNotSpecified', 'No default VPC for this user');
  return vpc;
}
