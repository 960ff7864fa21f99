// The packaged bundles live through a deletion, from the event to the certificate; and through crashes at every call.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployStack, type Stack } from '../../sandbox/demo/stack.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { packageMode } from '../contracts/packaged-stack.ts';
import { roleActions } from '../contracts/template/permissions.ts';
import { egress, pathWorld } from '../support/path-world.ts';

let sandbox: Sandbox;
let stack: Stack;

beforeEach(async () => {
  sandbox = await startSandbox();
  stack = await deployStack(sandbox);
});
afterEach(async () => {
  await stack.stop();
  await sandbox.stop();
});

interface Message {
  schemaVersion: number;
  id: string;
  kind: string;
  [field: string]: unknown;
}

/** What the subscribed queue got, in order. */
const received = (): Message[] => sandbox.published.map((each) => JSON.parse(each.texts.default ?? each.message) as Message);
const kinds = () => received().map((message) => message.kind);
const metricsOf = (name: string) => stack.lambda.invocations.flatMap((each) => each.metrics).filter((metric) => metric.name === name);

function clusterWithPods(name: string) {
  const world = sandbox.world();
  world.createCluster(name);
  const node = world.addNode(name);
  for (let pod = 0; pod < 2; pod += 1) world.addPod(node.instanceId);
  return node;
}

/** A living cluster of whose pods' groups everything has to be asked: lists, a peer's group, a group of another VPC. */
function podsThatTakeEveryRead(): void {
  const { world, cluster, nodes } = pathWorld(sandbox, 'blue');
  const list = world.createPrefixList({ entries: ['10.0.0.0/8'] });
  const peering = world.peerVpc(cluster.vpcId, { peerGroups: ['sg-000000000000000ee'] });
  const referencedGroup = world.peerReference(peering.id, 'sg-000000000000000ee');
  const rules = [egress('-1', undefined, list.id), { isEgress: false, protocol: '-1', referencedGroup }];
  const own = world.createSecurityGroup({ vpcId: cluster.vpcId, rules });
  const borrowed = world.createSecurityGroup({ vpcId: world.createVpc().id });
  world.associateGroup(borrowed.id, cluster.vpcId);
  world.addPod(nodes[0].instanceId, { securityGroups: [own.id, borrowed.id] });
}

