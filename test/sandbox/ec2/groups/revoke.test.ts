import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { egress, ingress, type RegionWorld, type SecurityGroup, type Vpc } from '../../../../sandbox/index.ts';
import { type Account, account, failure } from '../../account.ts';

let aws: Account;
let world: RegionWorld;
let vpc: Vpc;
let group: SecurityGroup;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
  vpc = world.createVpc();
  group = world.createSecurityGroup({
    vpcId: vpc.id,
    rules: [
      ingress('tcp', 53, '10.0.0.0/8'),
      { ...ingress('udp', 53, '10.0.0.0/8'), description: 'DNS' },
      egress('-1', undefined, '0.0.0.0/0'),
    ],
  });
});

const idOf = (index: number, of = group) => of.rules[index]?.id ?? '';
const left = () => group.rules.map(({ protocol, isEgress }) => `${protocol}${isEgress ? ' out' : ''}`);
const dns = (IpProtocol: string): IpPermission => ({ IpProtocol, FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
const revoke = (given: object) => aws.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, ...given }));
const GONE = { name: 'InvalidPermission.NotFound', message: 'The specified rule does not exist in this security group', status: 400 };

describe('revoking', () => {
  it('by what a rule says needs no description, and tells what went', async () => {
    const id = idOf(1);
    const { Return, RevokedSecurityGroupRules } = await revoke({ IpPermissions: [dns('udp')] });
    expect(Return).toBe(true);
    expect(RevokedSecurityGroupRules).toEqual([
      {
        SecurityGroupRuleId: id,
        GroupId: group.id,
        IsEgress: false,
        IpProtocol: 'udp',
        FromPort: 53,
        ToPort: 53,
        CidrIpv4: '10.0.0.0/8',
        Description: 'DNS',
      },
    ]);
    expect(left()).toEqual(['tcp', '-1 out']);
  });

  it('takes the short form', async () => {
    await revoke({ IpProtocol: '6', FromPort: 53, ToPort: 53, CidrIp: '10.0.0.0/8' });
    expect(left()).toEqual(['udp', '-1 out']);
  });

  it('by id', async () => {
    await revoke({ SecurityGroupRuleIds: [idOf(0), idOf(1)] });
    expect(left()).toEqual(['-1 out']);
  });

  it('of what may go out tells the referenced group', async () => {
    world.addRules(group.id, [egress('tcp', 443, group.id)]);
    const { RevokedSecurityGroupRules } = await aws.ec2.send(
      new RevokeSecurityGroupEgressCommand({
        GroupId: group.id,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: group.id }] }],
      }),
    );
    expect(RevokedSecurityGroupRules).toMatchObject([{ IsEgress: true, ReferencedGroupId: group.id }]);
    expect(left()).toEqual(['tcp', 'udp', '-1 out']);
  });

  it('of a rule that is not there, or of the other direction, fails and takes nothing', async () => {
    const absent = { ...dns('tcp'), FromPort: 54, ToPort: 54 };
    expect(await failure(revoke({ IpPermissions: [dns('tcp'), absent] }))).toEqual(GONE);
    expect(await failure(revoke({ SecurityGroupRuleIds: [idOf(0), 'sgr-12345678'] }))).toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
    expect(await failure(revoke({ SecurityGroupRuleIds: [idOf(2)] }))).toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' });
    expect(left()).toHaveLength(3);
  });

  it('in a default VPC takes what is there and tells the rest', async () => {
    const usual = world.createVpc({ isDefault: true });
    const web = world.createSecurityGroup({ vpcId: usual.id, rules: [ingress('tcp', 53, '10.0.0.0/8')] });
    const answer = await revoke({ GroupId: web.id, IpPermissions: [dns('udp'), dns('tcp')] });
    expect(answer.UnknownIpPermissions).toMatchObject([{ IpProtocol: 'udp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]);
    expect(answer.RevokedSecurityGroupRules).toMatchObject([{ IpProtocol: 'tcp' }]);
    expect(web.rules).toEqual([]);
  });

  it('says rules in one way only', async () => {
    expect(await failure(revoke({}))).toMatchObject({ name: 'MissingParameter' });
    expect(await failure(revoke({ IpPermissions: [dns('tcp')], SecurityGroupRuleIds: [idOf(0)] }))).toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });
});

describe('ModifySecurityGroupRules', () => {
  const modify = (SecurityGroupRuleId: string, SecurityGroupRule: SecurityGroupRuleRequest) =>
    aws.ec2.send(
      new ModifySecurityGroupRulesCommand({ GroupId: group.id, SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }] }),
    );

  it('replaces a rule under its id', async () => {
    const id = idOf(1);
    await modify(id, { IpProtocol: '17', FromPort: 54, ToPort: 54, CidrIpv4: '10.1.2.3/16' });
    expect(group.rules[1]).toEqual({ id, isEgress: false, protocol: 'udp', fromPort: 54, toPort: 54, cidrIpv4: '10.1.0.0/16', tags: {} });
  });

  it('can swap rules, but not make two of them the same', async () => {
    const swapped = (index: number, IpProtocol: string) => ({
      SecurityGroupRuleId: idOf(index),
      SecurityGroupRule: { IpProtocol, FromPort: 53, ToPort: 53, CidrIpv4: '10.0.0.0/8' },
    });
    await aws.ec2.send(
      new ModifySecurityGroupRulesCommand({ GroupId: group.id, SecurityGroupRules: [swapped(0, 'udp'), swapped(1, 'tcp')] }),
    );
    expect(left()).toEqual(['udp', 'tcp', '-1 out']);
    const same = { IpProtocol: 'tcp', FromPort: 53, ToPort: 53, CidrIpv4: '10.0.0.0/8' };
    expect(await failure(modify(idOf(0), same))).toMatchObject({ name: 'InvalidPermission.Duplicate' });
  });

  it('refuses another kind of peer, none, and rules of other groups', async () => {
    const other = world.createSecurityGroup({ vpcId: vpc.id });
    const tcp = { IpProtocol: 'tcp', FromPort: 53, ToPort: 53 };
    expect(await failure(modify(idOf(0), { ...tcp, ReferencedGroupId: other.id }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(modify(idOf(0), tcp))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(modify(idOf(0), { CidrIpv4: '10.0.0.0/8' }))).toMatchObject({ name: 'MissingParameter' });
    expect(await failure(modify(idOf(0, other), { ...tcp, CidrIpv4: '10.0.0.0/8' }))).toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
  });
});

describe('descriptions of rules', () => {
  const update = (given: object) => aws.ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId: group.id, ...given }));

  it('are changed by what the rule says, or by its id, and taken away when left out', async () => {
    await update({ IpPermissions: [{ ...dns('tcp'), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'zones' }] }] });
    await update({ SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: idOf(1) }] });
    expect(group.rules.map(({ description }) => description)).toEqual(['zones', undefined, undefined]);
    await aws.ec2.send(
      new UpdateSecurityGroupRuleDescriptionsEgressCommand({
        GroupId: group.id,
        SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: idOf(2), Description: 'out' }],
      }),
    );
    expect(group.rules[2]?.description).toBe('out');
  });

  it('are those of rules that are there', async () => {
    expect(await failure(update({ IpPermissions: [{ ...dns('tcp'), FromPort: 1 }] }))).toEqual(GONE);
    expect(await failure(update({ SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: idOf(2) }] }))).toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
    expect(await failure(update({}))).toMatchObject({ name: 'MissingParameter' });
  });
});

