// Two clusters, a ledger, an audit queue and somebody who changes rules: events go through the worker as they would when deployed.
import { AuthorizeSecurityGroupEgressCommand, EC2Client, type IpPermission, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import { cloudTrailEvent, type Recorded } from '../../sandbox/cloudtrail/event.ts';
import { singleSignOn } from '../../sandbox/cloudtrail/identities.ts';
import type { Sandbox, SandboxCall } from '../../sandbox/index.ts';
import type { ChangeNotice } from '../../shared/changes/change.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { changeRequests } from '../../shared/run/changes/change-trigger.ts';
import { work, workBatch } from '../../shared/run/worker.ts';
import type { WorkerDeps } from '../../shared/run/worker-ports.ts';
import { type MemoryPublisher, memoryPublisher } from './memory-publisher.ts';
import { egress, ingress, type PathWorld, pathWorld } from './path-world.ts';
import { depsOf } from './sandbox.ts';

export const ANYWHERE = '0.0.0.0/0';
const ACCESS_KEY = 'AKIAANNA000000000000';
const ACCOUNT = '123456789012';
const TARGET = { accountId: ACCOUNT, region: 'us-east-1' };
export const ANNA: Recorded = {
  by: singleSignOn(ACCOUNT, 'Admin', 'anna@example.com'),
  tool: 'terraform',
  sourceIpAddress: '198.51.100.9',
};
/** A line of the log. */
export type Line = Readonly<Record<string, unknown>>;

export interface ChangeWorld {
  deps: WorkerDeps;
  publisher: MemoryPublisher;
  /** Anna's hands. */
  ec2: EC2Client;
  /** She takes rules that let out away from a group, or adds them. */
  revoke(groupId: string, permissions: IpPermission[]): Promise<unknown>;
  authorize(groupId: string, permissions: IpPermission[]): Promise<unknown>;
  shop: PathWorld;
  /** The set of the pods of shop: DNS out to anywhere, everything in from the VPC. */
  setId: string;
  /** Another cluster in a VPC of its own, all of whose paths are open. */
  blog: PathWorld;
  /** The calls that anna made since the last look, and that a trail records. */
  calls(): SandboxCall[];
  /** EventBridge delivers the events of these calls; each leaves its messages in the queue. */
  deliver(calls: readonly SandboxCall[], recorded?: Recorded): void;
  /** What is in the queue and due now, several at a time where asked. */
  runDue(concurrency?: number): Promise<void>;
  /** The events of anna's calls, and what is due a minute later. */
  changed(recorded?: Recorded): Promise<void>;
  /** The schedule's next sweep; with other dependencies where asked. */
  sweep(changes?: Partial<WorkerDeps>): Promise<void>;
  /** What people were told since the last look. */
  told(): readonly Announcement[];
  notices(): readonly ChangeNotice[];
  /** Lines of the log with this message. */
  lines(message: string): Line[];
  metric(name: string): number;
}

/** What lets port 53 out to a network. */
export const port53 = (IpProtocol: string, CidrIp: string): IpPermission[] => [
  { IpProtocol, FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp }] },
];

export const PODS = [egress('udp', 53, ANYWHERE), egress('tcp', 53, ANYWHERE), ingress('-1', undefined, '10.0.0.0/8')];

/** The world after a sweep that found nothing wrong. */
export async function changeWorld(sandbox: Sandbox): Promise<ChangeWorld> {
  const publisher = memoryPublisher('sns');
  const deps: WorkerDeps = {
    ...depsOf(sandbox),
    store: memoryStore(),
    publishers: [publisher],
    ledgerName: () => 'memory',
    askForCleanup: undefined,
    regions: [sandbox.world().region],
    sendMeasurements: async () => undefined,
  };
  const log: string[] = [];
  const logger = jsonLogger(
    (line) => log.push(line),
    () => sandbox.clock.now(),
  );
  const shop = pathWorld(sandbox);
  const setId = shop.addPod(PODS);
  const blog = pathWorld(sandbox, 'blog');
  blog.addPod([egress('-1', undefined, ANYWHERE), ingress('-1', undefined, '10.0.0.0/8')]);
  const credentials = { accessKeyId: ACCESS_KEY, secretAccessKey: 'sandbox' };
  const ec2 = new EC2Client({ region: TARGET.region, endpoint: sandbox.endpoint, credentials });
  let [seen, read] = [0, 0];
  let queue: { body: string; due: number }[] = [];
  const now = () => sandbox.clock.now();
  const parsed = () => log.map((line) => JSON.parse(line) as Line);
  const world: ChangeWorld = {
    ...{ deps, publisher, ec2, shop, setId, blog },
    revoke: (GroupId, IpPermissions) => ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions })),
    authorize: (GroupId, IpPermissions) => ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions })),
    calls: () => {
      const found = sandbox.calls
        .slice(seen)
        .filter(({ accessKeyId, action }) => accessKeyId === ACCESS_KEY && !action.startsWith('Describe'));
      seen = sandbox.calls.length;
      return found;
    },
    deliver: (calls, recorded = ANNA) => {
      const home = { accountId: ACCOUNT, regions: [TARGET.region] };
      for (const call of calls) {
        for (const { message, delaySeconds = 0 } of changeRequests(cloudTrailEvent(call, recorded), home, now(), logger))
          queue.push({ body: JSON.stringify(message), due: now().getTime() + delaySeconds * 1_000 });
      }
    },
    runDue: async (concurrency = 1) => {
      const due = queue.filter((each) => each.due <= now().getTime());
      queue = queue.filter((each) => !due.includes(each));
      await pMap(
        due,
        async ({ body }, index) => {
          const { batchItemFailures } = await workBatch(deps, [{ id: String(index), body }], logger);
          if (batchItemFailures.length > 0) throw new Error(`the worker gave a message back: ${log.at(-2)}`);
        },
        { concurrency },
      );
    },
    changed: async (recorded = ANNA) => {
      world.deliver(world.calls(), recorded);
      await world.runDue();
      sandbox.clock.advance(1);
      await world.runDue();
    },
    sweep: (changes = {}) => work({ ...deps, ...changes }, { kind: 'sweep', trigger: 'schedule', ...TARGET }, logger),
    told: () => {
      const found = publisher.delivered.slice(read);
      read = publisher.delivered.length;
      return found;
    },
    notices: () => publisher.delivered.flatMap((each) => (each.kind === 'change' ? [each.notice] : [])),
    lines: (message) => parsed().filter((line) => line.message === message),
    metric: (name) => parsed().reduce((sum, line) => sum + Number(line[name] ?? 0), 0),
  };
  await world.sweep();
  if (publisher.delivered.length > 0) throw new Error('something is wrong in this world before anybody changed it');
  seen = sandbox.calls.length;
  return world;
}
