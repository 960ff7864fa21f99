// Which calls a path audit makes, and which it does not: cost follows the clusters that use security groups for pods.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { planCleanup } from '../../shared/plans/cleanup.ts';
import { egress, ingress, type PathWorld, pathWorld } from '../support/path-world.ts';
import { auditOf, depsOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';
const ALL = [egress('-1', undefined, ANYWHERE), ingress('-1', undefined, ANYWHERE)];
// Every call that is made for paths alone.
const FOR_PATHS = [
  'DescribeAddon',
  'DescribeSecurityGroupRules',
  'DescribeSecurityGroupVpcAssociations',
  'DescribeStaleSecurityGroups',
  'DescribeSubnets',
  'GetManagedPrefixListEntries',
  'ListFargateProfiles',
];

let sandbox: Sandbox;
let shop: PathWorld;

beforeEach(async () => {
  sandbox = await startSandbox();
  shop = pathWorld(sandbox);
  shop.addPod(ALL);
  sandbox.calls.length = 0;
});

afterEach(() => sandbox.stop());

/** A rule that leads out of the VPC: only such a one can be stale. */
function refersToAPeer(): void {
  const peering = shop.world.peerVpc(shop.cluster.vpcId, { peerGroups: ['sg-000000000000000ee'] });
  const referencedGroup = shop.world.peerReference(peering.id, 'sg-000000000000000ee');
  shop.addPod([...ALL, { isEgress: false, protocol: 'tcp', fromPort: 443, toPort: 443, referencedGroup }]);
}

const made = () => [...new Set(sandbox.calls.map(({ action }) => action))].sort();
const asked = (action: string) => sandbox.calls.filter((call) => call.action === action);

it('covers paths by default', async () => {
  refersToAPeer();
  const report = await auditOf(sandbox);
  expect(report.coverage.filter(({ ok }) => !ok)).toEqual([]);
  expect(made()).toEqual(
    expect.arrayContaining(['DescribeAddon', 'DescribeSecurityGroupRules', 'DescribeStaleSecurityGroups', 'ListFargateProfiles']),
  );
});

it.each(['orphaned-branch-eni', 'pinned-by-orphans', 'leaked-branch-eni', 'unattributable-branch-eni'])(
  '%s alone reads nothing for paths',
  async (rule) => {
    await auditOf(sandbox, undefined, { rules: [rule] });
    expect(made().filter((action) => FOR_PATHS.includes(action))).toEqual([]);
    // Pods in use are not listed either.
    expect(asked('DescribeNetworkInterfaces').filter(({ params }) => !JSON.stringify(params).includes('available'))).toEqual([]);
  },
);

it('a cleanup reads nothing for paths', async () => {
  await planCleanup(depsOf(sandbox), { region: sandbox.world().region, clusters: [], max: 10 });
  expect(made().filter((action) => FOR_PATHS.includes(action))).toEqual([]);
});

it.each([
  ['dns-path-blocked', ['DescribeAddon', 'DescribeStaleSecurityGroups']],
  ['probe-path-blocked', ['DescribeStaleSecurityGroups', 'ListFargateProfiles']],
  ['untagged-for-load-balancer-controller', FOR_PATHS],
  ['stale-group-reference', ['DescribeAddon', 'DescribeSubnets', 'DescribeInstances', 'ListFargateProfiles']],
  ['control-plane-path-blocked', ['DescribeAddon', 'DescribeInstances', 'DescribeStaleSecurityGroups']],
])('%s alone does not read what it does not need', async (rule, others) => {
  await auditOf(sandbox, undefined, { rules: [rule] });
  expect(made().filter((action) => others.includes(action))).toEqual([]);
});

it('another cluster’s pods are not read when one is named', async () => {
  const other = pathWorld(sandbox, 'other');
  const set = other.addPod(ALL);
  sandbox.calls.length = 0;
  const report = await auditOf(sandbox, undefined, { clusters: ['shop'] });
  expect(report.verdicts.filter(({ subject }) => subject.id === set)).toEqual([]);
  expect(asked('DescribeCluster').map(({ params }) => params.name)).toEqual(['shop']);
  expect(JSON.stringify(sandbox.calls.map(({ params }) => params))).not.toContain(set);
});

it('a region without such pods costs two calls more', async () => {
  const empty = await startSandbox();
  await auditOf(empty, undefined, { rules: ['orphaned-branch-eni'] });
  const without = empty.calls.length;
  empty.calls.length = 0;
  await auditOf(empty, undefined, { rules: ['orphaned-branch-eni', 'dns-path-blocked', 'probe-path-blocked', 'stale-group-reference'] });
  expect(empty.calls.length).toBe(without + 2);
  await empty.stop();
});

it('more pods and more nodes are no more calls', async () => {
  await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
  const few = sandbox.calls.length;
  for (let index = 0; index < 5; index += 1) {
    sandbox.world().addNode('shop', { securityGroups: [shop.nodeGroup.id] });
    shop.addPod(ALL);
  }
  sandbox.calls.length = 0;
  await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
  expect(sandbox.calls.length).toBe(few);
});

it('asks for stale rules only where a rule leads out of its VPC', async () => {
  await auditOf(sandbox, undefined, { rules: ['stale-group-reference'] });
  expect(asked('DescribeStaleSecurityGroups')).toEqual([]);
  refersToAPeer();
  await auditOf(sandbox, undefined, { rules: ['stale-group-reference'] });
  expect(asked('DescribeStaleSecurityGroups')).toHaveLength(1);
});
