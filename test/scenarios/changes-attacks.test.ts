// Changes that arrive when everything else goes wrong as well, or that somebody else is blamed for. Through the worker, over the sandbox.
import { ModifySecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { iamUser } from '../../sandbox/cloudtrail/identities.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CHANGE_NEWS } from '../../shared/changes/content.ts';
import { loadedBefore } from '../ledger/stores.ts';
import { ANNA, ANYWHERE, type ChangeWorld, changeWorld, port53 } from '../support/change-world.ts';
import { ingress } from '../support/path-world.ts';

const BEN = { ...ANNA, by: iamUser('123456789012', 'ben') };

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

const udp53 = (cidr: string) => port53('udp', cidr);
const revoke = (groupId: string, permissions = udp53(ANYWHERE)) => world.revoke(groupId, permissions);
const authorize = (groupId: string, permissions = udp53(ANYWHERE)) => world.authorize(groupId, permissions);
const judgeAfterAMinute = async () => {
  await world.runDue();
  sandbox.clock.advance(1);
  await world.runDue();
};
const pending = async () =>
  (await world.deps.store.load({ accountId: '123456789012', region: 'us-east-1' })).filter(
    ({ body }) => body.kind === 'change' && body.state.status === 'pending',
  );

describe('what EC2 does not show yet', () => {
  it('is not settled: the next sweep looks again, and tells who did it', async () => {
    const snapshot = sandbox.snapshot();
    const fresh = sandbox.faults.add({
      when: ({ action }) => action === 'DescribeSecurityGroupRules',
      effect: { kind: 'stale', snapshot },
    });
    await revoke(world.setId);
    await world.changed();
    expect(world.notices()).toEqual([]);
    expect(await pending()).toHaveLength(1);
    fresh();
    sandbox.clock.advance(30);
    await world.sweep();
    expect(world.notices()).toMatchObject([
      { lost: [{ ruleId: 'dns-path-blocked' }], changes: [{ change: { actor: { session: 'anna@example.com' } } }] },
    ]);
    expect(await pending()).toEqual([]);
  });

  it('of a rule that was added and is taken away meanwhile is no reason to wait', async () => {
    await authorize(world.setId, udp53('192.0.2.0/24'));
    await revoke(world.setId, udp53('192.0.2.0/24'));
    await world.changed();
    expect(await pending()).toEqual([]);
  });
});

describe('a burst while something cannot be read', () => {
  it('is one audit, and one more with each sweep', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'DescribeSecurityGroupRules', effect: { kind: 'deny' } });
    await revoke(world.setId);
    const [call] = world.calls();
    if (!call) throw new Error('the call is recorded');
    world.deliver(Array.from({ length: 20 }, (_, n) => ({ ...call, index: 10_000 + n })));
    await judgeAfterAMinute();
    expect(world.lines('changes judged')).toHaveLength(1);
    sandbox.clock.advance(30);
    await world.sweep();
    expect(world.lines('changes judged')).toHaveLength(2);
    expect(await pending()).toHaveLength(20);
  });

  it('is not said to have done nothing when the looks are over', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'DescribeSecurityGroupRules', effect: { kind: 'deny' } });
    await revoke(world.setId);
    await world.changed();
    sandbox.clock.advance(130);
    await world.sweep();
    const says = (await world.deps.store.load({ accountId: '123456789012', region: 'us-east-1' })).flatMap(({ body }) =>
      body.kind === 'change' ? [`${body.state.status}: ${body.state.says}`] : [],
    );
    expect(says).toEqual([expect.stringMatching(/^judged: .*could not be read/)]);
  });
});

