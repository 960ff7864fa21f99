// What could make path proofs say too little or too much, tried end to end.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { egress, ingress, type PathWorld, pathWorld, verdictOn } from '../support/path-world.ts';
import { auditOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';

let sandbox: Sandbox;
let store: LedgerStore;
let shop: PathWorld;

beforeEach(async () => {
  sandbox = await startSandbox();
  store = memoryStore();
  shop = pathWorld(sandbox);
});

afterEach(() => sandbox.stop());

async function told(clusters: readonly string[] = [], rules: readonly string[] = ['dns-path-blocked']): Promise<string[]> {
  sandbox.clock.advance(30);
  const { transitions } = await auditOf(sandbox, store, { rules, clusters });
  return transitions.filter(({ findingId }) => findingId.startsWith('dns-path-blocked/')).map(({ kind, says }) => `${kind}: ${says}`);
}

const branches = () => [...shop.world.state.interfaces.values()].filter(({ description }) => description === 'aws-k8s-branch-eni');

describe('a blocked path', () => {
  it('stays open while EC2 does not say which groups its pods have', async () => {
    const set = shop.addPod([egress('tcp', 53, ANYWHERE)]);
    await told();
    const [branch] = branches();
    shop.world.putInterface({ id: branch?.id ?? '', groups: [] });
    expect(await told()).toEqual([]);
    shop.world.putInterface({ id: branch?.id ?? '', groups: [set] });
    expect(await told()).toEqual([]);
  });

  it('stays open when the tag that names its cluster is taken from its only pod', async () => {
    shop.addPod([egress('tcp', 53, ANYWHERE)]);
    await told();
    const [branch] = branches();
    if (branch) branch.tags = {};
    expect(await told()).toEqual([]);
  });
  it('is not told again when a node group with closed groups of its own comes or goes', async () => {
    shop.world.removeRules(shop.nodeGroup.id, ({ isEgress }) => !isEgress);
    shop.addPod([egress('-1', undefined, ANYWHERE)]);
    expect(await told()).toHaveLength(1);
    const shut = shop.world.createSecurityGroup({ vpcId: shop.cluster.vpcId });
    const node = shop.world.addNode('shop', { securityGroups: [shut.id] });
    expect(await told()).toEqual([]);
    shop.world.terminateNode(node.instanceId);
    expect(await told()).toEqual([]);
  });

  it('is resolved when its pods go, whatever is unknown of another cluster’s pods with the same groups', async () => {
    const other = pathWorld(sandbox, 'other');
    const group = shop.world.createSecurityGroup({ vpcId: other.cluster.vpcId, rules: [] });
    shop.world.associateGroup(group.id, shop.cluster.vpcId);
    const pods = [shop, other].map(({ nodes, world }) => world.addPod(nodes[0].instanceId, { securityGroups: [group.id] }));
    other.cluster.autoMode = true;
    expect(await told()).toHaveLength(1);
    shop.world.deletePod(pods[0]?.id ?? '');
    sandbox.clock.advance(5);
    expect(await told()).toEqual([expect.stringMatching(/^resolved/)]);
  });
});

it('orphans of an earlier cluster of the name are no pods of today’s', async () => {
  const set = shop.addPod([]);
  for (const { instanceId } of shop.nodes) shop.world.terminateNode(instanceId);
  shop.world.deleteCluster('shop');
  sandbox.clock.advance(60);
  shop.world.createCluster('shop', { subnetIds: shop.subnets.map(({ id }) => id) });
  shop.world.addNode('shop', { securityGroups: [shop.nodeGroup.id] });
  expect(branches().map(({ status }) => status)).toEqual(['available']);
  const afresh = await auditOf(sandbox, memoryStore(), { rules: ['dns-path-blocked'] });
  expect(afresh.findings).toEqual([]);
  expect(verdictOn(afresh, 'dns-path-blocked', set)).toMatchObject({ verdict: 'unknown', summary: expect.stringMatching(/^no pod has/) });
});

it('what was said of a set is not taken back while its last interface is still there', async () => {
  shop.addPod([]);
  expect(await told()).toHaveLength(1);
  for (const { id } of shop.world.state.pods.values()) shop.world.deletePod(id);
  const { transitions } = await auditOf(sandbox, store, { rules: ['dns-path-blocked'] });
  expect(transitions).toEqual([]);
  expect(await told()).toEqual(['resolved: no pod has these security groups any more']);
});

it('of a group that is tagged for pods, an available interface is as good as a pod', async () => {
  const group = shop.world.createSecurityGroup({ vpcId: shop.cluster.vpcId, rules: [], tags: { 'sgp-warden:pod-sg': 'shop' } });
  const pod = shop.world.addPod(shop.nodes[0].instanceId, { securityGroups: [group.id] });
  expect(await told()).toHaveLength(1);
  shop.world.deletePod(pod.id);
  const now = await auditOf(sandbox, store, { rules: ['dns-path-blocked'] });
  expect(verdictOn(now, 'dns-path-blocked', group.id).verdict).toBe('fail');
});

it('a tagged group of another VPC is judged where its pods would start', async () => {
  const elsewhere = shop.world.createVpc();
  const group = shop.world.createSecurityGroup({
    vpcId: elsewhere.id,
    rules: [egress('-1', undefined, ANYWHERE)],
    tags: { 'sgp-warden:pod-sg': 'shop' },
  });
  shop.world.associateGroup(group.id, shop.cluster.vpcId);
  shop.world.removeRules(shop.nodeGroup.id, ({ isEgress }) => !isEgress);
  shop.world.addRules(shop.nodeGroup.id, [ingress('udp', 53, group.id), ingress('tcp', 53, group.id)]);
  const report = await auditOf(sandbox, store, { rules: ['dns-path-blocked'] });
  expect(verdictOn(report, 'dns-path-blocked', group.id)).toMatchObject({ verdict: 'pass' });
});

describe('a read that fails for once', () => {
  /** UDP 53 to a list with wrong entries, TCP 53 to half of the nodes. */
  const addHalfKnown = (tcp: string) => {
    const list = shop.world.createPrefixList({ entries: ['172.31.0.0/16'] });
    shop.addPod([egress('udp', 53, list.id), egress('tcp', 53, tcp)]);
    return list;
  };
  const failLists = () => sandbox.faults.add({ when: ({ action }) => action === 'GetManagedPrefixListEntries', effect: { kind: 'deny' } });

  it.each([
    ['a path that was blocked and one that is open in part', () => shop.subnets[0].cidr],
    ['two paths that are blocked', () => '172.31.0.0/16'],
  ])('is no news about %s', async (_name, tcp) => {
    addHalfKnown(tcp());
    expect(await told()).toHaveLength(1);
    failLists();
    expect(await told()).toEqual([]);
    sandbox.faults.clear();
    expect(await told()).toEqual([]);
  });

  it('does not keep back what became worse', async () => {
    addHalfKnown(shop.subnets[0].cidr);
    failLists();
    expect(await told()).toEqual([expect.stringMatching(/^opened: /)]);
    shop.world.removeRules([...shop.world.state.pods.values()].flatMap(({ interfaceId }) => branchGroups(interfaceId))[0] ?? '', isTcp);
    expect(await told()).toEqual([expect.stringMatching(/^changed: critical, was medium/)]);
  });
});

const branchGroups = (id: string) => branches().find((eni) => eni.id === id)?.groups ?? [];
const isTcp = ({ protocol }: { protocol: string }) => protocol === 'tcp';

it('what else AWS manages with a pod’s group is no pod on Fargate', async () => {
  const { world, cluster } = shop;
  world.addFargateProfile('shop', 'default');
  const group = world.createSecurityGroup({ vpcId: cluster.vpcId, rules: [], tags: { 'sgp-warden:pod-sg': 'shop' } });
  for (const description of ['ElastiCache redis-001', 'RDSNetworkInterface', 'arn:aws:ecs:us-east-1:123456789012:attachment/0a1b'])
    world.addFargatePod('shop', { groups: [group.id], description });
  const report = await auditOf(sandbox, store, { rules: ['control-plane-path-blocked'] });
  expect(report.findings).toEqual([]);
  world.addFargatePod('shop', { groups: [group.id] });
  expect((await auditOf(sandbox, store, { rules: ['control-plane-path-blocked'] })).findings).toHaveLength(1);
});

describe('CoreDNS on Fargate', () => {
  const dnsFrom = (id: string) => [ingress('udp', 53, id), ingress('tcp', 53, id)];

  it('where it lets in and nodes do not, wakes nobody; the tag on its group settles it', async () => {
    const { world, cluster, nodeGroup } = shop;
    world.removeRules(nodeGroup.id, ({ isEgress }) => !isEgress);
    const set = shop.addPod([egress('-1', undefined, ANYWHERE)]);
    world.addRules(cluster.clusterSecurityGroupId, dnsFrom(set));
    world.addFargateProfile('shop', 'coredns');
    world.addFargatePod('shop');
    const dns = async () => verdictOn(await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] }), 'dns-path-blocked', set);
    expect(await dns()).toMatchObject({ verdict: 'fail', state: 'partly-open', severity: 'medium' });
    Object.assign(world.state.securityGroups.get(cluster.clusterSecurityGroupId)?.tags ?? {}, { 'sgp-warden:coredns-sg': 'shop' });
    expect(await dns()).toMatchObject({ verdict: 'pass' });
  });

  it('where it lets nobody in and nodes do, is no pass', async () => {
    const set = shop.addPod([egress('-1', undefined, ANYWHERE)]);
    shop.world.addFargateProfile('shop', 'coredns');
    shop.world.addFargatePod('shop');
    const report = await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
    expect(verdictOn(report, 'dns-path-blocked', set)).toMatchObject({ verdict: 'fail', state: 'partly-open' });
  });

  it('is unknown when the profiles cannot be read', async () => {
    const set = shop.addPod([egress('-1', undefined, ANYWHERE)]);
    sandbox.faults.add({ when: ({ action }) => action === 'ListFargateProfiles', effect: { kind: 'deny' } });
    const report = await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
    expect(verdictOn(report, 'dns-path-blocked', set)).toMatchObject({ verdict: 'unknown' });
  });
});
