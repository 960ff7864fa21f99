import { describe, expect, it } from '@jest/globals';
import { lambdaWith } from './bundle.ts';

const bodiesIn = (messages: readonly { body: string }[]) => messages.map(({ body }) => body);

describe('the calls of a function', () => {
  it('tell which function made them, and in which invocation', async () => {
    const { aws, lambda } = await lambdaWith({ one: {}, two: {} });
    const queue = aws.world().createQueue('work');
    const send = { do: 'send', queueUrl: queue.url };
    const first = await lambda.invoke('one', { ...send, texts: ['a', 'b'] });
    await lambda.invoke('two', { ...send, texts: ['c'] });
    expect(first.calls).toMatchObject([{ action: 'SendMessage' }, { action: 'SendMessage', outcome: 'OK' }]);
    expect([lambda.callsBy('one').length, lambda.callsBy('two').length]).toEqual([2, 1]);
    expect(bodiesIn(queue.messages)).toEqual(['a', 'b', 'c']);
  });

  it('tell which IAM actions its role needs, those of its queue and of an encrypted topic’s key included', async () => {
    const { aws, lambda } = await lambdaWith({ one: {}, two: {} });
    const topicArn = aws.world().createTopic('findings', { kmsKeyId: 'alias/findings' }).arn;
    const queue = aws.world().createQueue('work');
    lambda.pollQueue('work', 'two');
    await lambda.invoke('one', { do: 'publish', topicArn });
    await lambda.invoke('one', { do: 'send', queueUrl: queue.url, texts: ['a'] });
    await lambda.runUntilIdle();
    expect(lambda.actionsBy('one')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'sns:Publish', 'sqs:SendMessage']);
    expect(lambda.actionsBy('two')).toEqual(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']);
  });
});

describe('a crash', () => {
  it.each([
    ['before', ['a']],
    ['after', ['a', 'b']],
  ] as const)('comes %s a call has its effect', async (when, sent) => {
    const { aws, lambda } = await lambdaWith();
    const queue = aws.world().createQueue('work');
    lambda.crash('fixture', { when, call: 2 });
    const crashed = await lambda.invoke('fixture', { do: 'send', queueUrl: queue.url, texts: ['a', 'b', 'c'] });
    expect(crashed).toMatchObject({
      crashed: true,
      error: { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/signal: killed$/) },
      calls: [{ outcome: 'OK' }, { outcome: 'drop', effect: when === 'after' ? 'OK' : 'none' }],
    });
    expect(bodiesIn(queue.messages)).toEqual(sent);
    expect(await lambda.invoke('fixture', { do: 'count' })).toMatchObject({ crashed: false, coldStart: true, result: 1 });
  });

  it('can be asked for at certain calls only; without one nothing happens', async () => {
    const { aws, lambda } = await lambdaWith();
    const queue = aws.world().createQueue('work');
    const send = { do: 'send', queueUrl: queue.url, texts: ['a', 'b'] };
    lambda.crash('fixture', { when: 'before', of: ({ params }) => params.MessageBody === 'b' });
    expect((await lambda.invoke('fixture', send)).crashed).toBe(true);
    lambda.crash('fixture', { when: 'before', of: ({ service }) => service === 'sns' });
    expect(await lambda.invoke('fixture', send)).toMatchObject({ crashed: false, result: 2 });
    expect(bodiesIn(queue.messages)).toEqual(['a', 'a', 'b']);
  });

  it('comes even where another fault decides about the answer', async () => {
    const { aws, lambda } = await lambdaWith();
    const queue = aws.world().createQueue('work');
    aws.faults.add({ effect: { kind: 'deny' } });
    lambda.crash('fixture', { when: 'before' });
    expect((await lambda.invoke('fixture', { do: 'send', queueUrl: queue.url, texts: ['a'] })).crashed).toBe(true);
    expect(queue.messages).toEqual([]);
  });

  it('of a batch or an event leads to its retry', async () => {
    const { aws, lambda } = await lambdaWith();
    const queue = aws.world().createQueue('sent');
    lambda.crash('fixture', { when: 'after' });
    const { succeeded, attempts } = await lambda.deliverEvent('fixture', { do: 'send', queueUrl: queue.url, texts: ['a'] });
    expect([succeeded, attempts.map(({ crashed }) => crashed)]).toEqual([true, [true, false]]);
    expect(bodiesIn(queue.messages)).toEqual(['a', 'a']);
  });
});
