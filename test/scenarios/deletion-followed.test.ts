// A deletion from the event to the certificate, through the worker: what people are told, and when.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Publisher } from '../../shared/channels/publisher.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { AuditMessage } from '../../shared/run/messages/audit-message.ts';
import { work, workBatch } from '../../shared/run/worker.ts';
import type { WorkerDeps } from '../../shared/run/worker-ports.ts';
import { parseDeleteCluster } from '../../shared/teardowns/delete-cluster-event.ts';
import { deleteClusterEvent } from '../support/events.ts';
import { depsOf } from '../support/sandbox.ts';

let sandbox: Sandbox;
let deps: WorkerDeps;
let told: Announcement[];
let isDown: boolean;
let log: string[];

const recording: Publisher = {
  name: 'sns',
  publish: async (announcements) => {
    if (isDown) throw new Error('SNS is down');
    told.push(...announcements);
    return announcements.map(({ id }) => ({ id, delivered: true as const }));
  },
};

beforeEach(async () => {
  sandbox = await startSandbox();
  [told, log, isDown] = [[], [], false];
  deps = {
    ...depsOf(sandbox),
    store: memoryStore(),
    publishers: [recording],
    ledgerName: () => 'memory',
    askForCleanup: undefined,
    regions: ['us-east-1'],
    sendMeasurements: async () => undefined,
  };
});
afterEach(() => sandbox.stop());

const logger = () =>
  jsonLogger(
    (line) => log.push(line),
    () => sandbox.clock.now(),
  );
const target = { accountId: '123456789012', region: 'us-east-1' };
const sweep = () => work(deps, { kind: 'sweep', trigger: 'schedule', ...target }, logger());
const kinds = () =>
  told.map((each) =>
    each.kind === 'transition' ? `${each.transition.kind} ${each.finding.ruleId} ${each.finding.state ?? ''}`.trim() : each.kind,
  );
const certificates = () => told.flatMap((each) => (each.kind === 'certificate' ? [each.certificate] : []));

/** A cluster with three pods on a node of its own, and the event of its deletion. */
function clusterWithPods() {
  const world = sandbox.world();
  const cluster = world.createCluster('shop');
  const node = world.addNode('shop');
  for (let pod = 0; pod < 3; pod += 1) world.addPod(node.instanceId);
  const parsed = parseDeleteCluster(
    deleteClusterEvent({
      time: sandbox.clock.now().toISOString(),
      cluster: {
        createdAt: cluster.createdAt,
        resourcesVpcConfig: { vpcId: cluster.vpcId, subnetIds: cluster.subnetIds, clusterSecurityGroupId: cluster.clusterSecurityGroupId },
      },
    }),
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  const message: AuditMessage = { kind: 'deletion', ...parsed.value };
  return { node, message };
}

/** The sweeps of so many minutes, one every 30. */
async function sweepsFor(minutes: number) {
  for (let passed = 0; passed < minutes; passed += 30) {
    sandbox.clock.advance(30);
    await sweep();
  }
}

describe('a deletion with pods running', () => {
  it('warns at once, announces suspects and orphans once, and certifies what is left', async () => {
    const { node, message } = clusterWithPods();
    sandbox.world().deleteCluster('shop');
    await work(deps, message, logger());
    expect(told).toEqual([expect.objectContaining({ kind: 'warning', warning: expect.objectContaining({ branchesInUse: 3 }) })]);

    sandbox.world().terminateNode(node.instanceId);
    await sweepsFor(120);
    const orphan = (state: string) => `${state === 'suspect' ? 'opened' : 'changed'} orphaned-branch-eni`;
    expect(kinds().filter((kind) => kind.startsWith(orphan('suspect')))).toHaveLength(3);
    expect(kinds().filter((kind) => kind.startsWith(orphan('orphan')))).toHaveLength(3);
    expect(certificates()).toEqual([]);

    await sweepsFor(24 * 60);
    expect(certificates()).toEqual([
      expect.objectContaining({ outcome: 'leftovers', says: expect.stringContaining('3 branch or trunk interfaces') }),
    ]);
    expect(certificates()[0]?.leftovers.map((leftover) => leftover.state)).toEqual(['orphan', 'orphan', 'orphan']);

    for (const eni of [...sandbox.world().state.interfaces.values()])
      if (eni.description === 'aws-k8s-branch-eni') sandbox.world().removeInterface(eni.id);
    await sweepsFor(24 * 60);
    expect(certificates().map((certificate) => certificate.outcome)).toEqual(['leftovers', 'clean']);
    expect(kinds().filter((kind) => kind.startsWith('resolved orphaned-branch-eni'))).toHaveLength(3);
  });

  it('warns and follows once, however often the event is delivered', async () => {
    const { message } = clusterWithPods();
    await work(deps, message, logger());
    await Promise.all([work(deps, message, logger()), work(deps, message, logger())]);
    expect(kinds()).toEqual(['warning']);
  });
});

it('a deletion that leaves nothing is certified clean', async () => {
  const { node, message } = clusterWithPods();
  for (const pod of sandbox.world().state.pods.keys()) sandbox.world().deletePod(pod);
  sandbox.clock.advance(5);
  sandbox.world().terminateNode(node.instanceId);
  sandbox.clock.advance(5);
  sandbox.world().deleteCluster('shop');
  await work(deps, message, logger());
  await sweepsFor(60);
  expect(certificates().map((certificate) => certificate.outcome)).toEqual(['clean']);
  expect(kinds()).not.toContain('warning');
});

it('orphans of a deletion that no event told of are followed by the sweep itself', async () => {
  const { node } = clusterWithPods();
  sandbox.world().deleteCluster('shop');
  sandbox.world().terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  await sweepsFor(26 * 60);
  expect(certificates()).toEqual([expect.objectContaining({ outcome: 'leftovers', cluster: expect.objectContaining({ name: 'shop' }) })]);
});

it('ten identical sweeps tell people once', async () => {
  const { node } = clusterWithPods();
  sandbox.world().deleteCluster('shop');
  sandbox.world().terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  for (let run = 0; run < 10; run += 1) {
    sandbox.clock.advance(10);
    await sweep();
  }
  const about = told.flatMap((each) =>
    each.kind === 'transition' && each.finding.ruleId === 'orphaned-branch-eni'
      ? [`${each.transition.kind} ${each.transition.findingId}`]
      : [],
  );
  expect(new Set(about).size).toBe(about.length);
  expect(about).toHaveLength(6);
});

it('a publisher that is down is still owed, and gets everything once it is back', async () => {
  const { node } = clusterWithPods();
  sandbox.world().deleteCluster('shop');
  sandbox.world().terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  isDown = true;
  await sweepsFor(90);
  expect(told).toEqual([]);
  expect(log.some((line) => line.includes('"PublisherFailures":1'))).toBe(true);
  isDown = false;
  await sweep();
  expect(kinds().filter((kind) => kind.includes('orphaned-branch-eni'))).toHaveLength(6);
});

it('a message about another account is not worked: it goes back to the queue and ends in the dead letters', async () => {
  const body = JSON.stringify({ kind: 'sweep', trigger: 'schedule', accountId: '999999999999', region: 'us-east-1' });
  const answer = await workBatch(
    deps,
    [
      { id: 'foreign', body },
      { id: 'bad', body: 'not JSON' },
    ],
    logger(),
  );
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'foreign' }] });
  expect(log.some((line) => line.includes('"ForeignEvents":1'))).toBe(true);
  expect(log.some((line) => line.includes('"BadEvents":1'))).toBe(true);
});
