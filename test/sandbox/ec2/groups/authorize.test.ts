import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ingress, type RegionWorld, type SecurityGroup, type Vpc } from '../../../../sandbox/index.ts';
import { type Account, account, failure } from '../../account.ts';

let aws: Account;
let world: RegionWorld;
let vpc: Vpc;
let group: SecurityGroup;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
  vpc = world.createVpc();
  group = world.createSecurityGroup({ vpcId: vpc.id, rules: [] });
});

const authorize = (IpPermissions: IpPermission[], given: object = {}) =>
  aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions, ...given }));
const short = (given: object) => aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, ...given }));
const tcp53 = { IpProtocol: 'tcp', FromPort: 53, ToPort: 53 };
const from = (CidrIp: string): IpPermission => ({ ...tcp53, IpRanges: [{ CidrIp }] });

describe('AuthorizeSecurityGroupIngress', () => {
  it('makes a rule of each range, prefix list and group, and tells them all', async () => {
    const other = world.createSecurityGroup({ vpcId: vpc.id });
    const list = world.createPrefixList({ entries: ['10.9.0.0/16'] });
    const { Return, SecurityGroupRules } = await authorize([
      {
        ...tcp53,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'CoreDNS' }],
        Ipv6Ranges: [{ CidrIpv6: 'fd00::/8' }],
        PrefixListIds: [{ PrefixListId: list.id }],
        UserIdGroupPairs: [{ GroupId: other.id, UserId: '123456789012' }],
      },
    ]);
    expect(Return).toBe(true);
    const common = {
      GroupId: group.id,
      GroupOwnerId: '123456789012',
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 53,
      ToPort: 53,
      Tags: [],
    };
    expect(SecurityGroupRules).toEqual([
      expect.objectContaining({ ...common, CidrIpv4: '10.0.0.0/8', Description: 'CoreDNS' }),
      expect.objectContaining({ ...common, CidrIpv6: 'fd00::/8' }),
      expect.objectContaining({ ...common, PrefixListId: list.id }),
      expect.objectContaining({ ...common, ReferencedGroupInfo: { GroupId: other.id, UserId: '123456789012' } }),
    ]);
    expect(group.rules.map(({ id }) => id)).toEqual(SecurityGroupRules?.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId));
  });

  it('takes the short form, and empty lists beside it', async () => {
    const { SecurityGroupRules } = await short({ ...tcp53, CidrIp: '10.0.0.0/8' });
    expect(SecurityGroupRules).toMatchObject([{ IpProtocol: 'tcp', FromPort: 53, ToPort: 53, CidrIpv4: '10.0.0.0/8' }]);
    await authorize([{ ...from('10.1.0.0/16'), Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }]);
    expect(group.rules).toHaveLength(2);
  });

  it.each([
    ['6', 22, 22, { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }],
    ['17', 53, 53, { IpProtocol: 'udp', FromPort: 53, ToPort: 53 }],
    ['tcp', -1, -1, { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 }],
    ['1', 8, -1, { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }],
    ['58', undefined, undefined, { IpProtocol: 'icmpv6', FromPort: -1, ToPort: -1 }],
    ['-1', 53, 53, { IpProtocol: '-1', FromPort: -1, ToPort: -1 }],
    ['50', 1, 2, { IpProtocol: '50', FromPort: -1, ToPort: -1 }],
  ])('stores protocol %p with %p to %p in its own way', async (IpProtocol, FromPort, ToPort, stored) => {
    const { SecurityGroupRules } = await authorize([{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
    expect(SecurityGroupRules).toMatchObject([stored]);
  });

  it('clears host bits and shortens IPv6', async () => {
    const { SecurityGroupRules } = await authorize([{ ...from('100.68.0.18/18'), Ipv6Ranges: [{ CidrIpv6: '2001:DB8::0001/64' }] }]);
    expect(SecurityGroupRules?.map(({ CidrIpv4, CidrIpv6 }) => CidrIpv4 ?? CidrIpv6)).toEqual(['100.68.0.0/18', '2001:db8::/64']);
  });

  it('tags the rules', async () => {
    const TagSpecifications = [{ ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'by', Value: 'me' }] }];
    const { SecurityGroupRules } = await authorize([from('10.0.0.0/8')], { TagSpecifications });
    expect(SecurityGroupRules?.[0]?.Tags).toEqual([{ Key: 'by', Value: 'me' }]);
  });

  it('takes the name of a group in the default VPC, and only there', async () => {
    const usual = world.createVpc({ isDefault: true });
    const web = world.createSecurityGroup({ vpcId: usual.id, name: 'web', rules: [] });
    const named = (GroupName: string) => short({ GroupId: undefined, GroupName, ...tcp53, CidrIp: '10.0.0.0/8' });
    await named('web');
    expect(web.rules).toHaveLength(1);
    expect(await failure(named(group.name))).toMatchObject({ name: 'InvalidGroup.NotFound' });
    expect(await failure(short({ GroupName: 'web' }))).toMatchObject({ name: 'InvalidParameterCombination' });
  });

  it('refuses a rule that is there, whatever its description, and then adds nothing', async () => {
    await authorize([from('10.0.0.0/8')]);
    const again = { IpProtocol: '6', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '10.1.0.0/8', Description: 'new' }] };
    expect(await failure(authorize([from('10.99.0.0/16'), again]))).toEqual({
      name: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 53, to port: 53, ALLOW" already exists',
      status: 400,
    });
    expect(await failure(authorize([from('10.9.0.0/16'), from('10.9.9.9/16')]))).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'The same permission must not appear multiple times',
    });
    expect(group.rules).toHaveLength(1);
  });

  it('knows a rule again that a story wrote in another way', async () => {
    world.addRules(group.id, [{ isEgress: false, protocol: '6', cidrIpv4: '10.0.0.0/8' }]);
    const all = { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    expect(await failure(authorize([all]))).toMatchObject({ name: 'InvalidPermission.Duplicate' });
  });

  it('takes sixty rules of each address family; a group counts in both, a prefix list as much as it may hold', async () => {
    const full = Array.from({ length: 59 }, (_, index) => ingress('tcp', 1000 + index, '10.0.0.0/8'));
    world.addRules(group.id, full);
    const list = world.createPrefixList({ entries: ['10.0.0.0/24'], maxEntries: 2 });
    const tooMany = {
      name: 'RulesPerSecurityGroupLimitExceeded',
      message: 'The maximum number of rules per security group has been reached.',
    };
    expect(await failure(authorize([{ ...tcp53, PrefixListIds: [{ PrefixListId: list.id }] }]))).toMatchObject(tooMany);
    await authorize([{ ...tcp53, UserIdGroupPairs: [{ GroupId: group.id }] }]);
    expect(await failure(authorize([from('10.0.0.0/8')]))).toMatchObject(tooMany);
    await authorize([{ ...tcp53, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]);
    await aws.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: group.id, IpPermissions: [from('10.0.0.0/8')] }));
    expect(group.rules).toHaveLength(62);
  });

  it.each([
    ['an unknown protocol', { IpProtocol: 'dns', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['no protocol', { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['TCP without ports', { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['ports that run backwards', { IpProtocol: 'tcp', FromPort: 80, ToPort: 53, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['a port that is none', { IpProtocol: 'udp', FromPort: 0, ToPort: 65536, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['every ICMP type with one code', { IpProtocol: 'icmp', FromPort: -1, ToPort: 0, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['an address without a length', from('10.0.0.1')],
    ['IPv6 among IPv4', from('fd00::/8')],
    ['nobody', { ...tcp53 }],
    ['a description with a quote', { ...tcp53, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: `it's` }] }],
    ['a long description', { ...tcp53, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'x'.repeat(256) }] }],
  ])('refuses %s', async (_, permission) => {
    expect((await failure(authorize([permission]))).name).toMatch(/^(InvalidParameterValue|MissingParameter)$/);
    expect(group.rules).toEqual([]);
  });

  it('refuses both forms at once, neither, and what does not exist', async () => {
    expect(await failure(authorize([from('10.0.0.0/8')], { CidrIp: '10.0.0.0/8' }))).toMatchObject({ name: 'InvalidParameterCombination' });
    expect(await failure(short({}))).toMatchObject({ name: 'MissingParameter' });
    expect(await failure(authorize([from('10.0.0.0/8')], { GroupId: 'sg-12345678' }))).toMatchObject({ name: 'InvalidGroup.NotFound' });
    expect(await failure(authorize([{ ...tcp53, PrefixListIds: [{ PrefixListId: 'pl-12345678' }] }]))).toMatchObject({
      name: 'InvalidPrefixListID.NotFound',
    });
    expect(await failure(authorize([{ ...tcp53, UserIdGroupPairs: [{ GroupId: 'sg-12345678' }] }]))).toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
  });

  it('changes nothing in a dry run, nor in the group of another account', async () => {
    expect(await failure(authorize([from('10.0.0.0/8')], { DryRun: true }))).toMatchObject({ name: 'DryRunOperation', status: 412 });
    group.ownerId = '999988887777';
    expect(await failure(authorize([from('10.0.0.0/8')]))).toMatchObject({ name: 'AuthFailure' });
    expect(group.rules).toEqual([]);
  });
});

describe('a group of another VPC', () => {
  const refer = (GroupId: string, UserId?: string) => authorize([{ ...tcp53, UserIdGroupPairs: [{ GroupId, UserId }] }]);

  it('can be referred to over an active peering, from either side', async () => {
    const far = world.createVpc();
    const there = world.createSecurityGroup({ vpcId: far.id });
    expect(await failure(refer(there.id))).toMatchObject({
      name: 'InvalidGroup.NotFound',
      message: 'You have specified two resources that belong to different networks.',
    });
    const peering = world.peerVpc(far.id, { peerVpcId: vpc.id });
    const { SecurityGroupRules } = await refer(there.id);
    expect(SecurityGroupRules?.[0]?.ReferencedGroupInfo).toEqual({
      GroupId: there.id,
      UserId: '123456789012',
      VpcId: far.id,
      VpcPeeringConnectionId: peering.id,
      PeeringStatus: 'active',
    });
  });

  it('can be a stranger, whose owner must be the right one', async () => {
    const foreign = 'sg-0f0e1d2c3b4a59687';
    const peering = world.peerVpc(vpc.id, { peerOwnerId: '210987654321', peerGroups: [foreign] });
    expect(await failure(refer(foreign, '123456789012'))).toMatchObject({ name: 'InvalidGroup.NotFound' });
    const { SecurityGroupRules } = await refer(foreign, '210987654321');
    expect(SecurityGroupRules?.[0]?.ReferencedGroupInfo).toMatchObject({ UserId: '210987654321', VpcPeeringConnectionId: peering.id });
    peering.status = 'deleted';
    expect(await failure(refer(foreign, '210987654321'))).toMatchObject({ name: 'InvalidGroup.NotFound' });
  });

  it('can be used by interfaces only where it is associated', async () => {
    const guest = world.createSecurityGroup({ vpcId: world.createVpc().id });
    const eni = world.putInterface({ vpcId: vpc.id });
    const use = (Groups: string[]) => aws.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni.id, Groups }));
    expect(await failure(use([guest.id]))).toMatchObject({ name: 'InvalidParameterValue' });
    world.associateGroup(guest.id, vpc.id);
    await use([guest.id]);
    expect(eni.groups).toEqual([guest.id]);
    await refer(guest.id);
    const many = Array.from({ length: 6 }, () => world.createSecurityGroup({ vpcId: vpc.id }).id);
    expect(await failure(use(many))).toMatchObject({ name: 'SecurityGroupsPerInterfaceLimitExceeded' });
  });
});
