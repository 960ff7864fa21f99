import {
  CreateNetworkInterfaceCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeNetworkInterfacesCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Subnet } from '../../../sandbox/index.ts';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let subnet: Subnet;

beforeEach(async () => {
  aws = await account();
  subnet = aws.world().createSubnet();
});

describe('CreateNetworkInterface', () => {
  it('makes what was asked for, and tells it as Describe does', async () => {
    const group = aws.world().createSecurityGroup();
    const { NetworkInterface: made } = await aws.ec2.send(
      new CreateNetworkInterfaceCommand({
        SubnetId: subnet.id,
        Description: 'aws-k8s-trunk-eni',
        InterfaceType: 'trunk',
        Groups: [group.id],
        PrivateIpAddress: '10.0.0.77',
        TagSpecifications: [{ ResourceType: 'network-interface', Tags: [{ Key: 'eks:eni:owner', Value: 'eks-vpc-resource-controller' }] }],
      }),
    );
    expect(made).toMatchObject({
      Status: 'available',
      InterfaceType: 'trunk',
      Groups: [{ GroupId: group.id }],
      PrivateIpAddress: '10.0.0.77',
      TagSet: [{ Key: 'eks:eni:owner', Value: 'eks-vpc-resource-controller' }],
    });
    const { NetworkInterfaces } = await aws.ec2.send(new DescribeNetworkInterfacesCommand());
    expect(NetworkInterfaces).toEqual([made]);
  });

  it("gives the next address and the VPC's default security group", async () => {
    const create = () => aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet.id }));
    const [first, second] = [await create(), await create()];
    expect(first.NetworkInterface).toMatchObject({ InterfaceType: 'interface', Groups: [{ GroupName: 'default' }] });
    expect(second.NetworkInterface?.PrivateIpAddress).not.toBe(first.NetworkInterface?.PrivateIpAddress);
  });

  it('refuses what does not fit', async () => {
    const elsewhere = aws.world().createSecurityGroup({ vpcId: aws.world().createVpc().id });
    const taken = aws.world().putInterface({ subnetId: subnet.id });
    const create = (given: object) => failure(aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet.id, ...given })));
    expect(await create({ SubnetId: 'subnet-12345678' })).toMatchObject({ name: 'InvalidSubnetID.NotFound' });
    expect(await create({ Groups: ['sg-12345678'] })).toMatchObject({ name: 'InvalidGroup.NotFound' });
    expect(await create({ Groups: [elsewhere.id] })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await create({ InterfaceType: 'lambda' })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await create({ PrivateIpAddress: '192.168.0.1' })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await create({ PrivateIpAddress: taken.privateIpAddresses[0] })).toMatchObject({ name: 'InvalidIPAddress.InUse' });
    expect(await create({ Ipv6AddressCount: 1 })).toMatchObject({
      name: 'UnknownParameter',
      message: expect.stringContaining('Ipv6AddressCount'),
    });
  });

  it('fails when the subnet is full', async () => {
    const { id } = aws.world().createSubnet({ cidr: '10.0.200.0/29' });
    const create = () => aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: id }));
    for (const _ of [1, 2, 3]) await create();
    expect(await failure(create())).toMatchObject({ name: 'InsufficientFreeAddressesInSubnet' });
  });
});

describe('tags', () => {
  const create = (Resources: string[], ...Tags: [Key: string, Value: string][]) =>
    aws.ec2.send(new CreateTagsCommand({ Resources, Tags: Tags.map(([Key, Value]) => ({ Key, Value })) }));

  it('are added and replaced, on several things at once', async () => {
    const eni = aws.world().putInterface({ tags: { team: 'a', keep: '1' } });
    const vpc = aws.world().createVpc();
    await create([eni.id, vpc.id], ['team', 'b'], ['sgp-warden:keep', '']);
    expect(eni.tags).toEqual({ team: 'b', keep: '1', 'sgp-warden:keep': '' });
    expect(vpc.tags).toEqual({ team: 'b', 'sgp-warden:keep': '' });
  });

  it('are taken away by key, or only with the value that is named', async () => {
    const eni = aws.world().putInterface({ tags: { a: '1', b: '2', c: '3' } });
    await aws.ec2.send(new DeleteTagsCommand({ Resources: [eni.id], Tags: [{ Key: 'a' }, { Key: 'b', Value: 'other' }] }));
    expect(eni.tags).toEqual({ b: '2', c: '3' });
  });

  it("are refused when they are AWS's own, and change nothing when one thing is missing", async () => {
    const eni = aws.world().putInterface();
    expect(await failure(create([eni.id], ['aws:x', 'y']))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(create([eni.id, 'i-12345678'], ['x', 'y']))).toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    expect(eni.tags).toEqual({});
  });
});

describe('ModifyNetworkInterfaceAttribute', () => {
  it('replaces the groups', async () => {
    const eni = aws.world().putInterface();
    const group = aws.world().createSecurityGroup();
    await aws.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni.id, Groups: [group.id] }));
    expect(eni.groups).toEqual([group.id]);
  });

  it('replaces the description', async () => {
    const eni = aws.world().putInterface();
    await aws.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni.id, Description: { Value: 'mine' } }));
    expect(eni.description).toBe('mine');
  });

  it('takes one attribute, of an interface that is ours to change', async () => {
    const eni = aws.world().putInterface();
    const operated = aws.world().putInterface({ operator: { managed: true } });
    const modify = (NetworkInterfaceId: string, given: object) =>
      failure(aws.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, ...given })));
    expect(await modify(eni.id, {})).toMatchObject({ name: 'InvalidParameterCombination' });
    expect(await modify(eni.id, { Groups: ['sg-12345678'] })).toMatchObject({ name: 'InvalidGroup.NotFound' });
    expect(await modify(operated.id, { Groups: operated.groups })).toMatchObject({ name: 'OperationNotPermitted' });
  });
});
