// The table forgets what is settled. DynamoDB deletes it some days after its time; until then nobody may notice that it is still there.
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { itemAt } from '../../../shared/ledger/dynamodb/read.ts';
import { dynamoStore } from '../../../shared/ledger/dynamodb/store.ts';
import type { LedgerChange, LedgerStore } from '../../../shared/ledger/store.ts';
import { findingState, minute, putFinding, recordOf, TARGET, time } from '../builders.ts';
import { newTable, startDynalite } from '../dynalite.ts';
import { putTeardown, teardown } from '../teardown-builders.ts';

const dynalite = await startDynalite();
afterAll(dynalite.stop);

const DAY = 24 * 60;
const { key } = putFinding(0);
const resolved = (ifVersion: number, summary = ''): Extract<LedgerChange, { body: object }> => {
  const { finding } = putFinding(0, { summary }).body.state;
  return { key, ifVersion, body: { kind: 'finding', state: findingState({ finding, status: 'resolved', resolvedAt: time(0) }) } };
};

describe('an expired record', () => {
  let store: LedgerStore;
  let table: string;
  let now: Date;
  beforeEach(async () => {
    now = minute(0);
    table = await newTable(dynalite.client);
    store = dynamoStore({ client: dynalite.client, table, clock: () => now });
    await store.write(TARGET, [putFinding(0)]);
    await store.write(TARGET, [resolved(1)]);
  });
  const write = (change: LedgerChange) => store.write(TARGET, [change]);
  const load = () => store.load(TARGET);
  const item = () => itemAt({ client: dynalite.client, table }, TARGET, key);

  it('carries its time in seconds, as TTL wants it', async () => {
    expect(await item()).toMatchObject({ expiresAt: { N: String(minute(90 * DAY).getTime() / 1_000) } });
  });

  it('is there until its time, and then no more', async () => {
    now = new Date(minute(90 * DAY).getTime() - 1);
    expect(await load()).toEqual([recordOf(resolved(1))]);
    now = minute(90 * DAY);
    expect(await load()).toEqual([]);
    expect(await item()).toBeDefined();
  });

  it('makes room for a new one, which begins at version 1 and expires with its own body', async () => {
    now = minute(90 * DAY);
    expect(await write(putFinding(0))).toEqual([{ key, written: true }]);
    now = minute(900 * DAY);
    expect(await load()).toEqual([recordOf(putFinding(0))]);
    expect(await item()).not.toHaveProperty('expiresAt');
  });

  it('wins no race', async () => {
    now = minute(90 * DAY);
    expect(await write(putFinding(1))).toEqual([{ key, written: false, winner: undefined }]);
    expect(await write({ key, ifVersion: 1, delete: true })).toEqual([{ key, written: false, winner: undefined }]);
  });

  it('can be deleted as if it were not there', async () => {
    now = minute(90 * DAY);
    expect(await write({ key, ifVersion: 0, delete: true })).toEqual([{ key, written: true }]);
  });

  it('that a run read in time lives on by what that run writes', async () => {
    now = minute(90 * DAY);
    expect(await write(putFinding(2))).toEqual([{ key, written: true }]);
    expect(await load()).toEqual([recordOf(putFinding(2))]);
  });

  it('that is written once more is kept for its time from then on', async () => {
    now = minute(80 * DAY);
    await write(resolved(2, 'again'));
    now = minute(169 * DAY);
    expect(await load()).toHaveLength(1);
    now = minute(170 * DAY);
    expect(await load()).toEqual([]);
  });

  it('may be a closed teardown, after 400 days', async () => {
    await write(putTeardown(0, { teardown: teardown({ status: 'closed' }) }));
    now = minute(399 * DAY);
    expect((await load()).map((record) => record.key)).toEqual([putTeardown(0).key]);
    now = minute(400 * DAY);
    expect(await load()).toEqual([]);
  });
});