describe('whom a message names', () => {
  it('is who took something away, not who gave something to others of the cluster a second later', async () => {
    const other = world.shop.addPod([ingress('-1', undefined, '10.0.0.0/8')]);
    sandbox.clock.advance(30);
    await world.sweep();
    world.told();
    await revoke(world.setId);
    world.deliver(world.calls(), BEN);
    sandbox.clock.advance(1 / 60);
    for (const IpProtocol of ['udp', 'tcp'])
      await authorize(other, [{ IpProtocol, FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: ANYWHERE }] }]);
    world.deliver(world.calls(), ANNA);
    await judgeAfterAMinute();
    const [told] = world.told().flatMap((each) => (each.kind === 'change' ? [each] : []));
    if (!told) throw new Error('nobody was told');
    expect(told.notice).toMatchObject({ lost: [{ setId: world.setId }], regained: [{ setId: other }] });
    expect(CHANGE_NEWS.content(told).headline).toMatch(/lost DNS since ben called Revoke/);
    // What gave somebody a path back is no way back for those who lost one.
    expect(JSON.stringify(CHANGE_NEWS.content(told).steps)).not.toContain('revoke-security-group');
  });

  it.each([
    ['before', [BEN, ANNA]],
    ['after', [ANNA, BEN]],
  ] as const)('is who closed the way to CoreDNS, not who closed one to elsewhere %s', async (_, [first, second]) => {
    await authorize(world.setId, udp53('192.0.2.0/24'));
    await world.changed();
    for (const by of [first, second]) {
      await revoke(world.setId, udp53(by === BEN ? ANYWHERE : '192.0.2.0/24'));
      world.deliver(world.calls(), by);
      sandbox.clock.advance(1 / 60);
    }
    await judgeAfterAMinute();
    const told = world.told();
    expect(told.flatMap((each) => (each.kind === 'change' ? [CHANGE_NEWS.content(each).headline] : []))).toEqual([
      expect.stringContaining('since ben called'),
    ]);
    expect(told.flatMap((each) => (each.kind === 'transition' ? [each.transition] : []))).toEqual([
      expect.objectContaining({ kind: 'opened', cause: expect.stringContaining('by ben') }),
    ]);
  });
});

it('a rule that is modified and not shown yet is waited for', async () => {
  const snapshot = sandbox.snapshot();
  sandbox.faults.add({ when: ({ action }) => action === 'DescribeSecurityGroupRules', effect: { kind: 'stale', snapshot } });
  const rule = sandbox
    .world()
    .state.securityGroups.get(world.setId)
    ?.rules.find(({ isEgress, protocol }) => isEgress && protocol === 'udp');
  const SecurityGroupRule = { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv4: '192.0.2.0/24' };
  await world.ec2.send(
    new ModifySecurityGroupRulesCommand({
      GroupId: world.setId,
      SecurityGroupRules: [{ SecurityGroupRuleId: rule?.id, SecurityGroupRule }],
    }),
  );
  await world.changed();
  expect(world.notices()).toEqual([]);
  expect(await pending()).toHaveLength(1);
});

describe('a worker that dies at any write of the ledger', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ])('%s it: the next sweep tells who did it, once', async (_, isAfter) => {
    let struck = 0;
    for (let nth = 1; ; nth += 1) {
      await sandbox.stop();
      sandbox = await startSandbox();
      world = await changeWorld(sandbox);
      const { store } = world.deps;
      let writes = 0;
      let dead = false;
      const dies = async <T>(isWrite: boolean, act: () => Promise<T>): Promise<T> => {
        if (dead) throw new Error('the worker was killed');
        if (!isWrite || ++writes < nth) return act();
        dead = true;
        struck += 1;
        if (isAfter) await act();
        throw new Error('the worker was killed');
      };
      await revoke(world.setId);
      world.deliver(world.calls());
      world.deps.store = {
        ...store,
        load: (target) => dies(false, () => store.load(target)),
        get: (target, key) => dies(false, () => store.get(target, key)),
        write: (target, changes) => dies(changes.length > 0, () => store.write(target, changes)),
      };
      const before = struck;
      await judgeAfterAMinute().catch(() => undefined);
      world.deps.store = store;
      // The message comes again; where the killed one still holds the lease, that leaves it to a sweep.
      if (struck > before && nth === 1) world.deliver(sandbox.calls.filter(({ action }) => action === 'RevokeSecurityGroupEgress'));
      for (let n = 0; n < 2; n += 1) {
        await judgeAfterAMinute();
        sandbox.clock.advance(30);
        await world.sweep();
      }
      const told = world.told();
      const ids = new Set(told.map(({ id }) => id));
      expect({ nth, notices: [...ids].filter((id) => id.startsWith('change-notice/')).length, pending: await pending() }).toEqual({
        nth,
        notices: 1,
        pending: [],
      });
      expect(told.filter((each) => each.kind === 'transition' && each.transition.kind === 'opened').length).toBeGreaterThan(0);
      if (struck === before) break;
    }
    expect(struck).toBeGreaterThan(5);
  });
});

it('a sweep with an older view of the ledger tells nothing twice of what another run has judged meanwhile', async () => {
  await revoke(world.setId);
  world.deliver(world.calls());
  await world.runDue();
  const old = loadedBefore(world.deps.store, async () => {
    await revoke(world.setId, port53('tcp', ANYWHERE));
    await world.changed();
  });
  await world.sweep({ store: old });
  await world.sweep();
  expect(world.notices()).toHaveLength(1);
  expect(await pending()).toEqual([]);
});
