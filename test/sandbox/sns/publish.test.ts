import { PublishBatchCommand, PublishCommand, type PublishCommandInput, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let sns: SNSClient;
let TopicArn: string;

beforeEach(async () => {
  aws = await account();
  sns = aws.connect(SNSClient);
  TopicArn = aws.world().createTopic('findings').arn;
});

const publish = (given: Partial<PublishCommandInput>) => sns.send(new PublishCommand({ TopicArn, Message: undefined, ...given }));
const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a published message', () => {
  it('is recorded: when, where, and what was said', async () => {
    aws.clock.advance(5);
    const { MessageId } = await publish({ Message: 'It is gone.', Subject: 'Gone', MessageAttributes: { severity: text('high') } });
    expect(aws.published).toEqual([
      {
        at: new Date('2026-11-21T12:05:00Z'),
        region: 'us-east-1',
        topicArn: 'arn:aws:sns:us-east-1:123456789012:findings',
        messageId: MessageId,
        subject: 'Gone',
        message: 'It is gone.',
        texts: { default: 'It is gone.' },
        attributes: { severity: { dataType: 'String', stringValue: 'high' } },
        deliveredTo: [],
        dropped: [],
      },
    ]);
    expect(await (await fetch(`${aws.endpoint}/_sandbox/published`)).json()).toMatchObject([{ messageId: MessageId }]);
    expect(aws.calls).toMatchObject([{ service: 'sns', action: 'Publish', mutating: true, outcome: 'OK', params: { TopicArn } }]);
  });

  it('may say something else to each protocol', async () => {
    await publish({ MessageStructure: 'json', Message: JSON.stringify({ default: '{}', email: 'Dear all', sqs: 7 }) });
    expect(aws.published[0]?.texts).toEqual({ default: '{}', email: 'Dear all' });
  });

  it.each<[string, Partial<PublishCommandInput>]>([
    ['an empty message', { Message: '' }],
    ['more than 256 KiB', { Message: 'x'.repeat(262_145) }],
    ['more than 256 KiB with its attributes', { Message: 'x'.repeat(262_130), MessageAttributes: { severity: text('high') } }],
    ['a subject of 100 characters', { Message: 'x', Subject: 'x'.repeat(100) }],
    ['a subject of two lines', { Message: 'x', Subject: 'one\ntwo' }],
    ['a subject that is not ASCII', { Message: 'x', Subject: 'Größe' }],
    ['an empty subject', { Message: 'x', Subject: '' }],
    ['texts without a default', { MessageStructure: 'json', Message: '{"email":"x"}' }],
    ['a default that is no text', { MessageStructure: 'json', Message: '{"default":{"default":"x"}}' }],
    ['texts that are not JSON', { MessageStructure: 'json', Message: 'default' }],
    ['two equal keys', { MessageStructure: 'json', Message: '{"default":"a","default":"b"}' }],
    ['an unknown structure', { MessageStructure: 'xml', Message: '{"default":"a"}' }],
  ])('is refused: %s', async (_, given) => {
    expect(await failure(publish(given))).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    expect(aws.published).toEqual([]);
  });

  it('may be as large as a topic takes, to the byte, and have a subject of 99 characters', async () => {
    await publish({ Message: 'x'.repeat(262_144), Subject: 'x'.repeat(99) });
    expect(aws.published).toHaveLength(1);
  });

  it.each([
    ['no value', { severity: text('') }],
    ['a type that SNS does not know', { severity: { DataType: 'String.Text', StringValue: 'x' } }],
    ['a number that is none', { count: { DataType: 'Number', StringValue: 'many' } }],
    ['an array that is none', { groups: { DataType: 'String.Array', StringValue: 'sg-1' } }],
    ['a name with a space', { 'rule id': text('x') }],
    ['a reserved name', { 'aws.rule': text('x') }],
  ])('is refused for an attribute with %s', async (_, MessageAttributes) => {
    expect(await failure(publish({ Message: 'x', MessageAttributes }))).toMatchObject({ name: 'InvalidParameterValueException' });
    expect(aws.published).toEqual([]);
  });

  it('to a topic that does not exist, or is none, is refused', async () => {
    expect(await failure(publish({ Message: 'x', TopicArn: `${TopicArn}-2` }))).toMatchObject({
      name: 'NotFoundException',
      status: 404,
    });
    expect(await failure(publish({ Message: 'x', TopicArn: 'findings' }))).toMatchObject({ name: 'InvalidParameterException' });
    expect(aws.calls.map(({ outcome }) => outcome)).toEqual(['NotFound', 'InvalidParameter']);
  });

  it('to an encrypted topic uses its key with the publisher’s permissions', async () => {
    TopicArn = aws.world().createTopic('secret', { kmsKeyId: 'alias/findings' }).arn;
    await publish({ Message: 'x' });
    expect(aws.calls[0]?.onBehalf).toEqual(['kms:GenerateDataKey', 'kms:Decrypt']);
  });

  it('is denied and throttled in SNS’s own words', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    aws.faults.add({ times: 1, effect: { kind: 'throttle' } });
    const denied = await failure(publish({ Message: 'x' }));
    expect(denied).toMatchObject({ name: 'AuthorizationErrorException', status: 403, message: expect.stringContaining('SNS:Publish') });
    expect((await failure(publish({ Message: 'x' }))).name).toBe('Throttling');
    expect(aws.published).toEqual([]);
  });
});

describe('a batch of messages', () => {
  const batch = (...PublishBatchRequestEntries: { Id: string; Message: string; Subject?: string }[]) =>
    sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  const many = (count: number, Message = 'x') => Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, Message }));

  it('is answered entry by entry: what is wrong with one is in Failed, with 200', async () => {
    const answer = await batch({ Id: 'good', Message: 'x' }, { Id: 'bad', Message: 'x', Subject: 'one\ntwo' });
    expect(answer.Successful).toEqual([{ Id: 'good', MessageId: aws.published[0]?.messageId }]);
    expect(answer.Failed).toEqual([{ Id: 'bad', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true }]);
  });

  it('can be told to fail in part', async () => {
    aws.faults.add({ effect: { kind: 'fail-entries', ids: (id) => id === 'm1', code: 'InternalError' } });
    const answer = await batch(...many(3));
    expect(answer.Failed).toMatchObject([{ Id: 'm1', Code: 'InternalError', SenderFault: false }]);
    expect(aws.published).toHaveLength(2);
  });

  it.each([
    ['nothing in it', [], 'EmptyBatchRequestException'],
    ['eleven entries', many(11), 'TooManyEntriesInBatchRequestException'],
    ['an id twice', [...many(1), ...many(1)], 'BatchEntryIdsNotDistinctException'],
    ['an id that is none', [{ Id: 'a b', Message: 'x' }], 'InvalidBatchEntryIdException'],
    ['more than 256 KiB together', many(2, 'x'.repeat(140_000)), 'BatchRequestTooLongException'],
  ])('is refused as a whole: %s', async (_, entries, name) => {
    expect(await failure(batch(...entries))).toMatchObject({ name, status: 400 });
    expect(aws.published).toEqual([]);
  });
});

it('what the sandbox’s SNS lacks is refused by name', async () => {
  const refused = await failure(sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs' })));
  expect(refused).toMatchObject({ name: 'InvalidAction', message: expect.stringContaining('It has: Publish, PublishBatch.') });
});
