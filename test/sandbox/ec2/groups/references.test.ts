import {
  DescribeSecurityGroupReferencesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeStaleSecurityGroupsCommand,
  paginateDescribeSecurityGroupRules,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ingress, type RegionWorld, type Vpc } from '../../../../sandbox/index.ts';
import { type Account, account, failure } from '../../account.ts';

const FOREIGN = 'sg-0f0e1d2c3b4a59687';

let aws: Account;
let world: RegionWorld;
let vpc: Vpc;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
  vpc = world.createVpc();
});

async function reference(groupId: string) {
  const { SecurityGroupRules } = await aws.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  return SecurityGroupRules?.[0]?.ReferencedGroupInfo;
}
const stale = async (given: object = {}) =>
  (await aws.ec2.send(new DescribeStaleSecurityGroupsCommand({ VpcId: vpc.id, ...given }))).StaleSecurityGroupSet;

describe('a reference to a group', () => {
  it('of the own VPC has its owner', async () => {
    const other = world.createSecurityGroup({ vpcId: vpc.id });
    const group = world.createSecurityGroup({ vpcId: vpc.id, rules: [ingress('tcp', 53, other.id)] });
    expect(await reference(group.id)).toEqual({ GroupId: other.id, UserId: '123456789012' });
    expect(await stale()).toEqual([]);
    const Filters = [{ Name: 'ip-permission.user-id', Values: ['123456789012'] }];
    const { SecurityGroups } = await aws.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    expect(SecurityGroups?.map(({ GroupId }) => GroupId)).toContain(group.id);
  });

  it("of a stranger's VPC has peering, VPC and owner, and loses its owner with the group", async () => {
    const peering = world.peerVpc(vpc.id, { peerOwnerId: '210987654321', peerGroups: [FOREIGN] });
    const group = world.createSecurityGroup({
      vpcId: vpc.id,
      rules: [{ isEgress: false, protocol: 'tcp', fromPort: 53, toPort: 53, referencedGroup: world.peerReference(peering.id, FOREIGN) }],
    });
    const alive = {
      GroupId: FOREIGN,
      VpcId: peering.peerVpcId,
      VpcPeeringConnectionId: peering.id,
      PeeringStatus: 'active',
      UserId: '210987654321',
    };
    expect(await reference(group.id)).toEqual(alive);
    expect(await stale()).toEqual([]);

    world.deletePeerGroup(peering.id, FOREIGN);
    const { UserId: _, ...ownerless } = alive;
    expect(await reference(group.id)).toEqual(ownerless);
    expect(await stale()).toEqual([
      {
        GroupId: group.id,
        GroupName: group.name,
        Description: group.description,
        VpcId: vpc.id,
        StaleIpPermissions: [{ IpProtocol: 'tcp', FromPort: 53, ToPort: 53, UserIdGroupPairs: [ownerless] }],
        StaleIpPermissionsEgress: [],
      },
    ]);
    const { SecurityGroups } = await aws.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [group.id] }));
    expect(SecurityGroups?.[0]?.IpPermissions?.[0]?.UserIdGroupPairs).toEqual([ownerless]);
  });

  it('is stale when the peering ends, and says so', async () => {
    const far = world.createVpc();
    const peering = world.peerVpc(vpc.id, { peerVpcId: far.id });
    const there = world.createSecurityGroup({ vpcId: far.id });
    const group = world.createSecurityGroup({
      vpcId: vpc.id,
      rules: [{ isEgress: true, protocol: '-1', referencedGroup: world.peerReference(peering.id, there.id) }],
    });
    expect(await stale()).toEqual([]);
    peering.status = 'deleted';
    expect(await reference(group.id)).toMatchObject({ PeeringStatus: 'deleted', UserId: '123456789012', VpcId: far.id });
    expect(await stale()).toMatchObject([{ GroupId: group.id, StaleIpPermissions: [], StaleIpPermissionsEgress: [{ IpProtocol: '-1' }] }]);
  });

  it('over a VPC association is stale when that ends', async () => {
    const guest = world.createSecurityGroup({ vpcId: world.createVpc().id });
    world.associateGroup(guest.id, vpc.id);
    const group = world.createSecurityGroup({ vpcId: vpc.id, rules: [ingress('tcp', 53, guest.id)] });
    expect(await stale()).toEqual([]);
    world.disassociateGroup(guest.id, vpc.id);
    expect(await stale()).toMatchObject([{ GroupId: group.id }]);
  });
});