describe('a deletion with pods running', () => {
  it('is warned of, followed and certified, one message per fault', async () => {
    const node = clusterWithPods('shop');
    await stack.clusterDeleted('shop');
    expect(kinds()).toEqual(['warning']);
    sandbox.world().terminateNode(node.instanceId);
    await stack.live(120);
    const transitions = received().filter(
      (message) => message.kind === 'transition' && JSON.stringify(message).includes('orphaned-branch-eni'),
    );
    expect(transitions).toHaveLength(4);
    await stack.live(24 * 60);
    expect(kinds().filter((kind) => kind === 'certificate')).toHaveLength(1);
    expect(new Set(received().map((message) => message.id)).size).toBe(received().length);
    expect(stack.lambda.invocations.filter((each) => each.error)).toEqual([]);
    expect(metricsOf('Runs').length).toBeGreaterThan(40);
    expect(sandbox.harm).toEqual([]);

    // What is cleaned up by hand resolves, and ends its sightings: the last of the calls that a role must allow.
    for (const { id, description } of [...sandbox.world().state.interfaces.values()]) {
      if (description === 'aws-k8s-branch-eni') sandbox.world().removeInterface(id);
    }
    await stack.live(24 * 60);
    expect(kinds().filter((kind) => kind === 'certificate')).toHaveLength(2);
    podsThatTakeEveryRead();
    await stack.live(60);
    expect(stack.lambda.invocations.filter((each) => each.error)).toEqual([]);
    const packaged = await packageMode('report');
    for (const name of ['onClusterEvent', 'onSchedule', 'audit']) {
      const allowed = roleActions(packaged.template, name).filter(
        (action) => !action.startsWith('logs:') && action !== 'sts:GetCallerIdentity',
      );
      expect({ name, actions: stack.lambda.actionsBy(name) }).toEqual({ name, actions: allowed });
    }
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', {}],
    ['text', 'DeleteCluster'],
    ['another event of EKS', { source: 'aws.eks', detail: { eventName: 'EKS Addon Creation' } }],
  ])('%s: one log line, a metric, acknowledged', async (_name, event) => {
    const delivery = await stack.lambda.deliverEvent('onClusterEvent', event);
    expect(delivery.attempts).toHaveLength(1);
    expect(delivery.attempts[0]?.error).toBeUndefined();
    expect(metricsOf('BadEvents')).toHaveLength(1);
  });

  it('an event of a foreign account is counted and dead-lettered', async () => {
    const cluster = sandbox.world().createCluster('shop');
    cluster.arn = cluster.arn.replace('123456789012', '999999999999');
    const { deleteClusterEvent } = await import('../../sandbox/demo/cloud-trail.ts');
    await stack.lambda.deliverEvent('onClusterEvent', deleteClusterEvent(cluster, 'us-east-1', sandbox.clock.now()));
    expect(metricsOf('ForeignEvents').length).toBeGreaterThan(0);
    expect(sandbox.world().state.queues.get('FailedInvocations')?.messages).toHaveLength(1);
  });

  it('a bad setting fails the cold start and lists every problem', async () => {
    await stack.stop();
    await sandbox.stop();
    sandbox = await startSandbox();
    // CloudFormation would refuse both; the console would not.
    stack = await deployStack(sandbox, {}, undefined, { environment: { MIN_ORPHAN_AGE_MINUTES: 'soon', AUDIT_REGIONS: 'here' } });
    const run = await stack.lambda.invoke('onSchedule', {});
    expect(run.error?.errorMessage).toContain('MIN_ORPHAN_AGE_MINUTES=soon');
    expect(run.error?.errorMessage).toContain('AUDIT_REGIONS=here');
  });
});

it('a worker killed after each of its writes and messages in turn tells everything, at least once', async () => {
  const world = sandbox.world();
  const tags = {
    'eks:eni:owner': 'eks-vpc-resource-controller',
    'kubernetes.io/cluster/gone': 'owned',
    'vpcresources.k8s.aws/trunk-eni-id': 'eni-0000000000000dead',
  };
  const groups = [world.createSecurityGroup().id];
  const orphans: string[] = [];
  // Every sweep has something new to write and to tell; killed after one write is killed before the next one.
  for (let call = 1; call <= 20; call += 1) {
    orphans.push(
      world.putInterface({ description: 'aws-k8s-branch-eni', status: 'available', interfaceType: 'branch', groups, tags: { ...tags } }).id,
    );
    stack.lambda.crash('audit', {
      when: 'after',
      call,
      of: ({ action }) => ['PutItem', 'UpdateItem', 'DeleteItem', 'PublishBatch'].includes(action),
    });
    await stack.live(30);
  }
  await stack.live(120);
  // As a suspect and as an orphan, singly or in a digest; a crash between publishing and settling tells the same again.
  const told = new Set(received().flatMap(toldBy));
  // One whose first finding was not written before the kill is an orphan by the time that it is: then that is what people hear first.
  const states = (id: string) => ['suspect', 'orphan'].filter((state) => told.has(`${state} ${id}`));
  expect(orphans.filter((id) => !states(id).includes('orphan'))).toEqual([]);
  expect(orphans.filter((id) => states(id).length === 2).length).toBeGreaterThan(orphans.length / 2);
  expect(stack.lambda.invocations.filter((each) => each.crashed).length).toBeGreaterThan(15);
});

/** Which subjects a message says are what, whether it is about one or is a digest of many. */
function toldBy(message: Message): string[] {
  const { kind, state, subject, groups } = message as Message & {
    state?: string;
    subject?: { id: string };
    groups?: { state: string; subjects: string[] }[];
  };
  if (kind === 'transition') return [`${state} ${subject?.id}`];
  return (groups ?? []).flatMap((group) => group.subjects.map((id) => `${group.state} ${id}`));
}
