// What the ledger adds: suspects become orphans, any change starts again, and absent is not gone.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { auditOf, foundBy, unknownTo } from '../support/sandbox.ts';

let sandbox: Sandbox;
let store: LedgerStore;
let branches: string[];

beforeEach(async () => {
  sandbox = await startSandbox();
  store = memoryStore();
  const world = sandbox.world();
  world.createCluster('shop');
  const node = world.addNode('shop');
  branches = [world.addPod(node.instanceId), world.addPod(node.instanceId), world.addPod(node.instanceId)]
    .map((pod) => pod.interfaceId ?? '')
    .sort();
  world.deleteCluster('shop');
  sandbox.clock.advance(10);
  world.terminateNode(node.instanceId);
  sandbox.clock.advance(5);
});

afterEach(() => sandbox.stop());

const states = async () => {
  const report = await auditOf(sandbox, store);
  return { orphans: foundBy(report, 'orphaned-branch-eni', 'orphan'), suspects: foundBy(report, 'orphaned-branch-eni', 'suspect'), report };
};
const eni = (index: number) => {
  const found = sandbox.world().state.interfaces.get(branches[index] ?? '');
  if (!found) throw new Error(`no interface ${index}`);
  return found;
};

describe('a suspect', () => {
  it('becomes an orphan after the minimum age, and not before', async () => {
    expect(await states()).toMatchObject({ orphans: [], suspects: branches });
    sandbox.clock.advance(29);
    expect(await states()).toMatchObject({ orphans: [], suspects: branches });
    sandbox.clock.advance(1);
    const { orphans, report } = await states();
    expect(orphans).toEqual(branches);
    expect(report.transitions.map((transition) => transition.kind)).toContain('changed');
  });

  it.each([
    [
      'another group',
      () => eni(0).groups.splice(0, 1, eni(0).groups.length > 0 ? sandbox.world().createSecurityGroup({ vpcId: eni(0).vpcId }).id : ''),
    ],
    ['a tag of ours', () => Object.assign(eni(0).tags, { 'sgp-warden:keep': 'yes' })],
    ['another trunk', () => Object.assign(eni(0).tags, { 'vpcresources.k8s.aws/trunk-eni-id': 'eni-0000000000000dead' })],
  ])('starts again with %s', async (_name, change) => {
    await states();
    sandbox.clock.advance(31);
    change();
    expect(await states()).toMatchObject({ orphans: branches.slice(1), suspects: branches.slice(0, 1) });
    sandbox.clock.advance(31);
    expect(await states()).toMatchObject({ orphans: branches });
  });

  it("does not start again with other people's tags", async () => {
    await states();
    sandbox.clock.advance(31);
    Object.assign(eni(0).tags, { team: 'payments' });
    expect(await states()).toMatchObject({ orphans: branches });
  });

  it('starts again when one complete read did not list it', async () => {
    await states();
    sandbox.clock.advance(16);
    eni(0).status = 'in-use';
    await states();
    eni(0).status = 'available';
    sandbox.clock.advance(16);
    expect(await states()).toMatchObject({ orphans: branches.slice(1), suspects: branches.slice(0, 1) });
  });

  it('starts again when the cluster was seen alive in between', async () => {
    await states();
    sandbox.clock.advance(16);
    sandbox.world().createCluster('shop', { vpcId: eni(0).vpcId });
    expect(await states()).toMatchObject({ orphans: [], suspects: [] });
    sandbox.world().state.clusters.delete('shop');
    sandbox.clock.advance(16);
    expect(await states()).toMatchObject({ orphans: [], suspects: branches });
  });

  it('neither counts nor starts again in a run that could not read its cluster', async () => {
    await states();
    sandbox.clock.advance(16);
    const allow = sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', effect: { kind: 'deny' } });
    expect(await states()).toMatchObject({ orphans: [], suspects: [] });
    allow();
    sandbox.clock.advance(16);
    expect(await states()).toMatchObject({ orphans: branches });
  });
});

describe('an open finding whose interface is not listed any more', () => {
  const resolved = async () => {
    const { report } = await states();
    return report.transitions.filter((transition) => transition.kind === 'resolved' && transition.findingId.startsWith('orphaned'));
  };

  it('is resolved when EC2 says that the id does not exist', async () => {
    await states();
    sandbox.world().removeInterface(branches[0] ?? '');
    expect(await resolved()).toEqual([expect.objectContaining({ details: expect.stringContaining('InvalidNetworkInterfaceID.NotFound') })]);
  });

  it('is resolved as in use again when it serves a pod again', async () => {
    await states();
    eni(0).status = 'in-use';
    expect(await resolved()).toEqual([expect.objectContaining({ says: expect.stringContaining('in use again') })]);
  });

  it('stays open, and is claimed by nobody, when its id could not be asked for', async () => {
    await states();
    sandbox.world().removeInterface(branches[0] ?? '');
    sandbox.faults.add({ when: (call) => 'NetworkInterfaceId' in call.params, effect: { kind: 'deny' } });
    const { report, suspects } = await states();
    expect(report.transitions.filter((transition) => transition.kind === 'resolved')).toEqual([]);
    expect(suspects).toEqual(branches.slice(1));
    expect(unknownTo(report, 'orphaned-branch-eni')).toEqual(branches.slice(0, 1));
  });
});

it('ten identical runs tell people once of the suspect, and once of the orphan', async () => {
  const told: string[] = [];
  for (let run = 0; run < 10; run += 1) {
    const { report } = await states();
    told.push(...report.transitions.filter((each) => each.findingId.endsWith(branches[0] ?? '-')).map((each) => each.kind));
    sandbox.clock.advance(10);
  }
  expect(told).toEqual(['opened', 'changed']);
});

it('two audits at once count as one look, and tell people once', async () => {
  const [one, two] = await Promise.all([states(), states()]);
  const opened = [one, two].flatMap(({ report }) => report.transitions.filter((each) => each.findingId.startsWith('orphaned-branch-eni')));
  expect(opened.map((each) => each.kind)).toEqual(branches.map(() => 'opened'));
  const [first] = (await states()).report.findings;
  expect(first?.sightings).toBe(1);
});

it('a ledger that cannot be written costs the record, not the report', async () => {
  const readOnly: LedgerStore = { ...store, write: () => Promise.reject(new Error('disk full')) };
  const report = await auditOf(sandbox, readOnly);
  expect(foundBy(report, 'orphaned-branch-eni', 'suspect')).toEqual(branches);
  expect(report.coverage).toContainEqual(
    expect.objectContaining({ slice: 'ledger', ok: false, reason: expect.stringContaining('disk full') }),
  );
});