describe('DescribeStaleSecurityGroups', () => {
  it('asks for a VPC that exists, and pages of 5 to 255', async () => {
    expect(await failure(stale({ VpcId: 'vpc-12345678' }))).toMatchObject({ name: 'InvalidVpcID.NotFound' });
    for (const MaxResults of [4, 256]) expect(await failure(stale({ MaxResults }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await stale({ MaxResults: 255 })).toEqual([]);
  });
});

describe('DescribeSecurityGroupReferences', () => {
  it('tells which peered VPC refers to a group', async () => {
    const far = world.createVpc();
    const peering = world.peerVpc(vpc.id, { peerVpcId: far.id });
    const group = world.createSecurityGroup({ vpcId: vpc.id });
    const referencedGroup = world.peerReference(peering.id, group.id);
    expect(referencedGroup.vpcId).toBe(vpc.id);
    world.createSecurityGroup({ vpcId: far.id, rules: [{ isEgress: false, protocol: '-1', referencedGroup }] });
    const ask = (GroupId: string[]) => aws.ec2.send(new DescribeSecurityGroupReferencesCommand({ GroupId }));
    expect((await ask([group.id])).SecurityGroupReferenceSet).toEqual([
      { GroupId: group.id, ReferencingVpcId: far.id, VpcPeeringConnectionId: peering.id },
    ]);
    expect(await failure(ask([]))).toMatchObject({ name: 'MissingParameter' });
    expect(await failure(ask([FOREIGN]))).toMatchObject({ name: 'InvalidGroup.NotFound' });
  });
});

describe('DescribeSecurityGroupRules', () => {
  it('comes in pages, of one group or of many', async () => {
    const rules = Array.from({ length: 12 }, (_, index) => ingress('tcp', 1000 + index, '10.0.0.0/8'));
    const groups = [world.createSecurityGroup({ vpcId: vpc.id, rules }), world.createSecurityGroup({ vpcId: vpc.id, rules })];
    const found: string[] = [];
    const Filters = [{ Name: 'group-id', Values: groups.map(({ id }) => id) }];
    for await (const { SecurityGroupRules } of paginateDescribeSecurityGroupRules({ client: aws.ec2, pageSize: 5 }, { Filters })) {
      expect(SecurityGroupRules?.length).toBeLessThanOrEqual(5);
      found.push(...(SecurityGroupRules ?? []).map(({ GroupId, FromPort }) => `${GroupId} ${FromPort}`));
    }
    expect(new Set(found).size).toBe(24);
    const wild = { Filters: [{ Name: 'group-id', Values: [`${groups[0]?.id.slice(0, -1)}?`] }] };
    expect((await aws.ec2.send(new DescribeSecurityGroupRulesCommand(wild))).SecurityGroupRules).toHaveLength(12);
  });

  it('may be stale: a rule that was just revoked is still told', async () => {
    const group = world.createSecurityGroup({ vpcId: vpc.id, rules: [ingress('tcp', 53, '10.0.0.0/8')] });
    const ask = async () =>
      (await aws.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] })))
        .SecurityGroupRules;
    const snapshot = aws.snapshot();
    world.removeRules(group.id);
    aws.faults.add({ times: 1, effect: { kind: 'stale', snapshot } });
    expect(await ask()).toMatchObject([{ IpProtocol: 'tcp', FromPort: 53 }]);
    expect(await ask()).toEqual([]);
  });

  it('tells nothing of a group that does not exist, and refuses other filters and unknown rules', async () => {
    const ask = (given: object) => aws.ec2.send(new DescribeSecurityGroupRulesCommand(given));
    expect((await ask({ Filters: [{ Name: 'group-id', Values: [FOREIGN] }] })).SecurityGroupRules).toEqual([]);
    expect(await failure(ask({ Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(ask({ SecurityGroupRuleIds: ['sgr-12345678'] }))).toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' });
  });
});
