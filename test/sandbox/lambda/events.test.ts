import { describe, expect, it } from '@jest/globals';
import { bundleOf, lambdaWith } from './bundle.ts';

const texts = (messages: readonly { body: string }[] | undefined) => messages?.map(({ body }) => JSON.parse(body));

describe('an event that is delivered', () => {
  it('is handled once when that succeeds', async () => {
    const { aws, lambda } = await lambdaWith();
    expect(await lambda.deliverEvent('fixture', { do: 'count' })).toMatchObject({ succeeded: true, attempts: [{ result: 1 }] });
    expect(aws.clock.now()).toEqual(new Date('2026-11-21T12:00:00Z'));
  });

  it('is tried again after one minute, and after two more', async () => {
    const { lambda } = await lambdaWith({
      flaky: {
        bundle: bundleOf("let runs = 0; export const handler = () => { runs += 1; if (runs < 3) throw new Error('no'); return runs; };"),
      },
    });
    const { succeeded, attempts } = await lambda.deliverEvent('flaky', {});
    expect(succeeded).toBe(true);
    expect(attempts.map(({ at }) => at.toISOString().slice(11, 16))).toEqual(['12:00', '12:01', '12:03']);
    expect(attempts.at(-1)?.result).toBe(3);
    expect(new Set(attempts.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('goes to the on-failure destination when the third attempt fails, with the function’s permissions', async () => {
    const { aws, lambda } = await lambdaWith({ fixture: { onFailure: 'failed-events' } });
    const queue = aws.world().createQueue('failed-events');
    const delivery = await lambda.deliverEvent('fixture', { do: 'throw' });
    expect(delivery).toMatchObject({ succeeded: false, attempts: [{}, {}, {}] });
    expect(delivery.lost).toBeUndefined();
    expect(texts(queue.messages)).toEqual([
      {
        version: '1.0',
        timestamp: '2026-11-21T12:03:00.000Z',
        requestContext: {
          requestId: delivery.attempts[0]?.requestId,
          functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:fixture:$LATEST',
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { do: 'throw' },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: expect.objectContaining({ errorType: 'LedgerError', errorMessage: 'no such table' }),
      },
    ]);
    expect(lambda.actionsBy('fixture')).toEqual(['sqs:SendMessage']);
  });

  it.each([
    ['there is none', {}, 'no on-failure destination'],
    ['its queue does not exist', { onFailure: 'none' }, 'no queue none'],
  ])('is lost when the destination does not take it: %s', async (_, settings, why) => {
    const { lambda } = await lambdaWith({ fixture: settings });
    expect(await lambda.deliverEvent('fixture', { do: 'throw' })).toMatchObject({ succeeded: false, lost: expect.stringContaining(why) });
  });

  it('is lost when the function may not send to the destination', async () => {
    const { aws, lambda } = await lambdaWith({ fixture: { onFailure: 'failed-events' } });
    const queue = aws.world().createQueue('failed-events');
    aws.faults.add({ when: ({ service }) => service === 'sqs', effect: { kind: 'deny' } });
    expect((await lambda.deliverEvent('fixture', { do: 'throw' })).lost).toContain('sqs:sendmessage');
    expect(queue.messages).toEqual([]);
  });
});
