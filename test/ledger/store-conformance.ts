import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerChange, LedgerRecord, LedgerStore } from '../../shared/ledger/store.ts';
import { putFinding, putSighting, recordOf, TARGET, time } from './builders.ts';
import { certificate, deletedCluster, leftover, putTeardown, teardown, warning } from './teardown-builders.ts';

/** One empty ledger, and how to open it, as often as there are runs that share it. */
export type FreshLedger = () => Promise<() => Promise<LedgerStore>>;

const OTHER_ACCOUNT = { ...TARGET, accountId: '444455556666' };
const OTHER_REGION = { ...TARGET, region: 'us-east-1' };
const byKey = (records: readonly LedgerRecord[]) => [...records].sort((a, b) => (a.key < b.key ? -1 : 1));

/** The specification of a ledger store: every store passes it. `raced: false` for what is not atomic itself, or does not see others at once. */
export function storeConformance(name: string, fresh: FreshLedger, { raced = true } = {}): void {
  describe(`${name} is a ledger store`, () => {
    let open: () => Promise<LedgerStore>;
    let store: LedgerStore;
    beforeEach(async () => {
      open = await fresh();
      store = await open();
    });
    const write = (...changes: LedgerChange[]) => store.write(TARGET, changes);
    const load = async () => byKey(await store.load(TARGET));
    const key = putSighting(0).key;

    it('says where it lives, and begins empty', async () => {
      expect(store.name).not.toBe('');
      expect(await load()).toEqual([]);
      expect(await write()).toEqual([]);
    });

    it('puts a record where there is none, as version 1', async () => {
      expect(await write(putSighting(0))).toEqual([{ key, written: true }]);
      expect(await load()).toEqual([{ key, version: 1, body: putSighting(0).body }]);
    });

    it('updates the version that was read, and counts its writes', async () => {
      await write(putSighting(0));
      expect(await write(putSighting(1, { count: 2 }))).toEqual([{ key, written: true }]);
      expect(await write(putSighting(2, { count: 3 }))).toEqual([{ key, written: true }]);
      expect(await load()).toEqual([recordOf(putSighting(2, { count: 3 }))]);
    });

    it('a deleted record begins again at version 1', async () => {
      await write(putSighting(0));
      expect(await write({ key, ifVersion: 1, delete: true })).toEqual([{ key, written: true }]);
      expect(await load()).toEqual([]);
      expect(await write(putSighting(0, { count: 9 }))).toEqual([{ key, written: true }]);
      expect(await load()).toEqual([recordOf(putSighting(0, { count: 9 }))]);
    });

    it.each<[string, LedgerChange]>([
      ['a put where there is one', putSighting(0, { count: 5 })],
      ['an update of an older version', putSighting(1, { count: 5 })],
      ['an update of a version that is not there yet', putSighting(3, { count: 5 })],
      ['a deletion of an older version', { key, ifVersion: 1, delete: true }],
      ['a deletion of what must not be there', { key, ifVersion: 0, delete: true }],
    ])('%s loses the race, gets the winner and changes nothing', async (_, change) => {
      await write(putSighting(0), putSighting(1, { count: 2 }));
      const winner = recordOf(putSighting(1, { count: 2 }));
      expect(await write(change)).toEqual([{ key, written: false, winner }]);
      expect(await load()).toEqual([winner]);
    });

    it.each<[string, LedgerChange]>([
      ['an update', putSighting(1)],
      ['a deletion', { key, ifVersion: 1, delete: true }],
    ])('%s of a record that is gone loses to nobody, and makes none', async (_, change) => {
      expect(await write(change)).toEqual([{ key, written: false, winner: undefined }]);
      expect(await load()).toEqual([]);
    });

    it('a deletion of what was never there, when none was read, is no lost race', async () => {
      expect(await write({ key, ifVersion: 0, delete: true })).toEqual([{ key, written: true }]);
    });

    it('gives the outcomes in the order of the changes, each by itself', async () => {
      await write(putSighting(0));
      const lost = putSighting(0, { count: 7 });
      const other = putSighting(0, { interfaceId: 'eni-2' });
      expect(await write(other, lost, putFinding(0), { key: 'sighting/eni-9', ifVersion: 4, delete: true })).toEqual([
        { key: other.key, written: true },
        { key, written: false, winner: recordOf(putSighting(0)) },
        { key: putFinding(0).key, written: true },
        { key: 'sighting/eni-9', written: false, winner: undefined },
      ]);
      expect(await load()).toEqual(byKey([recordOf(putSighting(0)), recordOf(other), recordOf(putFinding(0))]));
    });

    it('keeps accounts and regions apart', async () => {
      await write(putSighting(0));
      expect(await store.load(OTHER_ACCOUNT)).toEqual([]);
      await store.write(OTHER_REGION, [putSighting(0, { count: 8 })]);
      expect(await store.write(OTHER_ACCOUNT, [putSighting(1)])).toEqual([{ key, written: false, winner: undefined }]);
      expect(await load()).toEqual([recordOf(putSighting(0))]);
      expect(await store.load(OTHER_REGION)).toEqual([recordOf(putSighting(0, { count: 8 }))]);
    });

    it('gives back exactly what was written', async () => {
      const id = 'orphaned-branch-eni/111122223333/eu-west-1/-/a b/ü%2F"\\\u0000\u2028😀\ud800';
      const evidence = {
        text: 'ünï 😀 \u0000 \u2028 </script> \ud800 $& %s',
        numbers: [0, -1, 0.1, 1e21, Number.MAX_SAFE_INTEGER],
        nested: { list: [[], [{}], null, true, ''], constructor: 'a tag', prototype: { toString: 'x' } },
        ...JSON.parse('{"__proto__": {"polluted": true}}'),
      };
      const change = putFinding(0, { id, evidence, cluster: null, remedy: { summary: '', commands: ['a\nb', "it's"] } });
      const pending = [{ kind: 'opened', findingId: id, at: time(0), says: '—', recipients: ['sns', 'slack'] }] as const;
      const body = { kind: 'finding', state: { ...change.body.state, resolvedAt: time(3), pending } } as const;
      await write({ ...change, body });
      const reopened = await (await open()).load(TARGET);
      expect(reopened).toStrictEqual([{ key: `finding/${id}`, version: 1, body }]);
      const stored = reopened.flatMap((record) => (record.body.kind === 'finding' ? Object.keys(record.body.state.finding.evidence) : []));
      expect(stored.sort()).toEqual(['__proto__', 'nested', 'numbers', 'text']);
    });

    it('keeps ids of any length apart', async () => {
      const long = 'orphaned-branch-eni/111122223333/eu-west-1/'.padEnd(6_000, 'blue+ü"');
      const changes = [putFinding(0, { id: `${long}/eni-1` }), putFinding(0, { id: `${long}/eni-2` })];
      expect(await write(...changes)).toEqual(changes.map((change) => ({ key: change.key, written: true })));
      expect(await load()).toEqual(changes.map(recordOf));
      expect(await write(putFinding(1, { id: `${long}/eni-2`, summary: 'new' }))).toMatchObject([{ written: true }]);
    });

    it('keeps a teardown with all that it owes; what nobody knew of it is not there', async () => {
      const cluster = deletedCluster({ arn: undefined, vpcId: undefined });
      const left = certificate({ cluster, leftovers: [leftover(), leftover({ id: 'eni-2', state: undefined })] });
      const change = putTeardown(0, {
        teardown: teardown({ cluster, status: 'closed', rung: 3, certificate: left }),
        pending: [
          { kind: 'warning', recipients: ['sns', 'slack'], warning: warning({ cluster }) },
          { kind: 'certificate', recipients: ['slack'], certificate: left },
        ],
      });
      expect(await write(change)).toEqual([{ key: change.key, written: true }]);
      const [record] = await (await open()).load(TARGET);
      expect(record).toEqual(recordOf(change));
      expect(record?.body).toStrictEqual(JSON.parse(JSON.stringify(change.body)));
    });

    it('shares no object with those who read or write it', async () => {
      const change = putSighting(0);
      await write(change);
      Object.assign(change.body.state, { count: 99 });
      for (const record of await load()) Object.assign(record, { version: 99, body: {} });
      const [lost] = await write(putSighting(0));
      if (lost && !lost.written) Object.assign(lost.winner ?? {}, { version: 99, body: {} });
      expect(await load()).toEqual([recordOf(putSighting(0))]);
    });

    if (raced)
      it('of many writers at once lets exactly one win each version', async () => {
        const stores = await Promise.all(Array.from({ length: 6 }, open));
        for (let version = 0; version < 5; version += 1) {
          const outcomes = await Promise.all(
            stores.map((each, index) => each.write(TARGET, [putSighting(version, { fingerprint: `by ${index} at ${version}` })])),
          );
          const winners = outcomes.flatMap(([outcome], index) => (outcome?.written ? [index] : []));
          expect(winners).toHaveLength(1);
          const record = recordOf(putSighting(version, { fingerprint: `by ${winners[0]} at ${version}` }));
          expect(await load()).toEqual([record]);
          const lost = outcomes.flat().filter((outcome) => !outcome.written);
          expect(lost).toEqual(stores.slice(1).map(() => ({ key, written: false, winner: record })));
        }
      });

    it('loses nothing of what many write at once in different places', async () => {
      const stores = await Promise.all(Array.from({ length: 6 }, open));
      await Promise.all(stores.map((each, index) => each.write(TARGET, [putSighting(0, { interfaceId: `eni-${index}` })])));
      expect((await load()).map((record) => record.key)).toEqual(stores.map((_, index) => `sighting/eni-${index}`));
    });

    it('keeps 3,000 records', async () => {
      const changes = Array.from({ length: 3_000 }, (_, index) => putSighting(0, { interfaceId: `eni-${String(index).padStart(4, '0')}` }));
      const outcomes = await write(...changes);
      expect(outcomes.filter((outcome) => outcome.written)).toHaveLength(3_000);
      expect(await load()).toEqual(changes.map(recordOf));
    });
  });
}
