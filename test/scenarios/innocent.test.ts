// Somebody breaks something that no watched call tells of, and minutes later an administrator changes something else: nobody is accused of it.
import { UpdateAddonCommand } from '@aws-sdk/client-eks';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CLUSTER_TAG_PREFIX } from '../../shared/domain/tags.ts';
import { ANYWHERE, type ChangeWorld, changeWorld } from '../support/change-world.ts';
import { egress, ingress } from '../support/path-world.ts';

const WARM = { env: { WARM_ENI_TARGET: '2' } };
const OPEN_IN = ingress('-1', undefined, '10.0.0.0/8');

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

/** An administrator configures the CNI of a cluster, and the change is judged. */
async function configure(clusterName: string, configuration: object): Promise<void> {
  const { eks } = world.deps.clientsFor(sandbox.world().region);
  await eks.send(new UpdateAddonCommand({ clusterName, addonName: 'vpc-cni', configurationValues: JSON.stringify(configuration) }));
  world.deliver(sandbox.calls.filter(({ action }) => action === 'UpdateAddon'));
  sandbox.clock.advance(1);
  await world.runDue();
}

const opened = () =>
  world
    .told()
    .flatMap((each) =>
      each.kind === 'transition' && each.transition.kind === 'opened' ? [[each.finding.ruleId, each.transition] as const] : [],
    );

it('a managed prefix list that was emptied is not the fault of who configures the CNI', async () => {
  const list = sandbox.world().createPrefixList({ entries: [ANYWHERE] });
  world.shop.addPod([egress('udp', 53, list.id), egress('tcp', 53, list.id), OPEN_IN]);
  await world.sweep();
  world.told();
  sandbox.world().modifyPrefixList(list.id, []);
  sandbox.clock.advance(5);
  await configure('shop', WARM);
  expect(opened()).toEqual([['dns-path-blocked', expect.not.objectContaining({ cause: expect.anything() })]]);
  expect(world.notices()).toEqual([]);
});

it('a cluster tag that another hand removed is not, either', async () => {
  const key = `${CLUSTER_TAG_PREFIX}shop`;
  const setId = world.shop.addPod([egress('-1', undefined, ANYWHERE)], [OPEN_IN]);
  const group = sandbox.world().state.securityGroups.get(setId.split('+')[0] ?? '');
  if (!group) throw new Error(`there is no group of ${setId}`);
  group.tags = { ...group.tags, [key]: 'owned' };
  await world.sweep();
  world.told();
  group.tags = {};
  sandbox.clock.advance(5);
  await configure('shop', WARM);
  expect(opened()).toEqual([['untagged-for-load-balancer-controller', expect.not.objectContaining({ cause: expect.anything() })]]);
  expect(world.notices()).toEqual([]);
});

it('probes that break while a configuration without the enforcing mode comes in force coincide with it, and nobody is named', async () => {
  const list = sandbox.world().createPrefixList({ entries: ['10.0.0.0/8'] });
  world.shop.addPod([egress('-1', undefined, ANYWHERE), ingress('-1', undefined, list.id)]);
  await world.sweep();
  world.told();
  sandbox.world().modifyPrefixList(list.id, []);
  sandbox.clock.advance(5);
  await configure('shop', WARM);
  const [[ruleId, transition] = []] = opened().filter(([id]) => id === 'probe-path-blocked');
  expect(ruleId).toBe('probe-path-blocked');
  expect(transition).toMatchObject({ coincidence: expect.stringContaining('UpdateAddon by') });
  expect(transition).not.toHaveProperty('cause');
  expect(world.notices()).toEqual([]);
});
