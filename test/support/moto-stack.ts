// The deployed stack with moto for AWS: the packaged functions, wired as serverless.yml wires them, and a queue that is subscribed.
import { randomUUID } from 'node:crypto';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sqsRecord } from '../../sandbox/lambda/sqs-record.ts';
import { dynamoClient } from '../../shared/ledger/dynamodb/store.ts';
import { newTable } from '../ledger/dynalite.ts';
import { MOTO_ACCOUNT_ID, MOTO_REGION, type Moto } from './moto.ts';
import { packagedFunctions } from './packaged-functions.ts';

/** A message as a team's own program gets it. */
export interface Received {
  /** The attributes that filter policies see. */
  attributes: Readonly<Record<string, string>>;
  json: Readonly<Record<string, unknown>>;
}

export interface MotoStack {
  /** EventBridge hands over an event; what that asks of the audit queue is done. Gives what arrived in the subscribed queue. */
  deliverEvent(event: unknown, now: Date): Promise<readonly Received[]>;
  /** The same of a change of what pods can reach, and its judgement a minute later: for that moto would wait a minute of the machine's. */
  deliverChange(event: unknown, now: Date): Promise<readonly Received[]>;
  /** The schedule's next tick, and what that asks of the audit queue. */
  sweep(now: Date): Promise<readonly Received[]>;
  /** The table, as `--ledger` takes it. */
  ledger: string;
  /** How many messages of the audit queue still wait for their delay; by the machine's clock, so they go on waiting. */
  delayedMessages(): Promise<number>;
  /** Everything that the functions logged so far. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/**
 * Installs the stack in moto's account, which must be empty. `settings` are what a deployment sets; with a CLEANUP_MODE that deletes there
 * is a cleanup queue, whose messages come twice and in the wrong order.
 */
export async function deployToMoto(moto: Moto, settings: Readonly<Record<string, string>> = {}): Promise<MotoStack> {
  const config = { region: MOTO_REGION, endpoint: moto.endpoint, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } };
  const sqs = new SQSClient(config);
  const sns = new SNSClient(config);
  const dynamo = dynamoClient(MOTO_REGION, config);
  const queue = async (QueueName: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return { url: QueueUrl, arn: `arn:aws:sqs:${MOTO_REGION}:${MOTO_ACCOUNT_ID}:${QueueName}` };
  };
  const auditQueue = await queue('audit', { VisibilityTimeout: '1800' });
  const deletes = ['approve', 'auto'].includes(settings.CLEANUP_MODE ?? '');
  const cleanupQueue = deletes ? await queue('cleanup', { VisibilityTimeout: '3600' }) : undefined;
  const inbox = await queue('inbox');
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'findings' }));
  const subscription = { TopicArn, Protocol: 'sqs', Endpoint: inbox.arn, Attributes: { RawMessageDelivery: 'true' } };
  await sns.send(new SubscribeCommand(subscription));
  const table = await newTable(dynamo);
  const wiring = {
    LEDGER_TABLE: table,
    FINDINGS_TOPIC_ARN: TopicArn,
    CHAT_TOPIC_ARN: '',
    AUDIT_QUEUE_URL: auditQueue.url,
    CLEANUP_QUEUE_URL: cleanupQueue?.url ?? '',
    AUDIT_REGIONS: MOTO_REGION,
    MIN_ORPHAN_AGE_MINUTES: '30',
    // It would come at an hour that depends on when the test runs.
    DIGEST_HOUR_UTC: 'off',
    ...settings,
  };
  const functions = await packagedFunctions({ accountId: MOTO_ACCOUNT_ID, region: MOTO_REGION, env: { ...moto.env, ...wiring } });

  /** Every message that can be received now, handled and deleted. */
  const drain = async (url: string, handle: (message: Message) => Promise<void>) => {
    for (;;) {
      const asked = {
        QueueUrl: url,
        MaxNumberOfMessages: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All' as const],
      };
      const [message] = (await sqs.send(new ReceiveMessageCommand(asked))).Messages ?? [];
      if (!message) return;
      await handle(message);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
    }
  };
  /** One message of a queue, handled by its function. */
  const work = async (
    name: string,
    arn: string,
    { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', ...rest }: Message,
    now: Date,
  ) => {
    const message = { MessageId, ReceiptHandle, Body, MD5OfBody, Attributes: { ...rest.Attributes } };
    const answer = await functions.invoke(name, { Records: [sqsRecord(message, arn)] }, now);
    if (JSON.stringify(answer) === '{"batchItemFailures":[]}') return;
    throw new Error(`${name} gave ${Body} back: ${JSON.stringify(answer)}\n${functions.log.join('\n')}`);
  };
  /** Lambda polls the queues until they are empty; then the inbox is read. */
  const settled = async (now: Date, seen: string[] = []): Promise<readonly Received[]> => {
    for (let handled = 1; handled > 0; ) {
      handled = 0;
      await drain(auditQueue.url, async (message) => {
        handled += 1;
        seen.push(message.Body ?? '');
        await work('audit', auditQueue.arn, message, now);
      });
      if (!cleanupQueue) continue;
      const waiting: Message[] = [];
      await drain(cleanupQueue.url, async (message) => void waiting.push(message));
      for (const message of [...waiting.toReversed(), ...waiting]) await work('cleanup', cleanupQueue.arn, message, now);
      handled += waiting.length;
    }
    const received: Received[] = [];
    await drain(inbox.url, async ({ Body = '', MessageAttributes = {} }) => {
      const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
      received.push({ attributes: Object.fromEntries(attributes), json: JSON.parse(Body) });
    });
    return received;
  };
  return {
    log: functions.log,
    ledger: `dynamodb:${table}`,
    deliverEvent: async (event, now) => {
      await functions.invoke('onClusterEvent', event, now);
      return settled(now);
    },
    deliverChange: async (event, now) => {
      await functions.invoke('onSecurityGroupEvent', event, now);
      const recorded: string[] = [];
      await settled(now, recorded);
      const later = new Date(now.getTime() + 60_000);
      for (const body of recorded) {
        const Body = JSON.stringify({ ...JSON.parse(body), step: 'judge' });
        await work('audit', auditQueue.arn, { MessageId: randomUUID(), ReceiptHandle: 'later', Body }, later);
      }
      return settled(later);
    },
    sweep: async (now) => {
      await functions.invoke('onSchedule', {}, now);
      return settled(now);
    },
    delayedMessages: async () => {
      const asked = { QueueUrl: auditQueue.url, AttributeNames: ['ApproximateNumberOfMessagesDelayed' as const] };
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked));
      return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
    },
    stop: async () => {
      await functions.stop();
      for (const client of [sqs, sns, dynamo]) client.destroy();
    },
  };
}