describe('CreateSecurityGroup', () => {
  const create = (given: object = {}) =>
    aws.ec2.send(new CreateSecurityGroupCommand({ GroupName: 'pods', Description: 'of the pods', VpcId: vpc.id, ...given }));
  const rulesOf = (id = '') => world.state.securityGroups.get(id)?.rules;

  it('lets everything out, and nothing in', async () => {
    const { GroupId, SecurityGroupArn, Tags } = await create({
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'team', Value: 'a' }] }],
    });
    expect(SecurityGroupArn).toBe(`arn:aws:ec2:us-east-1:123456789012:security-group/${GroupId}`);
    expect(Tags).toEqual([{ Key: 'team', Value: 'a' }]);
    expect(rulesOf(GroupId)).toMatchObject([{ isEgress: true, protocol: '-1', cidrIpv4: '0.0.0.0/0' }]);
  });

  it('lets IPv6 out as well, where the VPC has it', async () => {
    const { GroupId } = await create({ VpcId: world.createVpc({ ipv6Cidr: '2600:1f14:0:100::/56' }).id });
    expect(rulesOf(GroupId)).toMatchObject([{ cidrIpv4: '0.0.0.0/0' }, { isEgress: true, protocol: '-1', cidrIpv6: '::/0' }]);
  });

  it('goes into the default VPC when nothing is said', async () => {
    expect(await failure(create({ VpcId: undefined }))).toMatchObject({ name: 'VPCIdNotSpecified' });
    const usual = world.createVpc({ isDefault: true });
    const { GroupId = '' } = await create({ VpcId: undefined });
    expect(world.state.securityGroups.get(GroupId)?.vpcId).toBe(usual.id);
  });

  it('refuses names that are taken, whatever their case, or that cannot be', async () => {
    await create();
    expect(await failure(create({ GroupName: 'PODS' }))).toMatchObject({ name: 'InvalidGroup.Duplicate' });
    for (const given of [{ GroupName: 'sg-pods' }, { GroupName: 'pöds' }, { Description: 'x'.repeat(256) }]) {
      expect(await failure(create(given))).toMatchObject({ name: 'InvalidParameterValue' });
    }
  });
});

describe('DeleteSecurityGroup', () => {
  const remove = (GroupId: string) => aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));

  it('says which group it was', async () => {
    expect(await remove(group.id)).toMatchObject({ Return: true, GroupId: group.id });
  });

  it('is refused while another VPC may use the group, or a rule of the own VPC refers to it', async () => {
    const associated = world.createSecurityGroup({ vpcId: vpc.id });
    world.associateGroup(associated.id, world.createVpc().id);
    expect(await failure(remove(associated.id))).toMatchObject({ name: 'DependencyViolation' });
    const referenced = world.createSecurityGroup({ vpcId: vpc.id });
    world.addRules(group.id, [ingress('tcp', 53, referenced.id)]);
    expect(await failure(remove(referenced.id))).toMatchObject({ name: 'DependencyViolation' });
  });

  it('leaves a reference over a peering behind, stale', async () => {
    const far = world.createVpc();
    const peering = world.peerVpc(vpc.id, { peerVpcId: far.id });
    world.createSecurityGroup({
      vpcId: far.id,
      rules: [{ isEgress: false, protocol: '-1', referencedGroup: world.peerReference(peering.id, group.id) }],
    });
    await remove(group.id);
    expect(world.state.securityGroups.has(group.id)).toBe(false);
  });
});
