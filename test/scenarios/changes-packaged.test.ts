// The packaged functions and changes of what pods can reach: every kind of record, a burst, and crashes at every write.
import { AuthorizeSecurityGroupEgressCommand, EC2Client, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { singleSignOn } from '../../sandbox/cloudtrail/identities.ts';
import { deployStack, type Stack } from '../../sandbox/demo/stack.ts';
import { type Sandbox, type SandboxCall, startSandbox } from '../../sandbox/index.ts';
import { packageMode } from '../contracts/packaged-stack.ts';
import { roleActions } from '../contracts/template/permissions.ts';
import { CASES, pathChangeEvent } from '../support/path-change-events.ts';
import { egress, ingress, type PathWorld, pathWorld } from '../support/path-world.ts';

const ANYWHERE = '0.0.0.0/0';
const KEY = 'AKIAANNA000000000000';
const ANNA = { by: singleSignOn('123456789012', 'Admin', 'anna@example.com'), tool: 'terraform', sourceIpAddress: '198.51.100.9' } as const;
const UDP = [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: ANYWHERE }] }];

let sandbox: Sandbox;
let stack: Stack;
let ec2: EC2Client;

beforeEach(async () => {
  sandbox = await startSandbox();
  stack = await deployStack(sandbox);
  ec2 = new EC2Client({ region: 'us-east-1', endpoint: sandbox.endpoint, credentials: { accessKeyId: KEY, secretAccessKey: 'sandbox' } });
});
afterEach(async () => {
  ec2.destroy();
  await stack.stop();
  await sandbox.stop();
});

type Message = Readonly<Record<string, unknown>> & { kind: string; id: string; transition: string };
const received = (): Message[] => sandbox.published.map((each) => JSON.parse(each.texts.default ?? each.message) as Message);
const briefly = (messages: readonly Message[]) => messages.map(({ kind, transition }) => `${kind} ${transition}`).sort();
const metricsOf = (name: string) => stack.lambda.invocations.flatMap((each) => each.metrics).filter((metric) => metric.name === name);
const lastCall = (): SandboxCall => {
  const call = sandbox.calls.findLast(({ accessKeyId }) => accessKeyId === KEY);
  if (!call) throw new Error('anna made no call');
  return call;
};

/** A cluster all of whose paths are open; gives the set of its pods. */
function openPods(name = 'shop'): { world: PathWorld; setId: string } {
  const world = pathWorld(sandbox, name);
  return { world, setId: world.addPod([egress('udp', 53, ANYWHERE), egress('tcp', 53, ANYWHERE), ingress('-1', undefined, '10.0.0.0/8')]) };
}

async function revoke(GroupId: string): Promise<SandboxCall> {
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: UDP }));
  return lastCall();
}

async function authorize(GroupId: string): Promise<SandboxCall> {
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: UDP }));
  return lastCall();
}

describe('a rule that is revoked and authorized again', () => {
  it('is one alert with who did it, the way back, and one resolution; each function does what its role allows', async () => {
    const { setId } = openPods();
    await stack.live(30);
    await stack.changed([await revoke(setId)], ANNA);
    expect(briefly(received())).toEqual(['change lost', 'transition opened']);
    const [notice] = received().filter(({ kind }) => kind === 'change');
    expect(notice).toMatchObject({
      schemaVersion: 1,
      severity: 'critical',
      cluster: 'shop',
      lost: [{ ruleId: 'dns-path-blocked', setId, pods: 1 }],
      changes: [
        {
          call: 'RevokeSecurityGroupEgress',
          session: 'anna@example.com',
          tool: 'terraform',
          sourceAddress: '198.51.100.9',
          groupIds: [setId],
          undo: { commands: [expect.stringContaining(`authorize-security-group-egress --region us-east-1 --group-id ${setId}`)] },
        },
      ],
    });
    const mail = sandbox.published.find(({ subject }) => subject?.includes('lost DNS'));
    expect(mail?.subject).toMatch(/^\[CRITICAL\] 1 pod of shop lost DNS since anna@example.com called RevokeSecurityGroup.*\(us-east-1\)$/);
    expect(mail?.texts.email).toContain('Or the smallest fix: ');

    await stack.changed([await authorize(setId)], ANNA);
    expect(briefly(received())).toEqual(['change lost', 'change regained', 'transition opened', 'transition resolved']);
    expect(stack.lambda.invocations.filter((each) => each.error)).toEqual([]);
    const packaged = await packageMode('report');
    const allowed = roleActions(packaged.template, 'onSecurityGroupEvent').filter((action) => !action.startsWith('logs:'));
    expect(stack.lambda.actionsBy('onSecurityGroupEvent')).toEqual(allowed);
    const used = stack.lambda.actionsBy('audit');
    expect(used.filter((action) => !roleActions(packaged.template, 'audit').includes(action))).toEqual([]);
  });
});

