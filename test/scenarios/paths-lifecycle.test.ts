// What people are told of paths between runs: opened, changed, resolved, each once.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { egress, type PathWorld, pathWorld } from '../support/path-world.ts';
import { auditOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';

let sandbox: Sandbox;
let store: LedgerStore;
let shop: PathWorld;
let set: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  store = memoryStore();
  shop = pathWorld(sandbox);
  set = shop.addPod([egress('tcp', 53, ANYWHERE)]);
});

afterEach(() => sandbox.stop());

/** One more audit: the transitions about DNS, as `kind: what is said`. */
async function told(rules: readonly string[] = ['dns-path-blocked']): Promise<string[]> {
  sandbox.clock.advance(30);
  const { transitions, findings } = await auditOf(sandbox, store, { rules });
  return transitions
    .filter(({ findingId }) => findingId.startsWith('dns-path-blocked/'))
    .map(({ kind, says, findingId }) =>
      [kind, says, ...findings.flatMap(({ id, details }) => (id === findingId && details ? [details] : []))].join(': '),
    );
}

const pods = () => [...shop.world.state.pods.keys()];

describe('a blocked path', () => {
  it('is told once, under an id that names cluster and set', async () => {
    sandbox.clock.advance(30);
    const { transitions } = await auditOf(sandbox, store, { rules: ['dns-path-blocked'] });
    expect(transitions).toMatchObject([{ kind: 'opened', findingId: `dns-path-blocked/${sandbox.accountId}/us-east-1/shop/${set}` }]);
    for (let run = 0; run < 3; run += 1) expect(await told()).toEqual([]);
  });

  it('is not told again when pods come, go and get other addresses', async () => {
    await told();
    shop.world.addPod(shop.nodes[1].instanceId, { securityGroups: [set] });
    expect(await told()).toEqual([]);
    shop.world.deletePod(pods()[0] ?? '');
    expect(await told()).toEqual([]);
  });

  it('is changed when another path is blocked, or another side', async () => {
    await told();
    shop.world.removeRules(set);
    expect(await told()).toEqual([expect.stringMatching(/^changed: .*tcp 53 is blocked/)]);
    shop.world.removeRules(shop.nodeGroup.id);
    expect(await told()).toEqual([expect.stringMatching(/^changed: .*ingress/)]);
  });

  it('is changed, and medium, when it is open to some hosts', async () => {
    await told();
    shop.world.addRules(set, [egress('udp', 53, shop.subnets[0].cidr)]);
    expect(await told()).toEqual([expect.stringMatching(/^changed: medium, was critical; partly-open, was blocked/)]);
  });

  it('is resolved by the rule that opens it', async () => {
    await told();
    shop.world.addRules(set, [egress('udp', 53, shop.nodeGroup.id)]);
    expect(await told()).toEqual([expect.stringMatching(/^resolved: udp 53 is open/)]);
    shop.world.removeRules(set);
    expect(await told()).toEqual([expect.stringMatching(/^opened: /)]);
  });

  it('is resolved when no pod has the set any more', async () => {
    await told();
    for (const id of pods()) shop.world.deletePod(id);
    sandbox.clock.advance(5);
    expect(await told()).toEqual(['resolved: no pod has these security groups any more']);
  });

  it('is resolved when its cluster goes', async () => {
    await told();
    shop.world.deleteCluster('shop');
    expect(await told()).toEqual([expect.stringMatching(/^resolved: cluster shop is (?:DELETING|gone)/)]);
  });

  it.each([
    ['DescribeCluster', 'DescribeCluster'],
    ['the pods', 'DescribeNetworkInterfaces'],
    ['the nodes', 'DescribeInstances'],
    ['the rules', 'DescribeSecurityGroupRules'],
    ['the groups', 'DescribeSecurityGroups'],
  ])('stays open while %s cannot be read, and is not told again', async (_what, action) => {
    await told();
    shop.world.addRules(set, [egress('udp', 53, ANYWHERE)]);
    sandbox.faults.add({ when: (call) => call.action === action, effect: { kind: 'deny' } });
    expect(await told()).toEqual([]);
    sandbox.faults.clear();
    expect(await told()).toEqual([expect.stringMatching(/^resolved: /)]);
  });

  it('is neither told nor resolved by an audit of other rules or clusters', async () => {
    await told();
    shop.world.addRules(set, [egress('udp', 53, ANYWHERE)]);
    expect(await told(['probe-path-blocked'])).toEqual([]);
    sandbox.clock.advance(30);
    const { transitions } = await auditOf(sandbox, store, { rules: ['dns-path-blocked'], clusters: ['other'] });
    expect(transitions).toEqual([]);
  });
});

it('a set of two clusters is two findings', async () => {
  const other = pathWorld(sandbox, 'other');
  const group = shop.world.createSecurityGroup({ vpcId: other.cluster.vpcId, rules: [] });
  shop.world.associateGroup(group.id, shop.cluster.vpcId);
  for (const { nodes, world } of [shop, other]) world.addPod(nodes[0].instanceId, { securityGroups: [group.id] });
  const { findings } = await auditOf(sandbox, store, { rules: ['dns-path-blocked'] });
  expect(findings.filter(({ subject }) => subject.id === group.id).map(({ cluster }) => cluster)).toEqual(['other', 'shop']);
});

it('a tagged group is judged before the first pod has it, and not twice once pods do', async () => {
  const group = shop.world.createSecurityGroup({ vpcId: shop.cluster.vpcId, rules: [], tags: { 'sgp-warden:pod-sg': 'shop' } });
  const found = async () =>
    (await auditOf(sandbox, store, { rules: ['dns-path-blocked'] })).findings.filter(({ subject }) => subject.id.includes(group.id));
  expect(await found()).toHaveLength(1);
  shop.world.addPod(shop.nodes[0].instanceId, { securityGroups: [group.id, set] });
  expect((await found()).map(({ subject }) => subject.id)).toEqual([[group.id, set].sort().join('+')]);
});

it('what a fix says, done, makes the finding go away', async () => {
  const { findings } = await auditOf(sandbox, store, { rules: ['dns-path-blocked'] });
  expect(findings[0]?.remedy.commands).toEqual([
    `aws ec2 authorize-security-group-egress --region us-east-1 --group-id ${set} --ip-permissions 'IpProtocol=udp,FromPort=53,ToPort=53,UserIdGroupPairs=[{GroupId=${shop.nodeGroup.id}}]'`,
  ]);
  shop.world.addRules(set, [egress('udp', 53, shop.nodeGroup.id)]);
  expect(await told()).toEqual([expect.stringMatching(/^resolved: /)]);
});
