import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Queue } from '../../../sandbox/index.ts';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let sqs: SQSClient;
let queue: Queue;

beforeEach(async () => {
  aws = await account();
  sqs = aws.connect(SQSClient);
  aws.world().createQueue('dead');
  queue = aws.world().createQueue('work', { visibilityTimeout: 60, maxReceiveCount: 2, deadLetterQueue: 'dead' });
});

const send = (MessageBody: string, DelaySeconds?: number) =>
  sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody, ...(DelaySeconds === undefined ? {} : { DelaySeconds }) }));
const receive = async (MaxNumberOfMessages = 10): Promise<Message[]> =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages, MessageSystemAttributeNames: ['All'] })))
    .Messages ?? [];
const bodies = async () => (await receive()).map(({ Body }) => Body);
const remove = (ReceiptHandle = '') => sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
const attributes = async () => (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['All'] }))).Attributes;

describe('a message', () => {
  it('is received with what SQS says of it, and is gone once deleted', async () => {
    const { MessageId } = await send('hello');
    aws.clock.advance(1);
    const [message] = await receive();
    expect(message).toMatchObject({
      MessageId,
      Body: 'hello',
      Attributes: {
        SentTimestamp: String(Date.parse('2026-11-21T12:00:00Z')),
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: String(Date.parse('2026-11-21T12:01:00Z')),
      },
    });
    await remove(message?.ReceiptHandle);
    aws.clock.advance(10);
    expect(await receive()).toEqual([]);
  });

  it('is delayed by the clock, at most 900 seconds', async () => {
    await send('later', 900);
    aws.clock.advance(14.9);
    expect(await bodies()).toEqual([]);
    aws.clock.advance(0.1);
    expect(await bodies()).toEqual(['later']);
    expect(await failure(send('too late', 901))).toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('DelaySeconds'),
    });
  });

  it('is delayed by its queue unless it says otherwise', async () => {
    queue = aws.world().createQueue('slow', { delaySeconds: 120 });
    await send('slow');
    await send('quick', 0);
    expect(await bodies()).toEqual(['quick']);
    aws.clock.advance(2);
    expect((await bodies()).sort()).toEqual(['quick', 'slow']);
  });

  it('is hidden while it is worked on, and comes back if nobody deletes it', async () => {
    await send('work');
    const [first] = await receive();
    expect(await receive()).toEqual([]);
    aws.clock.advance(1);
    expect(await receive()).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
    // The receipt of an earlier delivery deletes nothing.
    await remove(first?.ReceiptHandle);
    expect(queue.messages).toHaveLength(1);
  });

  it('can be hidden for longer, or given back at once', async () => {
    await send('work');
    const [message] = await receive();
    const change = (VisibilityTimeout: number) =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }));
    await change(300);
    aws.clock.advance(4.9);
    expect(await receive()).toEqual([]);
    await change(0);
    expect(await failure(change(10))).toMatchObject({ name: 'MessageNotInflight' });
    expect(await receive()).toHaveLength(1);
  });

  it('goes to the dead-letter queue instead of being received once too often', async () => {
    await send('poison');
    for (let time = 0; time < 2; time += 1) {
      expect(await receive()).toHaveLength(1);
      aws.clock.advance(1);
    }
    expect(await receive()).toEqual([]);
    expect(queue.messages).toEqual([]);
    queue = aws.world().state.queues.get('dead') ?? queue;
    expect(await receive()).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:123456789012:work', ApproximateReceiveCount: '3' } },
    ]);
  });

  it('is kept for as long as its queue keeps messages', async () => {
    queue = aws.world().createQueue('short', { messageRetentionPeriod: 60 });
    await send('old news');
    aws.clock.advance(1);
    expect(await receive()).toEqual([]);
  });

  it.each([
    ['empty', '', 'MissingParameter'],
    ['with a control character', 'a\u0000b', 'InvalidMessageContents'],
    ['larger than the queue takes', 'x'.repeat(1025), 'InvalidParameterValue'],
  ])('is refused: %s', async (_, body, name) => {
    queue = aws.world().createQueue('small', { maximumMessageSize: 1024 });
    expect(await failure(send(body))).toMatchObject({ name, status: 400 });
    expect(queue.messages).toEqual([]);
  });

  it('carries attributes, ten at most, and they count in its size', async () => {
    const sendWith = (names: readonly string[], StringValue: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: queue.url,
          MessageBody: 'x',
          MessageAttributes: Object.fromEntries(names.map((name) => [name, { DataType: 'String', StringValue }])),
        }),
      );
    await sendWith(['severity', 'rule.id'], 'high');
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, MessageAttributeNames: ['rule.*'] }));
    expect(Messages?.[0]?.MessageAttributes).toEqual({ 'rule.id': { DataType: 'String', StringValue: 'high' } });
    const eleven = Array.from({ length: 11 }, (__, index) => `a${index}`);
    for (const refused of [
      sendWith(eleven, 'x'),
      sendWith(['AWS.trace'], 'x'),
      sendWith(['a'], ''),
      sendWith(['a'], 'x'.repeat(1_048_576)),
    ]) {
      expect((await failure(refused)).name).toBe('InvalidParameterValue');
    }
  });
});

describe('a queue', () => {
  it('tells its settings, and how many messages wait, are worked on and are delayed', async () => {
    await send('one');
    await send('two');
    await send('three', 60);
    await receive(1);
    expect(await attributes()).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:123456789012:work',
      VisibilityTimeout: '60',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead', maxReceiveCount: 2 }),
    });
  });

  it('that does not exist is refused by name, and so are wrong bounds and handles', async () => {
    const QueueUrl = `${aws.endpoint}/123456789012/none`;
    expect(await failure(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })))).toMatchObject({
      name: 'QueueDoesNotExist',
      status: 400,
    });
    expect(await failure(receive(11))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(remove('nonsense'))).toMatchObject({ name: 'ReceiptHandleIsInvalid', status: 404 });
    expect(aws.calls.map(({ outcome }) => outcome)).toEqual(['QueueDoesNotExist', 'InvalidParameterValue', 'ReceiptHandleIsInvalid']);
  });

  it('is denied and throttled in its own words', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    aws.faults.add({ times: 1, effect: { kind: 'throttle' } });
    expect(await failure(send('x'))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('sqs:sendmessage'),
      status: 403,
    });
    expect(await failure(send('x'))).toMatchObject({ name: 'RequestThrottled' });
  });

  it('is not made when its settings make no sense', () => {
    expect(() => aws.world().createQueue('orders.fifo')).toThrow('letters, digits');
    expect(() => aws.world().createQueue('late', { delaySeconds: 901 })).toThrow('from 0 to 900');
    expect(() => aws.world().createQueue('lost', { deadLetterQueue: 'none' })).toThrow('no queue none');
  });
});
