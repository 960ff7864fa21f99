import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
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
  queue = aws.world().createQueue('work');
});

const bodies = () => queue.messages.map(({ body }) => body);

describe('a batch', () => {
  const entries = (...bodiesToSend: string[]) => bodiesToSend.map((MessageBody, index) => ({ Id: `m${index}`, MessageBody }));
  const sendBatch = (Entries: SendMessageBatchRequestEntry[]) => sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));

  it('is answered entry by entry: what is wrong with one is in Failed, with 200', async () => {
    const answer = await sendBatch([...entries('good'), { Id: 'bad', MessageBody: 'late', DelaySeconds: 901 }]);
    expect(answer.Successful).toMatchObject([{ Id: 'm0' }]);
    expect(answer.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameterValue', SenderFault: true }]);
    expect(bodies()).toEqual(['good']);
  });

  it('can be told to fail in part', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'fail-entries', ids: (id) => id === 'm1' } });
    const answer = await sendBatch(entries('a', 'b', 'c'));
    expect(answer.Failed).toMatchObject([{ Id: 'm1', Code: 'InternalError', SenderFault: false }]);
    expect(bodies()).toEqual(['a', 'c']);
    expect(aws.calls[0]).toMatchObject({ action: 'SendMessageBatch', outcome: 'OK' });
  });

  it.each([
    ['nothing in it', [], 'EmptyBatchRequest'],
    ['eleven entries', entries(...'abcdefghijk'), 'TooManyEntriesInBatchRequest'],
    ['an id twice', [...entries('a'), ...entries('b')], 'BatchEntryIdsNotDistinct'],
    ['an id that is none', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    ['more than 1 MiB', entries('x'.repeat(600_000), 'y'.repeat(600_000)), 'BatchRequestTooLong'],
  ])('is refused as a whole: %s', async (_, given, name) => {
    expect(await failure(sendBatch(given))).toMatchObject({ name });
    expect(queue.messages).toEqual([]);
  });

  it('deletes what it can', async () => {
    await sendBatch(entries('a', 'b'));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }));
    const Entries = [
      { Id: 'yes', ReceiptHandle: Messages?.[0]?.ReceiptHandle },
      { Id: 'no', ReceiptHandle: 'nonsense' },
    ];
    const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    expect([answer.Successful, answer.Failed]).toMatchObject([
      [{ Id: 'yes' }],
      [{ Id: 'no', Code: 'ReceiptHandleIsInvalid', SenderFault: true }],
    ]);
    expect(queue.messages).toHaveLength(1);
  });
});
