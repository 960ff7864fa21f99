import { DescribeInstancesCommand, DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RegionWorld } from '../../../sandbox/index.ts';
import { cidrText, parseCidr } from '../../../sandbox/world/network/cidr.ts';
import { type Account, account } from '../account.ts';

let aws: Account;
let world: RegionWorld;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
});

async function instance(instanceId: string) {
  const { Reservations } = await aws.ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId], IncludeManagedResources: true }));
  return Reservations?.[0]?.Instances?.[0];
}

describe('a node', () => {
  it('has as many interfaces and addresses as the story wants, in the groups and subnets that it names', async () => {
    world.createCluster('blue');
    const pods = world.createSubnet();
    const [nodes, cni] = [world.createSecurityGroup(), world.createSecurityGroup()];
    const { instanceId, cniId } = world.addNode('blue', {
      securityGroups: [nodes.id],
      primaryAddresses: 2,
      cniInterfaces: 2,
      cniAddresses: 1,
      prefixes: 2,
      cniSubnetId: pods.id,
      cniSecurityGroups: [cni.id],
    });
    const shown = (await instance(instanceId))?.NetworkInterfaces ?? [];
    expect(shown.map((eni) => [eni.Attachment?.DeviceIndex, eni.Description, eni.SubnetId === pods.id])).toEqual([
      [0, '', false],
      [1, `aws-K8S-${instanceId}`, true],
      [2, `aws-K8S-${instanceId}`, true],
      [3, 'aws-k8s-trunk-eni', false],
    ]);
    expect(shown.map(({ PrivateIpAddresses }) => PrivateIpAddresses?.length)).toEqual([2, 1, 1, 1]);
    expect(shown.map(({ Groups }) => Groups?.map(({ GroupId }) => GroupId))).toEqual([[nodes.id], [cni.id], [cni.id], [nodes.id]]);
    expect(shown[1]?.NetworkInterfaceId).toBe(cniId);
    // The first address was handed out before: prefixes start at the next multiple of sixteen.
    expect(shown[1]?.Ipv4Prefixes).toEqual([{ Ipv4Prefix: '10.0.32.16/28' }, { Ipv4Prefix: '10.0.32.32/28' }]);
    expect(shown[2]?.Ipv4Prefixes).toEqual([{ Ipv4Prefix: '10.0.32.64/28' }, { Ipv4Prefix: '10.0.32.80/28' }]);
  });

  it('of an IPv6 cluster has an address and a delegated prefix, and so has the branch of a pod', async () => {
    const vpc = world.createVpc({ ipv6Cidr: '2600:1f14:0:100::/56' });
    const subnet = world.createSubnet({ vpcId: vpc.id });
    world.createCluster('six', { ipFamily: 'ipv6', subnetIds: [subnet.id] });
    const { instanceId } = world.addNode('six');
    const [primary] = (await instance(instanceId))?.NetworkInterfaces ?? [];
    expect(primary?.Ipv6Addresses).toEqual([{ Ipv6Address: expect.stringMatching(/^2600:1f14:0:100::/), IsPrimaryIpv6: false }]);
    expect(primary?.Ipv6Prefixes).toEqual([{ Ipv6Prefix: expect.stringMatching(/^2600:1f14:0:100:\w+::\/80$/) }]);
    const { interfaceId } = world.addPod(instanceId);
    expect(world.state.interfaces.get(interfaceId)?.ipv6Addresses).toEqual([expect.stringMatching(/^2600:1f14:0:100::/)]);
    const { Subnets } = await aws.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet.id] }));
    expect(Subnets?.[0]?.Ipv6CidrBlockAssociationSet).toMatchObject([{ Ipv6CidrBlock: '2600:1f14:0:100::/64' }]);
    const { Vpcs } = await aws.ec2.send(new DescribeVpcsCommand({ VpcIds: [vpc.id] }));
    expect(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet).toMatchObject([{ Ipv6CidrBlock: '2600:1f14:0:100::/56' }]);
  });

  it('needs IPv6 in its subnet for that', () => {
    world.createCluster('six', { ipFamily: 'ipv6' });
    expect(() => world.addNode('six')).toThrow(/has no IPv6: make its VPC with createVpc\(\{ ipv6Cidr \}\)/);
  });

  it.each([
    ['its cluster tag', {}, ['kubernetes.io/cluster/blue']],
    ['the tags of a node group', { clusterTag: false, nodegroup: 'general' }, ['eks:cluster-name', 'eks:nodegroup-name']],
    ['the tag of Auto Mode', { clusterTag: false, autoMode: true }, ['eks:eks-cluster-name']],
    ['the tags of its trunk only', { clusterTag: false }, []],
  ])('can be known by %s, and runs pods', async (_, given, keys) => {
    world.createCluster('blue');
    const { instanceId } = world.addNode('blue', given);
    expect((await instance(instanceId))?.Tags?.map(({ Key }) => Key)).toEqual(keys);
    expect(world.addPod(instanceId).cluster).toBe('blue');
  });

  it('runs Windows only when told to', async () => {
    world.createCluster('blue');
    expect(await instance(world.addNode('blue').instanceId)).toMatchObject({ PlatformDetails: 'Linux/UNIX' });
    const windows = await instance(world.addNode('blue', { windows: true }).instanceId);
    expect(windows).toMatchObject({ Platform: 'windows', PlatformDetails: 'Windows' });
  });
});

it('a Fargate pod has an interface of its own, in the groups that it was given', () => {
  const { clusterSecurityGroupId } = world.createCluster('blue');
  const own = world.createSecurityGroup();
  expect(world.addFargatePod('blue')).toMatchObject({ status: 'in-use', groups: [clusterSecurityGroupId] });
  const pod = world.addFargatePod('blue', { groups: [own.id] });
  expect(pod).toMatchObject({ groups: [own.id], attachment: { instanceOwnerId: 'amazon-aws' } });
  expect(pod.attachment).not.toHaveProperty('instanceId');
});

describe('a network', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['2001:DB8::0001/64', '2001:db8::/64'],
    ['::/0', '::/0'],
    ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128'],
    ['0:1:2:3:4:5:6:7/128', '0:1:2:3:4:5:6:7/128'],
    ['1:10:0:0:0:20:0:30/128', '1:10::20:0:30/128'],
    ['::ffff:10.0.0.1/128', '::ffff:a00:1/128'],
    ['2001:db8:0:1:1:1:1:1/128', '2001:db8:0:1:1:1:1:1/128'],
  ])('written as %s is %s', (given, canonical) => {
    const network = parseCidr(given);
    expect(network && cidrText(network)).toBe(canonical);
  });

  it.each(['10.0.0.1', '10.0.0.1/33', '10.0.0/8', '010.0.0.1/8', '10.0.0.0/8/8', 'a/8', '::/129', 'fe80::1%eth0/64', ''])(
    'is not %p',
    (given) => {
      expect(parseCidr(given)).toBeUndefined();
    },
  );
});
