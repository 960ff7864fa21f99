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
import { dynamoClient } from '../../shared/ledger/dynamodb.ts';
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
  /** How many messages of the audit queue still wait for their delay; by the machine's clock, so they go on waiting. */
  delayedMessages(): Promise<number>;
  /** Everything that the functions logged so far. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** Installs the stack in moto's account, which must be empty. */
export async function deployToMoto(moto: Moto): Promise<MotoStack> {
  const config = { region: MOTO_REGION, endpoint: moto.endpoint, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } };
  const sqs = new SQSClient(config);
  const sns = new SNSClient(config);
  const dynamo = dynamoClient(MOTO_REGION, config);
  const queue = async (QueueName: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return { url: QueueUrl, arn: `arn:aws:sqs:${MOTO_REGION}:${MOTO_ACCOUNT_ID}:${QueueName}` };
  };
  const auditQueue = await queue('audit', { VisibilityTimeout: '1800' });
  const inbox = await queue('inbox');
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'findings' }));
  const subscription = { TopicArn, Protocol: 'sqs', Endpoint: inbox.arn, Attributes: { RawMessageDelivery: 'true' } };
  await sns.send(new SubscribeCommand(subscription));
  const wiring = {
    LEDGER_TABLE: await newTable(dynamo),
    FINDINGS_TOPIC_ARN: TopicArn,
    CHAT_TOPIC_ARN: '',
    AUDIT_QUEUE_URL: auditQueue.url,
    AUDIT_REGIONS: MOTO_REGION,
    MIN_ORPHAN_AGE_MINUTES: '30',
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
  /** Lambda polls the audit queue until it is empty; then the inbox is read. */
  const work = async (body: string, now: Date) => {
    const message = { MessageId: randomUUID(), ReceiptHandle: 'later', Body: body, MD5OfBody: '', Attributes: {} };
    const answer = await functions.invoke('audit', { Records: [sqsRecord(message, auditQueue.arn)] }, now);
    if (JSON.stringify(answer) !== '{"batchItemFailures":[]}') throw new Error(`the worker gave ${body} back\n${functions.log.join('\n')}`);
  };
  const settled = async (now: Date, seen: string[] = []): Promise<readonly Received[]> => {
    await drain(auditQueue.url, async ({ MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', Attributes = {} }) => {
      const message = { MessageId, ReceiptHandle, Body, MD5OfBody, Attributes: { ...Attributes } };
      seen.push(Body);
      const answer = await functions.invoke('audit', { Records: [sqsRecord(message, auditQueue.arn)] }, now);
      if (JSON.stringify(answer) === '{"batchItemFailures":[]}') return;
      throw new Error(`the worker gave ${Body} back: ${JSON.stringify(answer)}\n${functions.log.join('\n')}`);
    });
    const received: Received[] = [];
    await drain(inbox.url, async ({ Body = '', MessageAttributes = {} }) => {
      const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
      received.push({ attributes: Object.fromEntries(attributes), json: JSON.parse(Body) });
    });
    return received;
  };
  return {
    log: functions.log,
    deliverEvent: async (event, now) => {
      await functions.invoke('onClusterEvent', event, now);
      return settled(now);
    },
    deliverChange: async (event, now) => {
      await functions.invoke('onSecurityGroupEvent', event, now);
      const recorded: string[] = [];
      await settled(now, recorded);
      const later = new Date(now.getTime() + 60_000);
      for (const body of recorded) await work(JSON.stringify({ ...JSON.parse(body), step: 'judge' }), later);
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