describe('every kind of record', () => {
  it('leaves the right groups in the queue, or is said to be no change', async () => {
    for (const { name, recorded, not, groups, interfaces = [], cluster = null } of CASES) {
      const { attempts } = await stack.lambda.deliverEvent('onSecurityGroupEvent', pathChangeEvent(recorded));
      const lines = attempts.flatMap(({ log }) => log.map(({ text }) => JSON.parse(text) as { message?: string; reason?: string }));
      const queue = sandbox.world().state.queues.get('AuditQueue')?.messages.splice(0) ?? [];
      if (not) {
        expect({ name, queue }).toEqual({ name, queue: [] });
        expect({ name, reason: lines.find(({ message }) => message === 'not a change of a path')?.reason }).toEqual({
          name,
          reason: expect.stringMatching(not),
        });
        continue;
      }
      const messages = queue.map(({ body }) => JSON.parse(body) as { step: string; change: Record<string, unknown> });
      expect({ name, steps: messages.map(({ step }) => step) }).toEqual({ name, steps: ['record', 'judge'] });
      for (const { change } of messages) {
        const { groupIds, interfaceIds } = change;
        expect({ name, groupIds, interfaceIds, cluster: change.cluster }).toEqual({
          name,
          groupIds: groups,
          interfaceIds: interfaces,
          cluster,
        });
      }
    }
    expect(metricsOf('BadEvents')).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['text', 'RevokeSecurityGroupEgress'],
    ['another call', pathChangeEvent({ eventName: 'RunInstances', requestParameters: {} })],
  ])('%s: one log line, a metric, acknowledged', async (_name, event) => {
    const { attempts } = await stack.lambda.deliverEvent('onSecurityGroupEvent', event);
    expect(attempts.map(({ error }) => error)).toEqual([undefined]);
    expect(metricsOf('BadEvents')).toHaveLength(1);
  });

  it('an event of a foreign account is counted and dead-lettered', async () => {
    const event = {
      ...pathChangeEvent({ eventName: 'DeleteSecurityGroup', requestParameters: { groupId: 'sg-0a1b2c3d4e5f60718' } }),
      account: '999999999999',
    };
    await stack.lambda.deliverEvent('onSecurityGroupEvent', event);
    expect(metricsOf('ForeignEvents').length).toBeGreaterThan(0);
    expect(sandbox.world().state.queues.get('FailedInvocations')?.messages).toHaveLength(1);
  });
});

it('forty changes of one run are one judgement and one notice', async () => {
  const { setId } = openPods();
  await stack.live(30);
  const calls: SandboxCall[] = [];
  for (let n = 0; n < 20; n += 1) calls.push(await revoke(setId), await authorize(setId));
  await stack.changed([...calls.slice(0, -1), calls[0] as SandboxCall, await revoke(setId)], ANNA);
  expect(briefly(received())).toEqual(['change lost', 'transition opened']);
  const judged = stack.lambda.invocations.flatMap(({ log }) => log).filter(({ text }) => text.includes('"message":"changes judged"'));
  expect(judged).toHaveLength(1);
});

it('a worker killed at each of its writes and messages in turn tells who did it, at least once', async () => {
  const { world } = openPods();
  const pods = () => world.addPod([egress('udp', 53, ANYWHERE), egress('tcp', 53, ANYWHERE), ingress('-1', undefined, '10.0.0.0/8')]);
  const sets = Array.from({ length: 11 }, pods);
  await stack.live(30);
  const isWrite = ({ action }: SandboxCall) => ['PutItem', 'DeleteItem', 'PublishBatch'].includes(action);
  for (const [n, setId] of sets.entries()) {
    // The first is killed while it records the change, the others at a write of the judgement each.
    if (n > 0) stack.lambda.crash('audit', { when: 'before', of: () => false });
    stack.lambda.crash('audit', { when: n % 2 ? 'after' : 'before', call: Math.max(n, 1), of: isWrite });
    await stack.changed([await revoke(setId)], ANNA);
    await stack.live(30);
  }
  await stack.live(60);
  expect(stack.lambda.invocations.filter((each) => each.crashed).length).toBeGreaterThanOrEqual(10);
  const toldBy = (message: Message) => (message.kind === 'change' ? (message.lost as { setId: string }[]) : []);
  const told = new Set(
    received()
      .flatMap(toldBy)
      .map(({ setId }) => setId),
  );
  expect(sets.filter((setId) => !told.has(setId))).toEqual([]);
});
