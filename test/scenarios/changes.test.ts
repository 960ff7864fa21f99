// Somebody changes a rule: who it was, which pods lost or regained which path, and how to undo it. Through the worker, over the sandbox.
import {
  DeleteSecurityGroupCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from '@aws-sdk/client-ec2';
import { UpdateAddonCommand } from '@aws-sdk/client-eks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { awsService } from '../../sandbox/cloudtrail/identities.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { ChangeNotice } from '../../shared/changes/change.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { ANYWHERE, type ChangeWorld, changeWorld, PODS, port53 } from '../support/change-world.ts';
import { egress, ingress } from '../support/path-world.ts';

let sandbox: Sandbox;
let world: ChangeWorld;

beforeEach(async () => {
  sandbox = await startSandbox();
  world = await changeWorld(sandbox);
});
afterEach(async () => {
  world.ec2.destroy();
  await sandbox.stop();
});

const dns = (protocol: string) => port53(protocol, ANYWHERE);
const revoke = (groupId: string, permissions = dns('udp')) => world.revoke(groupId, permissions);
const authorize = (groupId: string, permissions = dns('udp')) => world.authorize(groupId, permissions);

const briefly = (announcements: readonly Announcement[]): string[] =>
  announcements.map((each) => {
    if (each.kind === 'change')
      return `change: ${each.notice.lost.length} lost, ${each.notice.regained.length} regained in ${each.notice.cluster}`;
    return each.kind === 'transition' ? `${each.transition.kind} ${each.finding.ruleId}` : each.kind;
  });
/** The only notice so far. */
function notice(): ChangeNotice {
  const [only, ...more] = world.notices();
  if (!only || more.length > 0) throw new Error(`there are ${more.length + (only ? 1 : 0)} notices`);
  return only;
}
const pathsIn = (news: ChangeNotice['lost']): string[] => news.map(({ ruleId, setId }) => `${ruleId} ${setId}`);

describe('a rule that somebody revokes', () => {
  beforeEach(async () => {
    await revoke(world.setId);
    await world.changed();
  });

  it('opens its finding with who did it, and tells once who, what, when and from where', () => {
    expect(briefly(world.told()).sort()).toEqual(['change: 1 lost, 0 regained in shop', 'opened dns-path-blocked']);
    const [{ change, who, says }] = notice().changes as [ChangeNotice['changes'][number]];
    expect(who).toBe('anna@example.com (AWSReservedSSO_Admin_0123456789abcdef) with terraform from 198.51.100.9');
    expect(says).toBe(`revoked egress udp 53 to 0.0.0.0/0 of ${world.setId}`);
    expect(change).toMatchObject({ call: 'RevokeSecurityGroupEgress', groupIds: [world.setId], at: '2026-11-21T12:00:00.000Z' });
    expect(change.actor).toMatchObject({
      principal: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/anna@example.com',
      session: 'anna@example.com',
      tool: 'terraform',
    });
    const opened = world.publisher.delivered.find((each) => each.kind === 'transition');
    expect(opened).toMatchObject({ transition: { cause: expect.stringContaining('RevokeSecurityGroupEgress by anna@example.com') } });
  });

  it('says which pods lost which path, with the smallest fix', () => {
    const [pod] = [...sandbox.world().state.interfaces.values()].filter(({ groups }) => groups.includes(world.setId));
    expect(notice().lost).toMatchObject([
      {
        ruleId: 'dns-path-blocked',
        severity: 'critical',
        setId: world.setId,
        pods: 1,
        interfaces: [pod?.id],
        fix: { commands: [expect.stringContaining('authorize-security-group-egress')] },
      },
    ]);
  });

  it('prints the command that undoes exactly that', () => {
    const [{ undo }] = notice().changes as [ChangeNotice['changes'][number]];
    expect(undo.commands).toEqual([
      `aws ec2 authorize-security-group-egress --region us-east-1 --group-id ${world.setId} --ip-permissions '[{"IpProtocol":"udp","FromPort":53,"ToPort":53,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
    ]);
  });

  it('is over when somebody authorizes it again: resolved by the same finding, with who did it', async () => {
    world.told();
    await authorize(world.setId);
    await world.changed({});
    const told = world.told();
    expect(briefly(told).sort()).toEqual(['change: 0 lost, 1 regained in shop', 'resolved dns-path-blocked']);
    expect(told.find((each) => each.kind === 'transition')).toMatchObject({
      transition: { cause: expect.stringMatching(/^AuthorizeSecurityGroupEgress by anna with aws-cli from 203\.0\.113\.7/) },
    });
  });

  it('reads the affected cluster only', () => {
    const ours = sandbox.calls.filter(({ accessKeyId, at }) => accessKeyId !== 'AKIAANNA000000000000' && at >= sandbox.clock.now());
    const { blog, shop } = world;
    const foreign = [
      'blog',
      blog.nodeGroup.id,
      blog.cluster.clusterSecurityGroupId,
      ...blog.nodes.map((node) => node.instanceId),
      ...blog.subnets.map(({ id }) => id),
    ];
    const asked = JSON.stringify(ours.map(({ params }) => params));
    expect(foreign.filter((name) => asked.includes(name))).toEqual([]);
    expect(asked).toContain(shop.nodeGroup.id);
    expect(ours.filter(({ action }) => action === 'DescribeCluster')).toHaveLength(1);
    // One to know whose account it is, the two of the look who uses the group, and what one cluster's proofs take.
    expect(ours.length).toBeLessThan(20);
    expect(ours.filter(({ mutating }) => mutating)).toEqual([]);
  });

  it('says nothing new at the next sweeps', async () => {
    world.told();
    for (let n = 0; n < 3; n += 1) {
      sandbox.clock.advance(30);
      await world.sweep();
    }
    expect(world.told()).toEqual([]);
  });

  it('is not told of again when its event comes again, at once or a day later', async () => {
    world.told();
    const again = sandbox.calls.filter(({ action }) => action === 'RevokeSecurityGroupEgress');
    for (const minutes of [0, 24 * 60 - 10]) {
      sandbox.clock.advance(minutes);
      world.deliver(again);
      await world.runDue();
      sandbox.clock.advance(1);
      await world.runDue();
    }
    expect(world.told()).toEqual([]);
    expect(world.lines('changes judged')).toHaveLength(1);
  });
});

describe('a change that has to do with no pod', () => {
  /** What was asked between the change and the end of its judgement. */
  const asked = async () => {
    const before = sandbox.calls.length;
    await world.changed();
    return sandbox.calls
      .slice(before)
      .filter(({ service }) => service !== 'sts')
      .map(({ service, action }) => `${service}:${action}`);
  };

  it('costs two filtered reads, and nobody is told', async () => {
    const { id } = sandbox.world().createSecurityGroup({ vpcId: world.shop.cluster.vpcId, rules: PODS });
    await revoke(id);
    expect(await asked()).toEqual(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups']);
    expect(world.told()).toEqual([]);
    expect(world.lines('changes touch no pods')).toHaveLength(1);
  });

  it('on an instance that is no node costs two more, to know that', async () => {
    const { id } = sandbox.world().createSecurityGroup({ vpcId: world.shop.cluster.vpcId, rules: PODS });
    const node = sandbox.world().addNode('shop', { subnetId: world.shop.subnets[0].id, securityGroups: [id] });
    const instance = sandbox.world().state.instances.get(node.instanceId);
    for (const key of Object.keys(instance?.tags ?? {})) delete instance?.tags[key];
    for (const eni of sandbox.world().state.interfaces.values())
      if (eni.groups.includes(id)) for (const key of Object.keys(eni.tags)) delete eni.tags[key];
    await revoke(id);
    expect(await asked()).toEqual([
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
    ]);
  });
});

describe('whom a change concerns', () => {
  const judged = () => world.lines('changes judged').map(({ clusters }) => clusters);

  it('a group of nodes: CoreDNS does not let pods in any more', async () => {
    const { nodeGroup } = world.shop;
    const rule = nodeGroup.rules.find(({ isEgress }) => !isEgress);
    await world.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: nodeGroup.id, SecurityGroupRuleIds: [rule?.id ?? ''] }));
    await world.changed();
    expect(judged()).toEqual([['shop']]);
    expect(pathsIn(notice().lost)).toEqual([`dns-path-blocked ${world.setId}`]);
    expect(notice().changes[0]?.undo.commands).toEqual([
      expect.stringContaining(
        `authorize-security-group-ingress --region us-east-1 --group-id ${nodeGroup.id} --ip-permissions '[{"IpProtocol":"-1","IpRanges"`,
      ),
    ]);
  });

  it('an untagged instance’s group, by the trunk that hangs on it', async () => {
    const group = sandbox.world().createSecurityGroup({ vpcId: world.shop.cluster.vpcId, rules: PODS });
    sandbox.world().addNode('shop', { subnetId: world.shop.subnets[0].id, securityGroups: [group.id], clusterTag: false });
    await revoke(group.id);
    await world.changed();
    expect(judged()).toEqual([['shop']]);
  });

  it('the cluster security group, by the control plane’s interfaces or its tag', async () => {
    const { clusterSecurityGroupId: id } = world.blog.cluster;
    sandbox.world().addRules(id, [egress('udp', 53, ANYWHERE)]);
    await revoke(id);
    await world.changed();
    expect(judged()).toEqual([['blog']]);
  });

  it('a group that is tagged for pods and that nobody holds', async () => {
    const group = sandbox.world().createSecurityGroup({ vpcId: world.shop.cluster.vpcId, rules: PODS });
    group.tags['sgp-warden:pod-sg'] = 'shop';
    await world.sweep();
    await revoke(group.id);
    await world.changed();
    expect(judged()).toEqual([['shop']]);
    expect(pathsIn(notice().lost)).toEqual([`dns-path-blocked ${group.id}`]);
  });

  it('a pod on Fargate, which only its other group tells', async () => {
    const vpcId = world.shop.cluster.vpcId;
    const tagged = sandbox.world().createSecurityGroup({ vpcId, rules: [ingress('-1', undefined, '10.0.0.0/8')] });
    const other = sandbox.world().createSecurityGroup({ vpcId, rules: PODS });
    tagged.tags['sgp-warden:pod-sg'] = 'shop';
    sandbox.world().addFargatePod('shop', { groups: [tagged.id, other.id] });
    await revoke(other.id);
    await world.changed();
    expect(judged()).toEqual([['shop']]);
  });

  it('the interface of a pod whose groups were changed', async () => {
    const bare = sandbox.world().createSecurityGroup({ vpcId: world.shop.cluster.vpcId, rules: [ingress('-1', undefined, '10.0.0.0/8')] });
    const [pod] = [...sandbox.world().state.interfaces.values()].filter(({ groups }) => groups.includes(world.setId));
    await world.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: pod?.id, Groups: [bare.id] }));
    await world.changed();
    expect(judged()).toEqual([['shop']]);
    expect(pathsIn(notice().lost)).toEqual(expect.arrayContaining([`dns-path-blocked ${bare.id}`]));
    expect(notice().changes[0]).toMatchObject({ says: `set the groups of ${pod?.id} to ${bare.id}`, undo: { commands: [] } });
    expect(notice().changes[0]?.undo.summary).toContain('delete the pod');
  });

  it('a group in a peered VPC that was deleted: whose groups still refer to it', async () => {
    const { cluster } = world.shop;
    const peer = sandbox.world().createVpc();
    const { id } = sandbox.world().createSecurityGroup({ vpcId: peer.id });
    const peering = sandbox.world().peerVpc(cluster.vpcId, { peerVpcId: peer.id });
    sandbox
      .world()
      .addRules(world.setId, [{ isEgress: true, protocol: '-1', referencedGroup: sandbox.world().peerReference(peering.id, id) }]);
    await world.sweep();
    expect(world.told()).toEqual([]);
    await world.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
    await world.changed();
    expect(judged()).toEqual([['shop']]);
    expect(pathsIn(notice().lost)).toEqual([`security-group-deleted-but-referenced ${world.setId}`]);
    expect(notice().changes[0]).toMatchObject({
      says: `deleted ${id}`,
      undo: { commands: [], summary: expect.stringContaining('cannot be restored') },
    });
  });

  it('an add-on vpc-cni that is configured anew: its cluster, and no other add-on', async () => {
    const eks = world.deps.clientsFor('us-east-1').eks;
    const values = JSON.stringify({ env: { POD_SECURITY_GROUP_ENFORCING_MODE: 'standard' } });
    await eks.send(new UpdateAddonCommand({ clusterName: 'blog', addonName: 'vpc-cni', configurationValues: values }));
    world.deliver(sandbox.calls.filter(({ action }) => action === 'UpdateAddon'));
    sandbox.clock.advance(1);
    await world.runDue();
    expect(judged()).toEqual([['blog']]);
  });

  it('all of them, when it could not be read: a change is not missed for a denied call', async () => {
    sandbox.faults.add({
      when: ({ action, params }) => action === 'DescribeNetworkInterfaces' && JSON.stringify(params).includes('group-id'),
      effect: { kind: 'deny' },
    });
    await revoke(world.setId);
    await world.changed();
    expect(world.lines('changes judged')).toMatchObject([{ isEverywhere: true }]);
    expect(pathsIn(notice().lost)).toEqual([`dns-path-blocked ${world.setId}`]);
  });
});

