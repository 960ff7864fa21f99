// The packaged stack where nobody is asked: what auto deletes, killed in the middle of it or not, and that report deletes nothing.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { deployMode, type ModeStack } from '../support/modes.ts';

let sandbox: Sandbox;
let stack: ModeStack;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  await stack.stop();
  await sandbox.stop();
});

describe('auto', () => {
  it('deletes on the sweep what the guards let through, at most CLEANUP_MAX a run, each announced, nobody asked', async () => {
    stack = await deployMode(sandbox, 'auto', { CLEANUP_MAX: '4', EXCLUDED_CLUSTERS: 'kept' });
    await stack.orphan('shop', 6);
    await stack.orphan('kept', 2);
    const perSweep: number[] = [];
    for (const _ of [1, 2, 3, 4, 5]) {
      const before = stack.deleting().length;
      await stack.live(30);
      perSweep.push(stack.deleting().length - before);
    }
    expect(perSweep).toEqual([0, 4, 2, 0, 0]);
    expect([stack.branchesOf('shop'), stack.branchesOf('kept').length]).toEqual([[], 2]);
    expect(stack.toldOf('cleaned')).toHaveLength(6);
    expect(stack.eventsTold()).not.toContain('proposed');
    expect((await stack.plans()).map(({ decision }) => decision?.via)).toEqual(expect.arrayContaining(['auto', 'auto']));
    const clean = stack.told('certificate').filter((message) => (message.certificate as { outcome: string }).outcome === 'clean');
    expect(clean.map(({ cluster }) => cluster)).toEqual(['shop']);
    expect([sandbox.harm, stack.failures()]).toEqual([[], []]);
  });
});

it('a cleanup worker killed at every third of its calls in turn deletes everything in the end, once, and tells it', async () => {
  stack = await deployMode(sandbox, 'auto');
  const world = sandbox.world();
  const tags = (cluster: string) => ({
    'eks:eni:owner': 'eks-vpc-resource-controller',
    [`kubernetes.io/cluster/${cluster}`]: 'owned',
    'vpcresources.k8s.aws/trunk-eni-id': 'eni-0000000000000dead',
  });
  const groups = [world.createSecurityGroup().id];
  const orphans: string[] = [];
  // A plan for each cluster; the worker of the first dies at its first call, that of the second at its fourth, and so on. Every call, before
  // and after, is in cleanup-worker.test.ts, where no process has to start for it.
  const calls = [1, 4, 7, 10, 13, 16, 19, 22];
  for (const call of calls) {
    const branch = { description: 'aws-k8s-branch-eni', status: 'available', interfaceType: 'branch', groups, tags: tags(`gone-${call}`) };
    orphans.push(world.putInterface(branch).id);
    stack.lambda.crash('cleanup', { when: call % 2 === 1 ? 'before' : 'after', call, of: () => true });
  }
  await stack.live(150);
  expect(stack.lambda.invocations.filter((each) => each.crashed).length).toBeGreaterThanOrEqual(calls.length - 1);
  expect(orphans.filter((id) => world.state.interfaces.has(id))).toEqual([]);
  expect(orphans.filter((id) => !stack.toldOf('cleaned').includes(id) && !stack.toldOf('resolved').includes(id))).toEqual([]);
  expect((await stack.plans()).filter(({ status }) => status !== 'done')).toEqual([]);
  expect(sandbox.harm).toEqual([]);
});

describe('report', () => {
  it('plans nothing, asks nobody and has nothing to delete with', async () => {
    stack = await deployMode(sandbox, 'report');
    await stack.orphan('shop', 2);
    await stack.live(180);
    expect([await stack.plans(), stack.told('plan'), stack.deleting()]).toEqual([[], [], []]);
    expect(stack.branchesOf('shop')).toHaveLength(2);
  });
});

it('nothing of the stack starts with a setting that forbids deleting', async () => {
  stack = await deployMode(sandbox, 'auto', { MIN_ORPHAN_AGE_MINUTES: '5' });
  for (const name of ['audit', 'onSchedule', 'onClusterEvent', 'onSecurityGroupEvent', 'cleanup']) {
    const run = await stack.lambda.invoke(name, { Records: [] });
    expect([name, run.error?.errorMessage]).toEqual([
      name,
      expect.stringContaining('CLEANUP_MODE=auto needs MIN_ORPHAN_AGE_MINUTES of 30 or more, not 5'),
    ]);
  }
});
