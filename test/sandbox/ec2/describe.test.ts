import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  paginateDescribeNetworkInterfaces,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import type { SandboxOptions } from '../../../sandbox/index.ts';
import { type Account, account, failure } from '../account.ts';

const ENI = 'eni-0123456789abcdef0';
const INSTANCE = 'i-0123456789abcdef0';

async function accountWithInterfaces(count: number, options?: SandboxOptions): Promise<Account> {
  const aws = await account(options);
  const { id } = aws.world().createSubnet({ cidr: '10.0.0.0/16' });
  for (let index = 0; index < count; index += 1) aws.world().putInterface({ subnetId: id, description: String(index) });
  return aws;
}

const pagesOf = async ({ ec2 }: Account, pageSize: number): Promise<string[][]> => {
  const pages: string[][] = [];
  for await (const page of paginateDescribeNetworkInterfaces(
    { client: ec2, pageSize },
    { Filters: [{ Name: 'status', Values: ['available'] }] },
  )) {
    pages.push((page.NetworkInterfaces ?? []).map(({ Description }) => Description ?? ''));
  }
  return pages;
};

const interfaces = (ec2: EC2Client, ...NetworkInterfaceIds: string[]) =>
  ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }));
const instances = (ec2: EC2Client, ...InstanceIds: string[]) => ec2.send(new DescribeInstancesCommand({ InstanceIds }));

describe('pages', () => {
  it('hold MaxResults items until nothing is left', async () => {
    const pages = await pagesOf(await accountWithInterfaces(2500), 1000);
    expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(new Set(pages.flat()).size).toBe(2500);
  });

  it('may be short, and empty, with more to come', async () => {
    const pages = await pagesOf(await accountWithInterfaces(20, { sparsePages: true }), 10);
    expect(pages.map(({ length }) => length)).toEqual([5, 0, 10, 5]);
    expect(new Set(pages.flat()).size).toBe(20);
  });

  it('do not show what went in between', async () => {
    const aws = await accountWithInterfaces(7);
    const first = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5 }));
    for (const { id, description } of [...aws.world().state.interfaces.values()]) if (description > '3') aws.world().removeInterface(id);
    const second = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5, NextToken: first.NextToken }));
    expect(second.NetworkInterfaces).toEqual([]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each([0, 4, 1001, -1])('cannot hold %p items', async (MaxResults) => {
    const { ec2 } = await account();
    for (const call of [
      ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults })),
      ec2.send(new DescribeInstancesCommand({ MaxResults })),
      ec2.send(new DescribeSecurityGroupsCommand({ MaxResults })),
      ec2.send(new DescribeSecurityGroupRulesCommand({ MaxResults })),
      ec2.send(new DescribeSubnetsCommand({ MaxResults })),
      ec2.send(new DescribeVpcsCommand({ MaxResults })),
    ]) {
      expect(await failure(call)).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
    }
  });

  it('refuse a token that was never given, and one of another request', async () => {
    const { ec2 } = await accountWithInterfaces(6);
    const list = (NextToken: string | undefined, status: string) =>
      ec2.send(new DescribeNetworkInterfacesCommand({ NextToken, MaxResults: 5, Filters: [{ Name: 'status', Values: [status] }] }));
    expect(await failure(list('garbage', 'available'))).toMatchObject({ name: 'InvalidParameterValue' });
    const { NextToken } = await list(undefined, 'available');
    expect(await failure(list(NextToken, 'in-use'))).toMatchObject({ name: 'InvalidParameterValue' });
    expect((await list(NextToken, 'available')).NetworkInterfaces).toHaveLength(1);
  });

  it('cannot be asked for together with ids', async () => {
    const { ec2 } = await account();
    expect(await failure(ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5, NetworkInterfaceIds: [ENI] })))).toMatchObject({
      name: 'InvalidParameterCombination',
    });
    expect(await failure(ec2.send(new DescribeInstancesCommand({ MaxResults: 5, InstanceIds: [INSTANCE] })))).toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });

  it('must be used where more than a thousand interfaces would come, unless a narrow filter is used', async () => {
    const aws = await accountWithInterfaces(1001);
    const list = (Name: string, value: string) =>
      aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [{ Name, Values: [value] }] }));
    expect(await failure(list('status', 'available'))).toMatchObject({ name: 'OperationNotPermitted' });
    expect((await list('vpc-id', '*')).NetworkInterfaces).toHaveLength(1001);
  });
});