describe('many changes', () => {
  it('of a Terraform run are one judgement, of the newest state: what came back is no news', async () => {
    for (let n = 0; n < 5; n += 1) {
      await revoke(world.setId);
      await authorize(world.setId);
    }
    await world.changed();
    expect(world.told()).toEqual([]);
    expect(world.lines('changes judged')).toMatchObject([{ changes: 10, notices: 0 }]);
  });

  it('are told by those that explain what was lost, whatever order they come in and however often', async () => {
    await revoke(world.setId);
    await authorize(world.setId, [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: ANYWHERE }] }]);
    await revoke(world.setId, [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: ANYWHERE }] }]);
    const calls = world.calls();
    world.deliver([...calls.toReversed(), ...calls, ...calls]);
    await world.runDue(5);
    sandbox.clock.advance(1);
    await world.runDue(5);
    expect(notice().changes.map(({ says }) => says)).toEqual([`revoked egress udp 53 to 0.0.0.0/0 of ${world.setId}`]);
    expect(world.lines('changes judged')).toHaveLength(1);
  });

  it('a thousand in a minute: one audit of each affected cluster, and nothing is lost', async () => {
    const { blog, ec2, setId } = world;
    const [other] = [...sandbox.world().state.interfaces.values()].flatMap(({ groups, description, tags }) =>
      description === 'aws-k8s-branch-eni' && 'kubernetes.io/cluster/blog' in tags ? groups : [],
    );
    expect(blog.cluster.name).toBe('blog');
    await revoke(setId);
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({ GroupId: other, IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ANYWHERE }] }] }),
    );
    const calls = world.calls();
    const [first, second] = calls;
    if (!first || !second) throw new Error('both calls are recorded');
    for (let second_ = 0; second_ < 50; second_ += 1) {
      world.deliver(Array.from({ length: 20 }, (_, n) => ({ ...((second_ + n) % 2 ? second : first), index: 10_000 + second_ * 20 + n })));
      await world.runDue(5);
      sandbox.clock.advance(1 / 60);
    }
    const reads = sandbox.calls.length;
    for (let waited = 0; waited < 60; waited += 1) {
      sandbox.clock.advance(1 / 60);
      await world.runDue(5);
    }
    expect(world.lines('change recorded')).toHaveLength(1_000);
    expect(world.lines('changes judged')).toMatchObject([{ changes: 1_000, clusters: ['blog', 'shop'], notices: 2 }]);
    const described = sandbox.calls.slice(reads).filter(({ action }) => action === 'DescribeCluster');
    expect(described.map(({ params }) => params.name).sort()).toEqual(['blog', 'shop']);
    expect(
      world
        .notices()
        .map(({ cluster }) => cluster)
        .sort(),
    ).toEqual(['blog', 'shop']);
    const left = (await world.deps.store.load({ accountId: '123456789012', region: 'us-east-1' })).filter(
      ({ body }) => body.kind === 'change' && body.state.status === 'pending',
    );
    expect(left).toEqual([]);
  });
});

