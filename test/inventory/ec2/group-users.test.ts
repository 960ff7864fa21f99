import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { type AskedUsers, collectGroupUsers } from '../../../shared/inventory/ec2/group-users.ts';
import { egress, type PathWorld, pathWorld } from '../../support/path-world.ts';
import { depsOf } from '../../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';

let sandbox: Sandbox;
let shop: PathWorld;
let setId: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  shop = pathWorld(sandbox);
  setId = shop.addPod([egress('-1', undefined, ANYWHERE)]);
});
afterEach(() => sandbox.stop());

const read = (asked: Partial<AskedUsers>) => {
  const { clientsFor, clock } = depsOf(sandbox);
  return collectGroupUsers(clientsFor('us-east-1').ec2, { groupIds: [], interfaceIds: [], referenced: [], ...asked }, clock);
};
/** The clusters of one id. */
async function usersOf(id: string, asked: Partial<AskedUsers> = { groupIds: [id] }): Promise<string[]> {
  const users = await read(asked);
  if (!users.ok) throw new Error(users.reason.message);
  return [...(users.value.get(id) ?? [])].sort();
}
const newGroup = () => sandbox.world().createSecurityGroup({ vpcId: shop.cluster.vpcId }).id;

describe('the clusters that use a group', () => {
  it('are those of its pods, its nodes and its control planes', async () => {
    expect(await usersOf(setId)).toEqual(['shop']);
    expect(await usersOf(shop.nodeGroup.id)).toEqual(['shop']);
    expect(await usersOf(shop.cluster.clusterSecurityGroupId)).toEqual(['shop']);
  });

  it('are both, where two share it', async () => {
    const shared = newGroup();
    const blog = pathWorld(sandbox, 'blog');
    for (const { nodes } of [shop, blog]) {
      const [eni] = [...sandbox.world().state.interfaces.values()].filter(
        ({ attachment }) => attachment?.instanceId === nodes[0].instanceId,
      );
      eni?.groups.push(shared);
    }
    expect(await usersOf(shared)).toEqual(['blog', 'shop']);
  });

  it('are none, where nobody holds it, nor names it', async () => {
    expect(await usersOf(newGroup())).toEqual([]);
  });

  it('are those of the groups that refer to it, where that matters: its own rules mean nothing to them', async () => {
    const referenced = newGroup();
    sandbox.world().addRules(setId, [egress('tcp', 443, referenced)]);
    expect(await usersOf(referenced)).toEqual([]);
    expect(await usersOf(referenced, { groupIds: [referenced], referenced: [referenced] })).toEqual(['shop']);
  });

  it('are those of an interface that is asked for itself', async () => {
    const [pod] = [...sandbox.world().state.interfaces.values()].filter(({ groups }) => groups.includes(setId));
    expect(await usersOf(pod?.id ?? '', { interfaceIds: [pod?.id ?? ''] })).toEqual(['shop']);
    expect(await usersOf('eni-0000000000000dead', { interfaceIds: ['eni-0000000000000dead'] })).toEqual([]);
  });

  it.each(['DescribeNetworkInterfaces', 'DescribeInstances', 'DescribeSecurityGroups'])(
    'are not known when %s fails: that is no "nobody"',
    async (action) => {
      sandbox.faults.add({ when: (call) => call.action === action, effect: { kind: 'deny' } });
      const held = shop.nodeGroup.id;
      expect(await read({ groupIds: [held], referenced: [held] })).toMatchObject({ ok: false, reason: { cause: 'denied' } });
    },
  );

  it('are not known when an answer is none of EC2’s', async () => {
    sandbox.faults.add({ when: (call) => call.action === 'DescribeNetworkInterfaces', effect: { kind: 'html' } });
    expect(await read({ groupIds: [setId] })).toMatchObject({ ok: false });
  });
});
