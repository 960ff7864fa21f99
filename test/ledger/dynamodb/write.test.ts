// Conditional writes when answers are lost, late or refused: the SDK's own retries, against DynamoDB's own conditions.

import { ConditionalCheckFailedException, type DynamoDBClient, ThrottlingException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toItem } from '../../../shared/ledger/dynamodb/item.ts';
import { actions, dynamoStore } from '../../../shared/ledger/dynamodb/store.ts';
import type { LedgerChange, LedgerStore } from '../../../shared/ledger/store.ts';
import { minute, putFinding, putSighting, recordOf, TARGET } from '../builders.ts';
import { localClient, newTable, startDynalite } from '../dynalite.ts';

const dynalite = await startDynalite();
afterAll(dynalite.stop);

const { key } = putSighting(0);
const deletion = (ifVersion: number): LedgerChange => ({ key, ifVersion, delete: true });
const connectionReset = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });

/** What happens to one attempt: `send` lets it through to DynamoDB. */
type Fate = (send: () => Promise<unknown>) => Promise<unknown>;
const answerLost: Fate = async (send) => {
  await send().catch(() => undefined);
  throw connectionReset();
};

describe('a write', () => {
  let table: string;
  let others: LedgerStore;
  let client: DynamoDBClient;
  let store: LedgerStore;
  let fates: Fate[];
  let sent: string[];
  beforeEach(async () => {
    table = await newTable(dynalite.client);
    others = dynamoStore({ client: dynalite.client, table });
    fates = [];
    sent = [];
    client = localClient(dynalite.endpoint);
    client.middlewareStack.add(
      (next, context) => async (args) => {
        sent.push(String(context.commandName));
        const fate = fates.shift();
        if (!fate) return next(args);
        let answer: Awaited<ReturnType<typeof next>> | undefined;
        await fate(async () => {
          answer = await next(args);
        });
        if (!answer) throw new Error('this attempt was never sent');
        return answer;
      },
      // After the retry middleware, so that every attempt meets its own fate.
      { step: 'finalizeRequest', priority: 'low', name: 'fate' },
    );
    store = dynamoStore({ client, table });
  });
  const write = async (change: LedgerChange) => (await store.write(TARGET, [change]))[0];
  const load = () => others.load(TARGET);

  it('whose answer was lost is sent again, meets itself, and is written once', async () => {
    fates = [answerLost];
    expect(await write(putSighting(0))).toEqual({ key, written: true });
    expect(await load()).toEqual([recordOf(putSighting(0))]);
    fates = [answerLost, answerLost];
    expect(await write(putSighting(1, { count: 2 }))).toEqual({ key, written: true });
    expect(await load()).toEqual([recordOf(putSighting(1, { count: 2 }))]);
  });

  it('that looks exactly like the one that won is not taken for it', async () => {
    await others.write(TARGET, [putSighting(0)]);
    expect(await write(putSighting(0))).toEqual({ key, written: false, winner: recordOf(putSighting(0)) });
  });

  it('whose answer was lost and that was overtaken since gets the one that overtook it', async () => {
    fates = [
      async (send) => {
        await send();
        await others.write(TARGET, [putSighting(1, { count: 2 })]);
        throw connectionReset();
      },
    ];
    expect(await write(putSighting(0))).toEqual({ key, written: false, winner: recordOf(putSighting(1, { count: 2 })) });
  });

  it('that was overtaken before it arrived changes nothing, however often it is sent', async () => {
    await others.write(TARGET, [putSighting(0), putSighting(1, { count: 2 })]);
    fates = [answerLost, answerLost];
    expect(await write(putSighting(1, { count: 9 }))).toEqual({ key, written: false, winner: recordOf(putSighting(1, { count: 2 })) });
    expect(await load()).toEqual([recordOf(putSighting(1, { count: 2 }))]);
  });

  it('that deletes and whose answer was lost has deleted', async () => {
    await others.write(TARGET, [putSighting(0)]);
    fates = [answerLost];
    expect(await write(deletion(1))).toEqual({ key, written: true });
    expect(await load()).toEqual([]);
  });

  it('that deletes and whose answer was lost does not delete what came after', async () => {
    await others.write(TARGET, [putSighting(0)]);
    fates = [
      async (send) => {
        await send();
        await others.write(TARGET, [putSighting(0, { count: 3 }), putSighting(1, { count: 4 })]);
        throw connectionReset();
      },
    ];
    expect(await write(deletion(1))).toEqual({ key, written: false, winner: recordOf(putSighting(1, { count: 4 })) });
  });

  it('that is throttled is sent again, up to five times', async () => {
    const throttled = async () => {
      throw new ThrottlingException({ message: 'slow down', $metadata: {} });
    };
    fates = [throttled, throttled];
    expect(await write(putSighting(0))).toEqual({ key, written: true });
    expect(sent).toHaveLength(3);
    expect([await client.config.maxAttempts(), client.config.retryMode]).toEqual([5, 'standard']);
  });

  it('that lost needs no second look when DynamoDB hands over the winner', async () => {
    const winner = recordOf(putSighting(6, { count: 7 }));
    fates = [
      async () => {
        const Item = toItem(TARGET, { ...winner, writeId: 'another', at: minute(0) });
        throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {}, Item });
      },
    ];
    expect(await write(putSighting(2))).toEqual({ key, written: false, winner });
    expect(sent).toEqual(['PutItemCommand']);
  });

  it('of many keeps several on their way, and the changes of one record in their order', async () => {
    let under = 0;
    let most = 0;
    fates = Array.from({ length: 60 }, () => async (send) => {
      under += 1;
      most = Math.max(most, under);
      await send().finally(() => {
        under -= 1;
      });
    });
    const changes = Array.from({ length: 20 }, (_, version) => [
      putSighting(version, { count: version + 1 }),
      putSighting(version, { count: version + 1, interfaceId: 'eni-2' }),
      putSighting(0, { interfaceId: `eni-x${version}` }),
    ]).flat();
    const outcomes = await store.write(TARGET, changes);
    expect(outcomes).toEqual(changes.map((change) => ({ key: change.key, written: true })));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('and a read take exactly the stated permissions', async () => {
    await store.load(TARGET);
    await write(putSighting(0));
    await write(putSighting(0));
    await write(deletion(1));
    await write(putFinding(0));
    expect([...new Set(sent)].map((name) => `dynamodb:${name.replace('Command', '')}`).sort()).toEqual([...actions].sort());
  });

  it('of what could not be read again never happens', async () => {
    await expect(store.write(TARGET, [{ ...putSighting(0), key: 'sighting/eni-2' }])).rejects.toThrow('must not be written');
    await expect(store.write(TARGET, [putSighting(0, { first: 'yesterday' })])).rejects.toThrow('body.state.first');
    expect(sent).toEqual([]);
  });
});
