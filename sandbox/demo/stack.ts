// The packaged stack in the sandbox, wired as serverless.yml wires it: the same artifacts, the same environment.

import { builtFunctions } from '../../scripts/build/stack.ts';
import { cloudTrailEvent, type Recorded } from '../cloudtrail/event.ts';
import type { SandboxCall } from '../http/faults.ts';
import type { Sandbox } from '../index.ts';
import { functionUrlAnswer, functionUrlEvent, type UrlAnswer, type UrlRequest } from '../lambda/function-url.ts';
import { type Lambda, startLambda } from '../lambda/index.ts';
import { deleteClusterEvent } from './cloud-trail.ts';

/** The Slack that the stack speaks to: its address, what the secret holds, and who may answer. */
export interface SlackParams {
  apiUrl: string;
  secret: { botToken: string; signingSecret: string; channels: readonly object[] };
  approvers: readonly string[];
}

export interface Stack {
  lambda: Lambda;
  /** A queue that is subscribed to the findings topic: what a team's own automation would get. */
  inbox: string;
  /** Where the audit queue's hopeless messages end. */
  deadLetters: string;
  /** EventBridge every 30 minutes, and whatever falls due in between, for so many minutes. */
  live(minutes: number): Promise<void>;
  /** Somebody deletes a cluster: the call has its effect, and its event arrives. */
  clusterDeleted(name: string): Promise<void>;
  /** A trail recorded these calls, and their events arrive, one after the other; a minute later they are judged. */
  changed(calls: readonly SandboxCall[], recorded?: Recorded): Promise<void>;
  /** A request arrives at the address for Slack's clicks, and all that it asks for is worked off. Gives the answer, and how long it took. */
  clicked(request: UrlRequest): Promise<UrlAnswer & { milliseconds: number }>;
  stop(): Promise<void>;
}

const SWEEP_MINUTES = 30;

/** Builds the functions and installs them in the sandbox's region. */
export async function deployStack(sandbox: Sandbox, params: Readonly<Record<string, string>> = {}, slack?: SlackParams): Promise<Stack> {
  const world = sandbox.world();
  const settings = { ...params, ...(slack && slackSettings(sandbox, slack)) };
  const built = await builtFunctions();
  const bundleOf = (name: string) => {
    const found = built.find((each) => each.name === name);
    if (!found) throw new Error(`there is no function ${name} among ${built.map((each) => each.name).join(', ')}`);
    return found.bundle;
  };
  world.createTable('ledger');
  const topic = world.createTopic('findings', { kmsKeyId: 'findings-key' });
  const inbox = world.createQueue('inbox', { visibilityTimeout: 0 });
  world.subscribe(topic.arn, 'sqs', inbox.arn, { rawMessageDelivery: true });
  world.createQueue('failed-invocations');
  world.createQueue('audit-dead-letters');
  const queue = world.createQueue('audit', { visibilityTimeout: 1_800, deadLetterQueue: 'audit-dead-letters', maxReceiveCount: 5 });
  const trigger = { env: { AUDIT_QUEUE_URL: queue.url, ...settings }, timeoutSeconds: 30, onFailure: 'failed-invocations' };
  // As in serverless.yml, only a stack that may delete has anything to delete with.
  const deletes = ['approve', 'auto'].includes(settings.CLEANUP_MODE ?? '');
  if (deletes) world.createQueue('cleanup-dead-letters');
  const cleanupQueue =
    deletes && world.createQueue('cleanup', { visibilityTimeout: 3_600, deadLetterQueue: 'cleanup-dead-letters', maxReceiveCount: 10 });
  const wiring = {
    LEDGER_TABLE: 'ledger',
    FINDINGS_TOPIC_ARN: topic.arn,
    CHAT_TOPIC_ARN: '',
    CLEANUP_QUEUE_URL: cleanupQueue ? cleanupQueue.url : '',
  };
  const cleaning = { LEDGER_TABLE: 'ledger', AUDIT_QUEUE_URL: queue.url, CLEANUP_QUEUE_URL: wiring.CLEANUP_QUEUE_URL, ...settings };
  const lambda = startLambda({
    sandbox,
    functions: {
      onClusterEvent: { ...trigger, bundle: bundleOf('onClusterEvent') },
      onSecurityGroupEvent: { ...trigger, bundle: bundleOf('onSecurityGroupEvent') },
      onSchedule: { ...trigger, bundle: bundleOf('onSchedule') },
      audit: { bundle: bundleOf('audit'), env: { ...wiring, ...settings }, timeoutSeconds: 300 },
      ...(deletes && { cleanup: { bundle: bundleOf('cleanup'), env: cleaning, timeoutSeconds: 600 } }),
      ...(slack && { onSlackAction: { bundle: bundleOf('onSlackAction'), env: cleaning, timeoutSeconds: 10, memorySize: 1_024 } }),
    },
  });
  lambda.pollQueue('audit', 'audit', { batchSize: 1 });
  if (deletes) lambda.pollQueue('cleanup', 'cleanup', { batchSize: 1 });
  return {
    lambda,
    inbox: 'inbox',
    deadLetters: 'audit-dead-letters',
    live: async (minutes) => {
      for (let passed = 0; passed < minutes; passed += SWEEP_MINUTES) {
        await lambda.advance(Math.min(SWEEP_MINUTES, minutes - passed));
        await lambda.deliverEvent('onSchedule', {});
        await lambda.runUntilIdle();
      }
    },
    clusterDeleted: async (name) => {
      const cluster = world.deleteCluster(name);
      await lambda.deliverEvent('onClusterEvent', deleteClusterEvent(cluster, world.region, sandbox.clock.now()));
      await lambda.runUntilIdle();
    },
    changed: async (calls, recorded) => {
      for (const call of calls) await lambda.deliverEvent('onSecurityGroupEvent', cloudTrailEvent(call, recorded));
      await lambda.runUntilIdle();
      await lambda.advance(1);
    },
    clicked: async (request) => {
      const began = performance.now();
      const { result, error } = await lambda.invoke('onSlackAction', functionUrlEvent(request));
      const milliseconds = performance.now() - began;
      await lambda.runUntilIdle();
      return { ...(await functionUrlAnswer(error ? Promise.reject(error) : result)), milliseconds };
    },
    stop: () => lambda.stop(),
  };
}

/** The secret, made as an operator makes it, and what the stack is told of it. */
function slackSettings(sandbox: Sandbox, { apiUrl, secret, approvers }: SlackParams): Record<string, string> {
  const { arn } = sandbox.world().createSecret('sgp-warden-slack', JSON.stringify(secret));
  return { SLACK_SECRET_ARN: arn, SLACK_APPROVERS: approvers.join(','), SLACK_API_URL: apiUrl };
}
