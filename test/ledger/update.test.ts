import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Sighting } from '../../shared/domain/inventory.ts';
import { SIGHTING } from '../../shared/findings/record.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { putOf, retrying, uncontested, update } from '../../shared/ledger/update.ts';
import { putSighting, sighting, TARGET } from './builders.ts';

const KEY = SIGHTING.key('eni-1');
const counted = (now: Sighting | undefined) => ({ state: sighting({ count: (now?.count ?? 0) + 1 }) });

/** A store in which somebody else writes before each of our first so many writes. */
function contested(times: number): LedgerStore {
  const store = memoryStore();
  let left = times;
  return {
    ...store,
    write: async (target, changes) => {
      if (left-- > 0) await update({ store, target }, SIGHTING, KEY, counted);
      return store.write(target, changes);
    },
  };
}

describe('an update', () => {
  it('decides again on what the winner wrote', async () => {
    const place = { store: contested(2), target: TARGET };
    expect(await update(place, SIGHTING, KEY, counted)).toMatchObject({ outcome: 'written', state: { count: 3 } });
  });

  it('writes nothing when it decides so, and says what is there', async () => {
    const place = { store: memoryStore(), target: TARGET };
    expect(await update(place, SIGHTING, KEY, () => ({ state: undefined, says: 'no' }))).toEqual({
      ...{ outcome: 'unchanged', state: undefined, decision: { state: undefined, says: 'no' } },
    });
    await place.store.write(TARGET, [putSighting(0)]);
    const late = await update(place, SIGHTING, KEY, (now) => (now ? {} : { state: sighting() }), { from: undefined });
    expect(late).toMatchObject({ outcome: 'unchanged', state: { count: 1 } });
  });

  it('ends as contested when others write all the time, with what they wrote, and throws where nobody expects that', async () => {
    const place = { store: contested(9), target: TARGET };
    const updated = await update(place, SIGHTING, KEY, counted, { tries: 3 });
    expect(updated).toMatchObject({ outcome: 'contested', state: { count: 3 } });
    expect(() => uncontested(updated)).toThrow(`${KEY} in memory is being written by others all the time; try again`);
  });

  it('loses no count, however many count at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), async (many) => {
        const place = { store: memoryStore(), target: TARGET };
        const updates = Array.from({ length: many }, () => update(place, SIGHTING, KEY, counted));
        const written = (await Promise.all(updates)).filter(({ outcome }) => outcome === 'written');
        expect(written.map(({ state }) => state?.count).sort()).toEqual(written.map((_, n) => n + 1));
      }),
    );
  });
});

it('retrying hands each attempt what the one before lost, and stops at its bound', async () => {
  const seen: number[] = [];
  const lose = { key: KEY, written: false, winner: undefined } as const;
  const attempt = async (lost: readonly unknown[]) => {
    seen.push(lost.length);
    return { outcomes: [lose, { key: 'other', written: true } as const], value: seen.length };
  };
  expect(await retrying(attempt, 3)).toEqual({ value: 3, lost: [lose] });
  expect(seen).toEqual([0, 1, 1]);
});

it('a state is written under the key that it belongs under, over the version that was read', () => {
  expect(putOf(SIGHTING, sighting(), { version: 4 })).toEqual(putSighting(4));
  expect(putOf(SIGHTING, sighting())).toEqual(putSighting(0));
});
