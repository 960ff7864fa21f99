// An item of DynamoDB holds 400 KB. Nothing that a run found is lost because it is long.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Item, placeOf } from '../../../shared/ledger/dynamodb/item.ts';
import { itemAt } from '../../../shared/ledger/dynamodb/read.ts';
import { dynamoStore } from '../../../shared/ledger/dynamodb/store.ts';
import type { LedgerChange, LedgerStore } from '../../../shared/ledger/store.ts';
import { putFinding, recordOf, TARGET } from '../builders.ts';
import { newTable, startDynalite } from '../dynalite.ts';
import { certificate, leftover, putTeardown, teardown } from '../teardown-builders.ts';

const dynalite = await startDynalite();
afterAll(dynalite.stop);

const KB = 1024;
const id = (kind: string) => `${kind}-0${randomBytes(8).toString('hex')}`;
const ids = (count: number) => Array.from({ length: count }, () => id('eni'));
const sizeOf = (item: Item | undefined) => (item?.body?.S ?? item?.body?.B ?? '').length;
const pinning = (unlockSet: readonly string[]) =>
  putFinding(0, { evidence: { name: 'pods', unlockSet, trunks: [], addressesReturned: 1 } });

describe('what is long', () => {
  let store: LedgerStore;
  let table: string;
  beforeEach(async () => {
    table = await newTable(dynalite.client);
    store = dynamoStore({ client: dynalite.client, table });
  });
  const stored = async (change: LedgerChange) => {
    expect(await store.write(TARGET, [change])).toEqual([{ key: change.key, written: true }]);
    const [record] = await store.load(TARGET);
    return { record, item: await itemAt({ client: dynalite.client, table }, TARGET, change.key) };
  };

  it('is text that a person can read while it is short', async () => {
    const { item } = await stored(putFinding(0));
    expect(JSON.parse(item?.body?.S ?? '')).toEqual(putFinding(0).body);
    expect(item).toMatchObject({ ...placeOf(TARGET, putFinding(0).key), version: { N: '1' }, kind: { S: 'finding' } });
  });

  it('keeps every one of 5,000 ids, in well under a quarter of an item', async () => {
    const change = pinning(ids(5_000));
    const { record, item } = await stored(change);
    expect(record).toEqual(recordOf(change));
    expect(sizeOf(item)).toBeLessThan(80 * KB);
  });

  it('keeps a certificate of 5,000 leftovers twice: in the teardown, and as it is owed', async () => {
    const blocks = { securityGroups: [id('sg')], subnet: id('subnet'), vpc: id('vpc') };
    const left = certificate({ leftovers: ids(5_000).map((each) => leftover({ id: each, blocks })) });
    const change = putTeardown(0, {
      teardown: teardown({ certificate: left, seen: left.leftovers.map((each) => each.id) }),
      pending: [{ kind: 'certificate', recipients: ['sns'], certificate: left }],
    });
    const { record, item } = await stored(change);
    expect(record).toEqual(recordOf(change));
    expect(sizeOf(item)).toBeLessThan(150 * KB);
  });

  it('keeps the first 1,000 of far too many ids, and says how many it left out', async () => {
    const all = ids(100_000);
    const { record, item } = await stored(pinning(all));
    const evidence = { name: 'pods', unlockSet: all.slice(0, 1_000), trunks: [], addressesReturned: 1, omitted: { unlockSet: 99_000 } };
    expect(record).toEqual(recordOf(putFinding(0, { evidence })));
    expect(sizeOf(item)).toBeLessThan(20 * KB);
    expect(await store.write(TARGET, [{ ...pinning(all), ifVersion: 1 }])).toMatchObject([{ written: true }]);
  });

  it('keeps the first 1,000 of far too many leftovers, says so, and forgets none of those that must answer for themselves', async () => {
    const leftovers = ids(20_000).map((each) =>
      leftover({ id: each, blocks: { securityGroups: [id('sg')], subnet: id('subnet'), vpc: 'v' } }),
    );
    const left = certificate({ leftovers, says: 'much is left' });
    const seen = leftovers.map((each) => each.id);
    const { record } = await stored(
      putTeardown(0, {
        teardown: teardown({ certificate: left, seen }),
        pending: [{ kind: 'certificate', recipients: ['sns'], certificate: left }],
      }),
    );
    const says = 'much is left (the ledger keeps the first 1000 of 20000; an audit lists them all)';
    const kept = { ...left, leftovers: leftovers.slice(0, 1_000), says };
    expect(record?.body).toEqual({
      kind: 'teardown',
      state: {
        teardown: teardown({ certificate: kept, seen }),
        pending: [{ kind: 'certificate', recipients: ['sns'], certificate: kept }],
      },
    });
  });

  it('is refused by name when it cannot be cut', async () => {
    const change = putFinding(0, { summary: randomBytes(600 * KB).toString('base64') });
    await expect(store.write(TARGET, [change])).rejects.toThrow(`${change.key} is too large for an item of the ledger`);
  });
});
