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

const eni = (id: string | undefined) => world.state.interfaces.get(id ?? '');
const descriptions = () => [...world.state.interfaces.values()].map(({ description }) => description);

describe('a node', () => {
  it('has an instance, a primary, a CNI and a trunk interface, marked as AWS marks them', () => {
    expect(world.state.instances.get(node.instanceId)).toMatchObject({ state: 'running', tags: { 'kubernetes.io/cluster/blue': 'owned' } });
    expect(eni(node.primaryId)).toMatchObject({ description: '', tags: {}, attachment: { deviceIndex: 0, deleteOnTermination: true } });
    expect(eni(node.cniId)).toMatchObject({
      description: `aws-K8S-${node.instanceId}`,
      tags: {
        'eks:eni:owner': 'amazon-vpc-cni',
        'cluster.k8s.amazonaws.com/name': 'blue',
        'node.k8s.amazonaws.com/instance_id': node.instanceId,
      },
    });
    expect(eni(node.trunkId)).toMatchObject({
      description: 'aws-k8s-trunk-eni',
      interfaceType: 'trunk',
      status: 'in-use',
      attachment: { deviceIndex: 2, status: 'attached', instanceId: node.instanceId, deleteOnTermination: true },
      tags: {
        'eks:eni:owner': 'eks-vpc-resource-controller',
        'kubernetes.io/cluster/blue': 'owned',
        'node.k8s.amazonaws.com/instance_id': node.instanceId,
      },
    });
  });

  it('of an old controller has no instance tag on trunk and branches', () => {
    const old = world.addNode('blue', { instanceTag: false });
    const pod = world.addPod(old.instanceId);
    expect(eni(old.trunkId)?.tags).not.toHaveProperty(['node.k8s.amazonaws.com/instance_id']);
    expect(eni(pod.interfaceId)?.tags).not.toHaveProperty(['node.k8s.amazonaws.com/instance_id']);
    expect(eni(pod.interfaceId)?.tags).toHaveProperty(['vpcresources.k8s.aws/trunk-eni-id'], old.trunkId);
  });

  it('shuts down, is terminated, stays visible for an hour and vanishes', () => {
    const state = () => world.state.instances.get(node.instanceId)?.state;
    world.terminateNode(node.instanceId);
    expect(state()).toBe('shutting-down');
    expect(eni(node.trunkId)?.status).toBe('in-use');
    aws.clock.advance(1);
    expect(state()).toBe('terminated');
    expect([node.primaryId, node.cniId, node.trunkId].map(eni)).toEqual([undefined, undefined, undefined]);
    aws.clock.advance(59);
    expect(state()).toBe('terminated');
    aws.clock.advance(1);
    expect(state()).toBeUndefined();
  });

  it('leaves a trunk behind, available, that was not to go with the instance', () => {
    const pod = world.addPod(node.instanceId);
    const trunk = eni(node.trunkId);
    if (trunk?.attachment) trunk.attachment.deleteOnTermination = false;
    world.terminateNode(node.instanceId);
    aws.clock.advance(1);
    expect(eni(node.trunkId)).toMatchObject({ status: 'available', interfaceType: 'trunk' });
    expect(eni(node.trunkId)).not.toHaveProperty('attachment');
    expect(eni(pod.interfaceId)?.status).toBe('available');
  });
});

describe('a cluster', () => {
  it('has control plane interfaces, which go with it', () => {
    expect(descriptions().filter((text) => text === 'Amazon EKS blue')).toHaveLength(2);
    world.deleteCluster('blue');
    aws.clock.advance(5);
    expect(descriptions()).not.toContain('Amazon EKS blue');
  });

  it('leaves its nodes behind, and their pods live on without a control plane', () => {
    const pod = world.addPod(node.instanceId);
    world.deleteCluster('blue');
    aws.clock.advance(24 * 60);
    expect(world.state.instances.get(node.instanceId)?.state).toBe('running');
    expect(eni(pod.interfaceId)).toMatchObject({ status: 'in-use', interfaceType: 'branch' });
    expect(world.podOf(pod.interfaceId)).toEqual(pod);
    expect(() => world.deletePod(pod.id)).toThrow(/no API server is left/);
    expect(() => world.addPod(node.instanceId)).toThrow(/No controller serves/);
  });

  it('that was deleted while pods ran leaves orphans, when its nodes go', () => {
    const pods = [world.addPod(node.instanceId), world.addPod(node.instanceId)];
    world.deleteCluster('blue');
    aws.clock.advance(10);
    world.terminateNode(node.instanceId);
    aws.clock.advance(24 * 60);
    expect(pods.map(({ interfaceId }) => eni(interfaceId)?.status)).toEqual(['available', 'available']);
    expect(pods.map(({ interfaceId }) => world.podOf(interfaceId))).toEqual([undefined, undefined]);
  });

  it('takes its security group along, unless a leftover holds it', () => {
    const { clusterSecurityGroupId: held } = world.state.clusters.get('blue') ?? {};
    const { clusterSecurityGroupId: free } = world.createCluster('green');
    world.deleteCluster('blue');
    world.deleteCluster('green');
    aws.clock.advance(5);
    expect([held, free].map((id) => world.state.securityGroups.has(id ?? ''))).toEqual([true, false]);
  });

  it('may come back under its name, in the same VPC or in another', () => {
    const first = world.state.clusters.get('blue');
    world.deleteCluster('blue');
    aws.clock.advance(5);
    const second = world.createCluster('blue', { vpcId: world.createVpc().id });
    expect(second.arn).toBe(first?.arn);
    expect(second.createdAt).not.toBe(first?.createdAt);
    expect(second.vpcId).not.toBe(first?.vpcId);
  });
});
