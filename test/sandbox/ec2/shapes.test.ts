import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { account } from '../account.ts';

describe('what the SDK reads', () => {
  it('of an interface with everything', async () => {
    const aws = await account();
    const group = aws.world().createSecurityGroup({ name: 'pods & <"clients">' });
    const eni = aws.world().putInterface({
      description: 'a <b> & "c"',
      interfaceType: 'trunk',
      requesterId: '999988887777',
      groups: [group.id],
      privateIpAddresses: ['10.0.0.50', '10.0.0.51'],
      ipv6Addresses: ['2600:1f14::1'],
      ipv4Prefixes: ['10.0.0.64/28'],
      ipv6Prefixes: ['2600:1f14:1::/80'],
      operator: { managed: true, principal: 'eks.amazonaws.com' },
      tags: { 'kubernetes.io/cluster/blue': 'owned', empty: '' },
      attachment: {
        id: 'eni-attach-0123456789abcdef0',
        instanceId: 'i-0123456789abcdef0',
        instanceOwnerId: '123456789012',
        deviceIndex: 2,
        networkCardIndex: 0,
        status: 'attached',
        deleteOnTermination: true,
        attachTime: '2026-11-21T12:00:00.000Z',
      },
    });
    const { NetworkInterfaces } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ IncludeManagedResources: true }));
    expect(NetworkInterfaces).toEqual([
      {
        NetworkInterfaceId: eni.id,
        Description: 'a <b> & "c"',
        InterfaceType: 'trunk',
        Status: 'in-use',
        OwnerId: '123456789012',
        RequesterId: '999988887777',
        RequesterManaged: false,
        Operator: { Managed: true, Principal: 'eks.amazonaws.com' },
        VpcId: eni.vpcId,
        SubnetId: eni.subnetId,
        AvailabilityZone: 'us-east-1a',
        AvailabilityZoneId: 'use1-az1',
        MacAddress: eni.macAddress,
        SourceDestCheck: true,
        DenyAllIgwTraffic: false,
        PrivateDnsName: 'ip-10-0-0-50.ec2.internal',
        PrivateIpAddress: '10.0.0.50',
        PrivateIpAddresses: [
          { Primary: true, PrivateIpAddress: '10.0.0.50', PrivateDnsName: 'ip-10-0-0-50.ec2.internal' },
          { Primary: false, PrivateIpAddress: '10.0.0.51', PrivateDnsName: 'ip-10-0-0-51.ec2.internal' },
        ],
        Ipv6Address: '2600:1f14::1',
        Ipv6Addresses: [{ Ipv6Address: '2600:1f14::1', IsPrimaryIpv6: false }],
        Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.64/28' }],
        Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f14:1::/80' }],
        Groups: [{ GroupId: group.id, GroupName: 'pods & <"clients">' }],
        TagSet: [
          { Key: 'kubernetes.io/cluster/blue', Value: 'owned' },
          { Key: 'empty', Value: '' },
        ],
        Attachment: {
          AttachmentId: 'eni-attach-0123456789abcdef0',
          InstanceId: 'i-0123456789abcdef0',
          InstanceOwnerId: '123456789012',
          DeviceIndex: 2,
          NetworkCardIndex: 0,
          Status: 'attached',
          DeleteOnTermination: true,
          AttachTime: new Date('2026-11-21T12:00:00.000Z'),
        },
      },
    ]);
  });

  it('of an instance: trunk and CNI interfaces, never branches', async () => {
    const aws = await account();
    aws.world().createCluster('blue');
    const node = aws.world().addNode('blue', { nodegroup: 'general' });
    aws.world().addPod(node.instanceId);
    const { Reservations } = await aws.ec2.send(new DescribeInstancesCommand({ InstanceIds: [node.instanceId] }));
    const [instance] = Reservations?.[0]?.Instances ?? [];
    expect(Reservations?.[0]).toMatchObject({ OwnerId: '123456789012', Groups: [] });
    expect(instance).toMatchObject({ InstanceId: node.instanceId, State: { Code: 16, Name: 'running' }, LaunchTime: aws.clock.now() });
    expect(instance?.Tags).toContainEqual({ Key: 'eks:nodegroup-name', Value: 'general' });
    expect(instance?.NetworkInterfaces?.map((eni) => [eni.NetworkInterfaceId, eni.InterfaceType, eni.Attachment?.DeviceIndex])).toEqual([
      [node.primaryId, 'interface', 0],
      [node.cniId, 'interface', 1],
      [node.trunkId, 'trunk', 2],
    ]);
  });

  it('of a security group and of its rules', async () => {
    const aws = await account();
    const other = aws.world().createSecurityGroup({ name: 'other', rules: [] });
    const group = aws.world().createSecurityGroup({
      name: 'web',
      tags: { team: 'a' },
      rules: [
        { isEgress: false, protocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: '10.0.0.0/8', description: 'in' },
        { isEgress: false, protocol: 'tcp', fromPort: 443, toPort: 443, referencedGroup: { groupId: other.id } },
        { isEgress: false, protocol: 'tcp', fromPort: 443, toPort: 443, prefixListId: 'pl-0123456789abcdef0' },
        { isEgress: true, protocol: '-1', cidrIpv6: '::/0' },
      ],
    });
    const { SecurityGroups } = await aws.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [group.id] }));
    expect(SecurityGroups?.[0]).toMatchObject({
      GroupName: 'web',
      VpcId: group.vpcId,
      OwnerId: '123456789012',
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect(SecurityGroups?.[0]?.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'in' }],
        Ipv6Ranges: [],
        PrefixListIds: [{ PrefixListId: 'pl-0123456789abcdef0' }],
        UserIdGroupPairs: [{ GroupId: other.id, UserId: '123456789012' }],
      },
    ]);
    // All protocols: no ports here, -1 in the list of rules.
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).toEqual([
      { IpProtocol: '-1', IpRanges: [], Ipv6Ranges: [{ CidrIpv6: '::/0' }], PrefixListIds: [], UserIdGroupPairs: [] },
    ]);
    const { SecurityGroupRules } = await aws.ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }),
    );
    expect(SecurityGroupRules).toHaveLength(4);
    expect(SecurityGroupRules?.[1]).toMatchObject({
      GroupId: group.id,
      IsEgress: false,
      ReferencedGroupInfo: { GroupId: other.id, UserId: '123456789012' },
    });
    expect(SecurityGroupRules?.[3]).toMatchObject({
      IsEgress: true,
      IpProtocol: '-1',
      FromPort: -1,
      ToPort: -1,
      CidrIpv6: '::/0',
      Tags: [],
    });
    const referring = await aws.ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'ip-permission.group-id', Values: [other.id] }] }),
    );
    expect(referring.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual([group.id]);
  });

  it('of a subnet and a VPC', async () => {
    const aws = await account({}, 'eu-west-1');
    const world = aws.world('eu-west-1');
    const subnet = world.createSubnet({ tags: { Name: 'pods' } });
    world.putInterface({ subnetId: subnet.id, ipv4Prefixes: ['10.0.0.64/28'] });
    const { Subnets } = await aws.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet.id] }));
    expect(Subnets?.[0]).toMatchObject({
      VpcId: subnet.vpcId,
      CidrBlock: '10.0.0.0/19',
      // 8192, less five that EC2 keeps, one address and a prefix of sixteen.
      AvailableIpAddressCount: 8170,
      AvailabilityZone: 'eu-west-1a',
      AvailabilityZoneId: 'euw1-az1',
      Tags: [{ Key: 'Name', Value: 'pods' }],
    });
    const { Vpcs } = await aws.ec2.send(new DescribeVpcsCommand({ VpcIds: [subnet.vpcId] }));
    expect(Vpcs?.[0]).toMatchObject({ CidrBlock: '10.0.0.0/16', IsDefault: false, State: 'available', OwnerId: '123456789012' });
  });
});
