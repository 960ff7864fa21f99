import {
  AssociateSecurityGroupVpcCommand,
  DescribeSecurityGroupVpcAssociationsCommand,
  DisassociateSecurityGroupVpcCommand,
  GetSecurityGroupsForVpcCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RegionWorld, SecurityGroup, Subnet, Vpc } from '../../../../sandbox/index.ts';
import { type Account, account, failure } from '../../account.ts';

let aws: Account;
let world: RegionWorld;
let group: SecurityGroup;
let elsewhere: Vpc;
let subnet: Subnet;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
  group = world.createSecurityGroup({ vpcId: world.createVpc().id, name: 'shared' });
  elsewhere = world.createVpc();
  subnet = world.createSubnet({ vpcId: elsewhere.id });
});

const associations = async (given: object = {}) =>
  (await aws.ec2.send(new DescribeSecurityGroupVpcAssociationsCommand(given))).SecurityGroupVpcAssociations;
const usable = async (VpcId = elsewhere.id) =>
  (await aws.ec2.send(new GetSecurityGroupsForVpcCommand({ VpcId }))).SecurityGroupForVpcs?.map((each) => each.GroupName);
const associate = (given: object = {}) =>
  aws.ec2.send(new AssociateSecurityGroupVpcCommand({ GroupId: group.id, VpcId: elsewhere.id, ...given }));
const disassociate = () => aws.ec2.send(new DisassociateSecurityGroupVpcCommand({ GroupId: group.id, VpcId: elsewhere.id }));

it('a group is associated in a minute, and can then be used', async () => {
  expect((await associate()).State).toBe('associating');
  expect(await usable()).toEqual(['default']);
  aws.clock.advance(1);
  expect(await associations()).toEqual([
    { GroupId: group.id, GroupOwnerId: '123456789012', VpcId: elsewhere.id, VpcOwnerId: '123456789012', State: 'associated' },
  ]);
  expect(await usable()).toEqual(['shared', 'default']);
  expect(await usable(group.vpcId)).toEqual(['default', 'shared']);
});

it('an association ends in a minute, unless an interface holds it', async () => {
  world.associateGroup(group.id, elsewhere.id);
  const eni = world.putInterface({ subnetId: subnet.id, groups: [group.id] });
  expect(await failure(disassociate())).toMatchObject({ name: 'DependencyViolation' });
  world.removeInterface(eni.id);
  expect((await disassociate()).State).toBe('disassociating');
  expect(await usable()).toEqual(['default']);
  aws.clock.advance(1);
  expect(await associations()).toEqual([]);
  expect(await failure(disassociate())).toMatchObject({ name: 'InvalidSecurityGroupVpcAssociation.NotFound' });
});

it('a state can be what the story wants', async () => {
  world.associateGroup(group.id, elsewhere.id, { state: 'association-failed', stateReason: 'the VPC is going away' });
  expect(await associations({ Filters: [{ Name: 'state', Values: ['association-failed'] }] })).toMatchObject([
    { State: 'association-failed', StateReason: 'the VPC is going away' },
  ]);
  expect(await associations({ Filters: [{ Name: 'vpc-id', Values: [group.vpcId] }] })).toEqual([]);
  expect(await usable()).toEqual(['default']);
});

describe('refused', () => {
  it('are default groups, default VPCs and the home of the group', async () => {
    const [standard] = [...world.state.securityGroups.values()].filter(({ name }) => name === 'default');
    const usual = world.createVpc({ isDefault: true });
    for (const given of [{ GroupId: standard?.id }, { VpcId: usual.id }, { VpcId: group.vpcId }]) {
      expect(await failure(associate(given))).toMatchObject({ name: 'InvalidParameterValue' });
    }
  });

  it('are filters by tag, and page sizes outside 5 to 1000', async () => {
    expect(await failure(associations({ Filters: [{ Name: 'tag:a', Values: ['b'] }] }))).toMatchObject({ name: 'InvalidParameterValue' });
    for (const MaxResults of [4, 1001])
      expect(await failure(associations({ MaxResults }))).toMatchObject({ name: 'InvalidParameterValue' });
  });
});