describe('a change whose effect a sweep saw first', () => {
  it('before its event came: the finding is told at once, and who did it when the event comes', async () => {
    await revoke(world.setId);
    const calls = world.calls();
    sandbox.clock.advance(2);
    await world.sweep();
    expect(briefly(world.told())).toEqual(['opened dns-path-blocked']);
    world.deliver(calls);
    await world.runDue();
    sandbox.clock.advance(1);
    await world.runDue();
    expect(briefly(world.told())).toEqual(['change: 1 lost, 0 regained in shop']);
  });

  it('within the minute: the sweep judges what waits, so that the finding says who did it', async () => {
    await revoke(world.setId);
    world.deliver(world.calls());
    await world.runDue();
    await world.sweep();
    expect(briefly(world.told()).sort()).toEqual(['change: 1 lost, 0 regained in shop', 'opened dns-path-blocked']);
    sandbox.clock.advance(1);
    await world.runDue();
    expect(world.told()).toEqual([]);
  });
});

describe('what could not be read', () => {
  it('keeps a change waiting, and the next sweep that can read tells who did it', async () => {
    const allow = sandbox.faults.add({ when: ({ action }) => action === 'DescribeSecurityGroupRules', effect: { kind: 'deny' } });
    await revoke(world.setId);
    await world.changed();
    expect(world.notices()).toEqual([]);
    allow();
    sandbox.clock.advance(30);
    await world.sweep();
    expect(pathsIn(notice().lost)).toEqual([`dns-path-blocked ${world.setId}`]);
  });

  it('of one cluster stays a gap when another one is judged', async () => {
    sandbox.faults.add({ when: ({ action, params }) => action === 'DescribeCluster' && params.name === 'blog', effect: { kind: 'deny' } });
    sandbox.clock.advance(30);
    await world.sweep();
    expect(briefly(world.told())).toContain('opened coverage-gap');
    await revoke(world.setId);
    await world.changed();
    expect(briefly(world.told()).sort()).toEqual(['change: 1 lost, 0 regained in shop', 'opened dns-path-blocked']);
  });

  it('of the ledger stops no sweep', async () => {
    await revoke(world.setId);
    world.deliver(world.calls());
    await world.runDue();
    const { store } = world.deps;
    const get: typeof store.get = (target, key) => (key === 'judging' ? Promise.reject(new Error('no answer')) : store.get(target, key));
    await world.sweep({ store: { ...store, get } });
    expect(world.lines('audited')).toHaveLength(2);
    expect(world.lines('changes could not be judged; the next sweep tries again')).toMatchObject([{ reason: 'no answer' }]);
    expect(world.metric('RunFailures')).toBe(1);
    expect(briefly(world.told())).toEqual(['opened dns-path-blocked']);
  });
});

