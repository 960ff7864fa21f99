// Who the nodes of a cluster are, and which of their interfaces count.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import type { ClusterNode } from '../../../shared/domain/cluster.ts';
import { collectClusterNodes } from '../../../shared/inventory/ec2/nodes.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  for (const name of ['shop', 'other']) sandbox.world().createCluster(name);
});
afterEach(() => sandbox.stop());

async function nodesOf(name = 'shop', hosting: readonly string[] = []): Promise<readonly ClusterNode[]> {
  const { ec2 } = awsClients('us-east-1', {
    endpoint: sandbox.endpoint,
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'x' },
  });
  const reads = await collectClusterNodes(ec2, { clusters: ['shop', 'other'], hosting: new Set(hosting) }, () => new Date());
  const read = reads[name];
  if (!read?.ok) throw new Error(JSON.stringify(read));
  return read.value;
}
const idsOf = (nodes: readonly ClusterNode[]) => nodes.map(({ instanceId }) => instanceId);

it.each<[how: string, given: Parameters<ReturnType<Sandbox['world']>['addNode']>[1]]>([
  ['kubernetes.io/cluster/<name>=owned', {}],
  ['eks:cluster-name', { clusterTag: false, trunk: false, tags: { 'eks:cluster-name': 'shop' } }],
  ['eks:eks-cluster-name', { clusterTag: false, trunk: false, tags: { 'eks:eks-cluster-name': 'shop' } }],
  ['nothing but its trunk', { clusterTag: false }],
  ['Auto Mode, which hides it from whoever does not ask', { autoMode: true }],
])('a node is found by %s', async (_how, given) => {
  const { instanceId } = sandbox.world().addNode('shop', given);
  expect(idsOf(await nodesOf())).toEqual([instanceId]);
  expect(await nodesOf('other')).toEqual([]);
});

it.each<[what: string, given: Parameters<ReturnType<Sandbox['world']>['addNode']>[1]]>([
  ['one that shares its cluster tag with others', { trunk: false, tags: { 'kubernetes.io/cluster/shop': 'shared' } }],
  ['one that names no cluster', { trunk: false, clusterTag: false }],
])('%s is no node', async (_what, given) => {
  sandbox.world().addNode('shop', given);
  expect(await nodesOf()).toEqual([]);
});

it('a terminated node is none any more', async () => {
  const world = sandbox.world();
  world.terminateNode(world.addNode('shop').instanceId);
  expect(await nodesOf()).toEqual([]);
  sandbox.clock.advance(5);
  expect(await nodesOf()).toEqual([]);
});

it('the primary and the CNI’s interfaces count, the trunk does not', async () => {
  const node = sandbox.world().addNode('shop', { prefixes: 1, cniInterfaces: 2 });
  const [found] = await nodesOf();
  expect(found).toMatchObject({ hasTrunk: true, isLinux: true });
  expect(found?.interfaces.map(({ role }) => role).sort()).toEqual(['cni', 'cni', 'primary']);
  expect(found?.interfaces.map(({ id }) => id)).not.toContain(node.trunkId);
  expect(found?.interfaces.filter(({ role }) => role === 'cni').every(({ prefixes }) => prefixes.length === 1)).toBe(true);
});

it('Windows is told by the instance, unless it hosts pods that only Linux can', async () => {
  const { instanceId } = sandbox.world().addNode('shop', { windows: true, trunk: false });
  expect((await nodesOf()).map(({ isLinux }) => isLinux)).toEqual([false]);
  expect((await nodesOf('shop', [instanceId])).map(({ isLinux }) => isLinux)).toEqual([true]);
});
