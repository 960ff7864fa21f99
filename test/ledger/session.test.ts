import { describe, expect, it } from '@jest/globals';
import { SIGHTING } from '../../shared/findings/record.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { knownRecord, openSession } from '../../shared/ledger/session.ts';
import { update } from '../../shared/ledger/update.ts';
import { putSighting, recordOf, sighting, TARGET } from './builders.ts';
import { storeConformance } from './store-conformance.ts';
import { countingStore } from './stores.ts';

const KEY = SIGHTING.key('eni-1');
const OTHER = { ...TARGET, region: 'us-east-1' };

// Each run opens its own, and sees of the others what won where it lost.
storeConformance(
  'a session',
  async () => {
    const store = memoryStore();
    return async () => openSession(store);
  },
  { raced: false },
);

describe('a session', () => {
  it('loads a partition once, however often and by how many at once it is asked', async () => {
    const { store, asked } = countingStore(memoryStore());
    const session = openSession(store);
    await Promise.all([session.load(TARGET), session.load(TARGET), session.load(OTHER)]);
    await openSession(session).load(TARGET);
    expect(asked.loads).toEqual([TARGET.region, OTHER.region]);
  });

  it('knows its own writes as the ledger gives them back, and no one else’s', async () => {
    const store = memoryStore();
    const session = openSession(store);
    await session.load(TARGET);
    await session.write(TARGET, [putSighting(0)]);
    await store.write(TARGET, [putSighting(0, { interfaceId: 'eni-2' })]);
    expect(await session.load(TARGET)).toEqual([recordOf(putSighting(0))]);
    await session.write(TARGET, [{ key: KEY, ifVersion: 1, delete: true }]);
    expect(await session.load(TARGET)).toEqual([]);
    expect(await session.reload(TARGET)).toEqual([recordOf(putSighting(0, { interfaceId: 'eni-2' }))]);
  });

  it('learns what won where it lost, also that there is none any more', async () => {
    const store = memoryStore();
    await store.write(TARGET, [putSighting(0), putSighting(0, { interfaceId: 'eni-2' })]);
    const session = openSession(store);
    await session.load(TARGET);
    await store.write(TARGET, [putSighting(1, { count: 2 }), { key: SIGHTING.key('eni-2'), ifVersion: 1, delete: true }]);
    const outcomes = await session.write(TARGET, [putSighting(1, { count: 9 }), putSighting(1, { interfaceId: 'eni-2' })]);
    expect(outcomes.map(({ written }) => written)).toEqual([false, false]);
    expect(await session.load(TARGET)).toEqual([recordOf(putSighting(1, { count: 2 }))]);
  });

  it('reads one record as it is now, and knows it from then on', async () => {
    const store = memoryStore();
    const session = openSession(store);
    await session.load(TARGET);
    await store.write(TARGET, [putSighting(0)]);
    expect(await knownRecord(session, TARGET, KEY)).toBeUndefined();
    expect(await session.get(TARGET, KEY)).toEqual(recordOf(putSighting(0)));
    expect(await knownRecord(session, TARGET, KEY)).toEqual(recordOf(putSighting(0)));
  });

  it('takes a load that failed for none, and after a write that failed knows nothing', async () => {
    const store = memoryStore();
    await store.write(TARGET, [putSighting(0)]);
    let isDown = true;
    const failing = async () => {
      if (isDown) throw new Error('throttled');
    };
    const session = openSession({
      ...store,
      load: async (target) => failing().then(() => store.load(target)),
      write: async (target, changes) => store.write(target, changes).finally(failing),
    });
    await expect(session.load(TARGET)).rejects.toThrow('throttled');
    isDown = false;
    expect(await session.load(TARGET)).toHaveLength(1);
    isDown = true;
    await expect(session.write(TARGET, [putSighting(1, { count: 2 })])).rejects.toThrow('throttled');
    isDown = false;
    expect(await session.load(TARGET)).toEqual([recordOf(putSighting(1, { count: 2 }))]);
  });

  it('that is old decides again on what won, and overwrites nothing', async () => {
    const store = memoryStore();
    const [old, other] = [openSession(store), openSession(store)];
    await Promise.all([old.load(TARGET), other.load(TARGET)]);
    const next = (now: ReturnType<typeof sighting> | undefined) => ({ state: sighting({ count: (now?.count ?? 0) + 1 }) });
    const step = async (session: typeof old) =>
      update({ store: session, target: TARGET }, SIGHTING, KEY, next, { from: await knownRecord(session, TARGET, KEY) });
    await step(other);
    await step(other);
    expect(await step(old)).toMatchObject({ outcome: 'written', state: { count: 3 } });
  });
});