describe('the way back of a modified rule', () => {
  it('is known when the ledger still knows the call that made it, and is said not to be otherwise', async () => {
    const { setId } = world;
    const rules = sandbox.world().state.securityGroups.get(setId)?.rules ?? [];
    const udp = rules.find(({ isEgress, protocol }) => isEgress && protocol === 'udp');
    const modify = (CidrIpv4: string, SecurityGroupRuleId = udp?.id) =>
      world.ec2.send(
        new ModifySecurityGroupRulesCommand({
          GroupId: setId,
          SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule: { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv4 } }],
        }),
      );
    await modify('192.0.2.0/24');
    await world.changed();
    expect(notice().changes[0]?.undo).toMatchObject({
      commands: [],
      summary: expect.stringContaining(`What ${udp?.id} said before is not known`),
    });
    await modify(ANYWHERE);
    await world.changed();
    await modify('192.0.2.0/24');
    await world.changed();
    const [undo] = world.notices().at(-1)?.changes[0]?.undo.commands ?? [];
    expect(undo).toBe(
      `aws ec2 modify-security-group-rules --region us-east-1 --group-id ${setId} --security-group-rules '[{"SecurityGroupRuleId":"${udp?.id}","SecurityGroupRule":{"IpProtocol":"udp","FromPort":53,"ToPort":53,"CidrIpv4":"0.0.0.0/0"}}]'`,
    );
  });
});

