import { type MessageAttributeValue, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Queue, Topic } from '../../../sandbox/index.ts';
import type { FilterPolicy } from '../../../sandbox/sns/filter.ts';
import { type Account, account } from '../account.ts';

let aws: Account;
let topic: Topic;
let queue: Queue;

beforeEach(async () => {
  aws = await account();
  topic = aws.world().createTopic('findings');
  queue = aws.world().createQueue('pager');
});

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });
const publish = (Message: string, given: { MessageStructure?: string; MessageAttributes?: Record<string, MessageAttributeValue> } = {}) =>
  aws.connect(SNSClient).send(new PublishCommand({ TopicArn: topic.arn, Message, Subject: 'Orphans', ...given }));
const received = async () => {
  const command = new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
  return (await aws.connect(SQSClient).send(command)).Messages ?? [];
};

describe('a subscribed queue', () => {
  it('gets SNS’s envelope, with the text for queues', async () => {
    const { arn } = aws.world().subscribe(topic.arn, 'sqs', queue.arn);
    const Message = JSON.stringify({ default: 'plain', sqs: '{"machine":true}' });
    const { MessageId } = await publish(Message, { MessageStructure: 'json', MessageAttributes: { severity: text('high') } });
    const [message] = await received();
    expect(JSON.parse(message?.Body ?? '')).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn: topic.arn,
      Subject: 'Orphans',
      Message: '{"machine":true}',
      Timestamp: '2026-11-21T12:00:00.000Z',
      SignatureVersion: '1',
      Signature: expect.any(String),
      SigningCertURL: expect.stringContaining('https://sns.us-east-1.amazonaws.com/'),
      UnsubscribeURL: expect.stringContaining(arn),
      MessageAttributes: { severity: { Type: 'String', Value: 'high' } },
    });
    expect(aws.published[0]?.deliveredTo).toEqual([queue.arn]);
  });

  it('gets the bare message, with its attributes, when it asks for raw delivery', async () => {
    aws.world().subscribe(topic.arn, 'sqs', queue.arn, { rawMessageDelivery: true });
    await publish('plain', { MessageAttributes: { severity: text('high') } });
    expect(await received()).toMatchObject([{ Body: 'plain', MessageAttributes: { severity: { StringValue: 'high' } } }]);
  });

  it('gets nothing when a raw message has more than ten attributes, or is larger than the queue takes', async () => {
    aws.world().subscribe(topic.arn, 'sqs', queue.arn, { rawMessageDelivery: true });
    aws.world().subscribe(topic.arn, 'sqs', aws.world().createQueue('small', { maximumMessageSize: 1024 }).arn);
    const names = Array.from({ length: 11 }, (_, index) => `a${index}`);
    await publish('x'.repeat(1024), { MessageAttributes: Object.fromEntries(names.map((name) => [name, text('x')])) });
    expect(await received()).toEqual([]);
    expect(aws.published[0]).toMatchObject({
      deliveredTo: [],
      dropped: [{ endpoint: queue.arn }, { reason: expect.stringContaining('1024 bytes') }],
    });
  });
});

describe('a filter policy', () => {
  const attributes = {
    severity: text('high'),
    cluster: text('prod-blue'),
    count: { DataType: 'Number', StringValue: '3.0' },
    groups: { DataType: 'String.Array', StringValue: '["sg-1","sg-2"]' },
  };

  it.each<[string, FilterPolicy, boolean]>([
    ['a value', { severity: ['high'] }, true],
    ['another value', { severity: ['low'] }, false],
    ['one of several', { severity: ['critical', 'high'] }, true],
    ['a value in another case', { severity: ['High'] }, false],
    ['all keys', { severity: ['high'], cluster: ['prod-blue'] }, true],
    ['one key of two', { severity: ['high'], cluster: ['prod-green'] }, false],
    ['an attribute that is missing', { account: ['1'] }, false],
    ['a number, as a number', { count: [3] }, true],
    ['a number, as a text', { count: ['3'] }, false],
    ['an element of an array', { groups: ['sg-2'] }, true],
    ['a prefix', { cluster: [{ prefix: 'prod-' }] }, true],
    ['anything but the value', { severity: [{ 'anything-but': ['high'] }] }, false],
    ['that an attribute is absent', { account: [{ exists: false }] }, true],
  ])('asks for %s', async (_, filterPolicy, arrives) => {
    aws.world().subscribe(topic.arn, 'sqs', queue.arn, { filterPolicy });
    await publish('x', { MessageAttributes: attributes });
    expect(await received()).toHaveLength(arrives ? 1 : 0);
    expect(aws.published[0]?.dropped).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['six keys', { a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] }, '5 keys'],
    ['too many combinations', { a: Array(13).fill('1'), b: Array(12).fill('1') }, '150 combinations'],
    ['an empty list', { a: [] }, 'at least one condition'],
    ['an operator that the sandbox lacks', { a: [{ suffix: 'x' }] }, 'lack suffix'],
  ])('is refused: %s', (_, filterPolicy, why) => {
    expect(() => aws.world().subscribe(topic.arn, 'sqs', queue.arn, { filterPolicy: filterPolicy as FilterPolicy })).toThrow(why);
  });
});

it('a subscription needs a topic and a queue that exist', () => {
  expect(() => aws.world().subscribe('arn:none', 'sqs', queue.arn)).toThrow('no topic arn:none');
  expect(() => aws.world().subscribe(topic.arn, 'sqs', 'arn:none')).toThrow('no queue arn:none');
});
