import { createTimeline, type SandboxClock } from './clock.ts';
import type { Metric } from './cloudwatch/metric.ts';
import { createFaults, type Faults, type SandboxCall } from './http/faults.ts';
import type { Harm } from './http/harm.ts';
import { startServer } from './http/server.ts';
import type { Published } from './sns/published.ts';
import { createAccount, type Snapshot } from './world/account.ts';
import type { RegionWorld } from './world/region-world.ts';

export type { SandboxClock } from './clock.ts';
export type { Metric } from './cloudwatch/metric.ts';
export type { Effect, Fault, Faults, SandboxCall } from './http/faults.ts';
export type { Harm } from './http/harm.ts';
export type { Published } from './sns/published.ts';
export type { Snapshot } from './world/account.ts';
export type { Node } from './world/clusters/nodes.ts';
export type { Queue, QueueMessage, Subscription, Table, Topic } from './world/messaging.ts';
export { egress, ingress } from './world/network/rules.ts';
export type { RegionWorld } from './world/region-world.ts';
export type {
  Addon,
  Cluster,
  Instance,
  NetworkInterface,
  Peering,
  Pod,
  PrefixList,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
  VpcAssociation,
} from './world/state.ts';

export interface SandboxOptions {
  /** 123456789012 unless said otherwise. */
  accountId?: string;
  /** The region of `env` and of `world()`: us-east-1 unless said otherwise. */
  region?: string;
  /** When the story begins: 2026-11-21T12:00:00Z unless said otherwise. */
  start?: Date;
  /** The clock also moves by itself, with the machine's. */
  realTime?: boolean;
  /** Any free one unless said otherwise. */
  port?: number;
  /** EC2's token buckets. Off unless said otherwise. */
  throttling?: boolean;
  /** Pages are shorter than MaxResults, and some are empty although more follow, as EC2 may send them. */
  sparsePages?: boolean;
  /** How long a cluster is DELETING: 5 unless said otherwise. */
  clusterDeletionMinutes?: number;
  /** InterfaceType of a branch that no trunk holds any more: `branch` unless said otherwise. */
  releasedBranchType?: 'branch' | 'interface';
}

export interface Sandbox {
  accountId: string;
  /** e.g. http://127.0.0.1:40123 */
  endpoint: string;
  /** What the SDK and the CLI need in their environment to speak to the sandbox. */
  env: Record<string, string>;
  clock: SandboxClock;
  /** A region's world; without a name that of `options.region`. */
  world(region?: string): RegionWorld;
  /** Every call, in the order of arrival. */
  calls: SandboxCall[];
  /** Must stay empty, whatever happens. */
  harm: Harm[];
  /** Every message that a topic accepted. */
  published: Published[];
  /** Every datum that PutMetricData accepted. */
  metrics: Metric[];
  faults: Faults;
  /** The whole account as it is now, for a stale read later. */
  snapshot(): Snapshot;
  stop(): Promise<void>;
}

/** Starts an AWS account in this process. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { accountId = '123456789012', region = 'us-east-1', start = new Date('2026-11-21T12:00:00Z') } = options;
  const timeline = createTimeline(start, options.realTime ?? false);
  const { clusterDeletionMinutes = 5, releasedBranchType = 'branch' } = options;
  const address = { endpoint: '' };
  const endpoint = () => address.endpoint;
  const account = createAccount(timeline, { accountId, endpoint, clusterDeletionMinutes, releasedBranchType });
  const calls: SandboxCall[] = [];
  const harm: Harm[] = [];
  const published: Published[] = [];
  const metrics: Metric[] = [];
  const faults = createFaults();
  const server = await startServer({
    account,
    accountId,
    timeline,
    faults,
    calls,
    harm,
    published,
    metrics,
    throttling: options.throttling ?? false,
    sparsePages: options.sparsePages ?? false,
    port: options.port ?? 0,
  });
  address.endpoint = server.endpoint;
  return {
    accountId,
    endpoint: server.endpoint,
    env: {
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: 'AKIASANDBOX000000000',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
    },
    clock: timeline,
    world: (name = region) => account.world(name),
    calls,
    harm,
    published,
    metrics,
    faults,
    snapshot: account.snapshot,
    stop: server.stop,
  };
}