describe('events that are no change', () => {
  it('a call that failed, a dry run and a description leave nothing in the queue', async () => {
    await revoke(world.setId, dns('sctp')).catch(() => undefined);
    await world.ec2
      .send(new RevokeSecurityGroupEgressCommand({ GroupId: world.setId, IpPermissions: dns('udp'), DryRun: true }))
      .catch(() => undefined);
    await world.ec2.send(
      new UpdateSecurityGroupRuleDescriptionsEgressCommand({
        GroupId: world.setId,
        IpPermissions: [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: ANYWHERE, Description: 'names' }] }],
      }),
    );
    const calls = world.calls();
    expect(calls.map(({ outcome }) => outcome)).toEqual([expect.stringMatching(/^Invalid/), 'DryRunOperation', 'OK']);
    world.deliver(calls);
    sandbox.clock.advance(1);
    await world.runDue();
    expect([world.lines('not a change of a path').length, world.metric('BadEvents')]).toEqual([calls.length, 0]);
    expect(world.lines('change recorded')).toEqual([]);
  });

  it('a service’s own call names the service', async () => {
    await revoke(world.setId);
    await world.changed({ by: awsService('autoscaling.amazonaws.com') });
    expect(notice().changes[0]?.change.actor).toMatchObject({
      principal: 'autoscaling.amazonaws.com',
      invokedBy: 'autoscaling.amazonaws.com',
    });
  });
});