describe('ids', () => {
  it.each<[string, (ec2: EC2Client) => Promise<unknown>, string, string]>([
    ['an interface', (ec2) => interfaces(ec2, 'eni-12'), 'InvalidNetworkInterfaceId.Malformed', 'Invalid id: "eni-12"'],
    ['an interface', (ec2) => interfaces(ec2, INSTANCE), 'InvalidNetworkInterfaceId.Malformed', `Invalid id: "${INSTANCE}"`],
    [
      'an interface',
      (ec2) => interfaces(ec2, ENI),
      'InvalidNetworkInterfaceID.NotFound',
      `The networkInterface ID '${ENI}' does not exist`,
    ],
    ['an instance', (ec2) => instances(ec2, 'i-XYZ'), 'InvalidInstanceID.Malformed', 'Invalid id: "i-XYZ"'],
    ['an instance', (ec2) => instances(ec2, INSTANCE), 'InvalidInstanceID.NotFound', `The instance ID '${INSTANCE}' does not exist`],
    [
      'instances',
      (ec2) => instances(ec2, INSTANCE, 'i-12345678'),
      'InvalidInstanceID.NotFound',
      `The instance IDs '${INSTANCE}, i-12345678' do not exist`,
    ],
    [
      'a security group',
      (ec2) => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ['sg-12345678'] })),
      'InvalidGroup.NotFound',
      "The security group 'sg-12345678' does not exist",
    ],
    [
      'a security group rule',
      (ec2) => ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: ['sgr-1'] })),
      'InvalidSecurityGroupRuleId.Malformed',
      'Invalid id: "sgr-1"',
    ],
    [
      'a subnet',
      (ec2) => ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-12345678'] })),
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-12345678' does not exist",
    ],
    [
      'a VPC',
      (ec2) => ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-12345678'] })),
      'InvalidVpcID.NotFound',
      "The vpc ID 'vpc-12345678' does not exist",
    ],
  ])('of %s that are wrong fail the request: case %#', async (_, call, name, message) => {
    const { ec2 } = await account();
    expect(await failure(call(ec2))).toEqual({ name, message, status: 400 });
  });

  it('fail the request when one of them is missing', async () => {
    const aws = await account();
    const { id } = aws.world().putInterface();
    const found = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }));
    expect(found.NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId)).toEqual([id]);
    expect(await failure(aws.ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id, ENI] })))).toMatchObject({
      name: 'InvalidNetworkInterfaceID.NotFound',
      message: expect.not.stringContaining(id),
    });
  });
});

describe('managed resources', () => {
  it('are shown only to those who ask for them', async () => {
    const aws = await account();
    aws.world().createCluster('auto');
    const { instanceId, primaryId } = aws.world().addNode('auto', { autoMode: true });
    const ids = { NetworkInterfaceIds: [primaryId] };
    expect(await failure(aws.ec2.send(new DescribeNetworkInterfacesCommand(ids)))).toMatchObject({
      name: 'InvalidNetworkInterfaceID.NotFound',
    });
    expect((await aws.ec2.send(new DescribeInstancesCommand())).Reservations).toEqual([]);
    const shown = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ ...ids, IncludeManagedResources: true }));
    expect(shown.NetworkInterfaces?.[0]?.Operator).toEqual({ Managed: true, Principal: 'eks.amazonaws.com', HiddenByDefault: true });
    const { Reservations } = await aws.ec2.send(new DescribeInstancesCommand({ IncludeManagedResources: true }));
    expect(Reservations?.[0]?.Instances?.[0]?.InstanceId).toBe(instanceId);
  });
});
