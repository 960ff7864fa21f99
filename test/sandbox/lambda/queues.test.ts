import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import type { Queue } from '../../../sandbox/index.ts';
import type { Lambda } from '../../../sandbox/lambda/index.ts';
import type { Account } from '../account.ts';
import { lambdaWith } from './bundle.ts';

/** A queue that the fixture works off: it keeps what the function does not accept. */
async function worked(
  batchSize = 10,
): Promise<{ aws: Account; lambda: Lambda; queue: Queue; send: (...bodies: string[]) => Promise<void> }> {
  const { aws, lambda } = await lambdaWith();
  aws.world().createQueue('dead');
  const queue = aws.world().createQueue('work', { visibilityTimeout: 60, maxReceiveCount: 3, deadLetterQueue: 'dead' });
  lambda.pollQueue('work', 'fixture', { batchSize });
  const sqs = aws.connect(SQSClient);
  const send = async (...bodies: string[]) => {
    for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
  };
  return { aws, lambda, queue, send };
}
const bodiesIn = (queue: Queue | undefined) => queue?.messages.map(({ body }) => body);

describe('a polled queue', () => {
  it('is handed over in batches until it is empty', async () => {
    const { lambda, queue, send } = await worked(2);
    await send('a', 'b', 'c');
    const ran = await lambda.runUntilIdle();
    expect(ran).toHaveLength(2);
    expect(lambda.invocations).toEqual(ran);
    expect(queue.messages).toEqual([]);
    expect(await lambda.runUntilIdle()).toEqual([]);
  });

  it('hands messages over as Lambda words them', async () => {
    const { aws, lambda } = await lambdaWith({ echo: { handler: 'batchOf' } });
    const queue = aws.world().createQueue('work', { visibilityTimeout: 60 });
    lambda.pollQueue('work', 'echo');
    const MessageAttributes = { region: { DataType: 'String', StringValue: 'eu-west-1' } };
    await aws.connect(SQSClient).send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: '{"a":1}', MessageAttributes }));
    const [invocation] = await lambda.runUntilIdle();
    expect(JSON.parse(invocation?.log[0]?.text ?? '')).toEqual({
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: '{"a":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: '1795262400000',
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: '1795262400000',
          },
          messageAttributes: { region: { stringValue: 'eu-west-1', stringListValues: [], binaryListValues: [], dataType: 'String' } },
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:work',
          awsRegion: 'us-east-1',
        },
      ],
    });
  });

  it.each([
    ['are listed, and only those', ['a', 'fail b', 'c'], ['fail b']],
    ['are in a batch that throws', ['throw', 'b'], ['throw', 'b']],
    ['are in a batch that lists an unknown id', ['unknown', 'b'], ['unknown', 'b']],
    ['are in a batch that lists an empty id', ['empty', 'b'], ['empty', 'b']],
  ])('keeps messages that %s', async (_, bodies, kept) => {
    const { lambda, queue, send } = await worked();
    await send(...bodies);
    await lambda.runUntilIdle();
    expect(bodiesIn(queue)).toEqual(kept);
  });

  it.each(['a', 'nothing', 'null'])('is done with a batch that lists no failure: %s', async (first) => {
    const { lambda, queue, send } = await worked();
    await send(first, 'b');
    await lambda.runUntilIdle();
    expect(queue.messages).toEqual([]);
  });

  it('takes no notice of the answer when partial responses are off', async () => {
    const { aws, lambda, queue, send } = await worked();
    const all = aws.world().createQueue('all', { visibilityTimeout: 60 });
    lambda.pollQueue('all', 'fixture', { partialResponses: false });
    await send('fail a');
    await aws.connect(SQSClient).send(new SendMessageCommand({ QueueUrl: all.url, MessageBody: 'fail a' }));
    await lambda.runUntilIdle();
    expect([bodiesIn(queue), bodiesIn(all)]).toEqual([['fail a'], []]);
  });

  it('gives what failed again after the visibility timeout, and up after maxReceiveCount', async () => {
    const { aws, lambda, queue, send } = await worked();
    await send('fail');
    const ran = await lambda.advance(10);
    expect(ran.map(({ at }) => at.toISOString().slice(11, 16))).toEqual(['12:00', '12:01', '12:02']);
    expect(queue.messages).toEqual([]);
    expect(bodiesIn(aws.world().state.queues.get('dead'))).toEqual(['fail']);
    expect(aws.clock.now()).toEqual(new Date('2026-11-21T12:10:00Z'));
  });

  it('hands delayed messages over when they are due', async () => {
    const { aws, lambda, queue } = await worked();
    await aws.connect(SQSClient).send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'a', DelaySeconds: 900 }));
    expect(await lambda.advance(14)).toEqual([]);
    expect((await lambda.advance(10)).map(({ at }) => at.toISOString().slice(11, 16))).toEqual(['12:15']);
  });

  it('hands messages over again when they could not be deleted', async () => {
    const { aws, lambda, queue, send } = await worked();
    aws.faults.add({ when: ({ action }) => action === 'DeleteMessageBatch', times: 1, effect: { kind: 'throttle' } });
    await send('a');
    expect(await lambda.advance(2)).toHaveLength(2);
    expect(queue.messages).toEqual([]);
  });

  it('is polled no more when that is ended', async () => {
    const { aws, lambda } = await lambdaWith();
    const queue = aws.world().createQueue('work');
    const end = lambda.pollQueue('work', 'fixture');
    end();
    await aws.connect(SQSClient).send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'a' }));
    expect(await lambda.runUntilIdle()).toEqual([]);
  });

  it('needs a visibility timeout that covers the function’s time limit, and a batch that Lambda takes', async () => {
    const { aws, lambda } = await lambdaWith({ slow: { timeoutSeconds: 60 } });
    aws.world().createQueue('work', { visibilityTimeout: 59 });
    expect(() => lambda.pollQueue('work', 'slow')).toThrow('59 seconds is less than Function timeout: 60 seconds');
    aws.world().createQueue('patient', { visibilityTimeout: 360 });
    expect(() => lambda.pollQueue('patient', 'slow', { batchSize: 11 })).toThrow('from 1 to 10');
    expect(() => lambda.pollQueue('none', 'slow')).toThrow('no queue none');
  });
});
