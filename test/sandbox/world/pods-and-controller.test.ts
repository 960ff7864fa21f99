import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Node, RegionWorld } from '../../../sandbox/index.ts';
import { type Account, account } from '../account.ts';

let aws: Account;
let world: RegionWorld;
let node: Node;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
  world.createCluster('blue');
  node = world.addNode('blue');
});

const eni = (id: string) => world.state.interfaces.get(id);

describe('a pod with security groups', () => {
  it('has a branch: in use, without an attachment, marked as AWS marks it', () => {
    const group = world.createSecurityGroup();
    world.addPod(node.instanceId);
    const pod = world.addPod(node.instanceId, { securityGroups: [group.id] });
    expect(eni(pod.interfaceId)).toMatchObject({
      description: 'aws-k8s-branch-eni',
      status: 'in-use',
      interfaceType: 'branch',
      requesterManaged: false,
      groups: [group.id],
      tags: {
        'eks:eni:owner': 'eks-vpc-resource-controller',
        'kubernetes.io/cluster/blue': 'owned',
        'vpcresources.k8s.aws/vlan-id': '2',
        'vpcresources.k8s.aws/trunk-eni-id': node.trunkId,
        'node.k8s.amazonaws.com/instance_id': node.instanceId,
      },
    });
    expect(eni(pod.interfaceId)).not.toHaveProperty('attachment');
  });

  it('has a plain, available interface for the seconds before it is associated', () => {
    const pod = world.addPod(node.instanceId, { startsInSeconds: 3 });
    expect(eni(pod.interfaceId)).toMatchObject({ status: 'available', interfaceType: 'interface' });
    aws.clock.advance(3 / 60);
    expect(eni(pod.interfaceId)).toMatchObject({ status: 'in-use', interfaceType: 'branch' });
  });

  it('needs a node with a trunk', () => {
    const plain = world.addNode('blue', { trunk: false });
    expect(() => world.addPod(plain.instanceId)).toThrow(/no trunk/);
  });

  it('that is deleted leaves its branch available for the cooldown of 60 seconds, then it is gone', () => {
    const { id, interfaceId } = world.addPod(node.instanceId);
    world.deletePod(id);
    expect(eni(interfaceId)?.status).toBe('available');
    aws.clock.advance(0.9);
    expect(eni(interfaceId)?.status).toBe('available');
    aws.clock.advance(0.1);
    expect(eni(interfaceId)).toBeUndefined();
  });

  it('that is deleted just before its cluster leaves its branch for good', () => {
    const { id, interfaceId } = world.addPod(node.instanceId);
    world.deletePod(id);
    world.deleteCluster('blue');
    aws.clock.advance(24 * 60);
    expect(eni(interfaceId)?.status).toBe('available');
  });

  it('that is deleted while the controller is down keeps its branch in use until the node goes', () => {
    const { id, interfaceId } = world.addPod(node.instanceId);
    const cluster = world.state.clusters.get('blue');
    if (cluster) cluster.controllerRunning = false;
    world.deletePod(id);
    aws.clock.advance(120);
    expect(eni(interfaceId)?.status).toBe('in-use');
    expect(world.podOf(interfaceId)).toBeUndefined();
  });

  it('gets the interface type that the account was told to use for a released branch', async () => {
    const other = (await account({ releasedBranchType: 'interface' })).world();
    other.createCluster('blue');
    const { id, interfaceId } = other.addPod(other.addNode('blue').instanceId);
    other.deletePod(id);
    expect(other.state.interfaces.get(interfaceId)).toMatchObject({ status: 'available', interfaceType: 'interface' });
  });
});

describe('the VPC resource controller of a live cluster', () => {
  const leak = (given: object = {}) =>
    world.putInterface({
      description: 'aws-k8s-branch-eni',
      tags: { 'eks:eni:owner': 'eks-vpc-resource-controller', 'kubernetes.io/cluster/blue': 'owned' },
      ...given,
    }).id;

  it('collects a leak in two passes, 30 minutes apart', () => {
    aws.clock.advance(10);
    const id = leak();
    aws.clock.advance(49);
    expect(eni(id)).toBeDefined();
    aws.clock.advance(1);
    expect(eni(id)).toBeUndefined();
  });

  it('forgets what it saw when it is down for a pass', () => {
    const cluster = world.state.clusters.get('blue');
    const id = leak();
    aws.clock.advance(30);
    if (cluster) cluster.controllerRunning = false;
    aws.clock.advance(30);
    if (cluster) cluster.controllerRunning = true;
    aws.clock.advance(30);
    expect(eni(id)).toBeDefined();
    aws.clock.advance(30);
    expect(eni(id)).toBeUndefined();
  });

  it("collects the CNI's leaks and those with the other cluster tag", () => {
    const id = leak({ description: 'aws-K8S-i-1', tags: { 'eks:eni:owner': 'amazon-vpc-cni', 'cluster.k8s.amazonaws.com/name': 'blue' } });
    aws.clock.advance(60);
    expect(eni(id)).toBeUndefined();
  });

  it('leaves alone what is in use, untagged, of another cluster, in another VPC, foreign or operated', () => {
    const ids = [
      leak({ status: 'in-use' }),
      leak({ tags: {} }),
      leak({ tags: { 'eks:eni:owner': 'eks-vpc-resource-controller', 'kubernetes.io/cluster/green': 'owned' } }),
      leak({ vpcId: world.createVpc().id }),
      leak({ ownerId: '999988887777' }),
      leak({ operator: { managed: true } }),
    ];
    aws.clock.advance(24 * 60);
    expect(ids.map((id) => eni(id)?.id)).toEqual(ids);
  });

  it('stops with its cluster', () => {
    const id = leak();
    aws.clock.advance(20);
    world.deleteCluster('blue');
    aws.clock.advance(24 * 60);
    expect(eni(id)).toBeDefined();
  });

  it('of a new cluster with the same name in the same VPC adopts what the old one left', () => {
    const id = leak();
    world.deleteCluster('blue');
    aws.clock.advance(10);
    world.createCluster('blue');
    aws.clock.advance(30);
    expect(eni(id)).toBeUndefined();
  });
});
