import { describe, expect, it } from '@jest/globals';
import { JUDGING } from '../../shared/changes/record.ts';
import { isHeld, leaseFor, takeLease } from '../../shared/ledger/lease.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { minute, TARGET } from './builders.ts';

const MS = 6 * 60_000;

describe('a lease that has a record of its own', () => {
  const store = memoryStore();
  const take = (at: number, target = TARGET) => takeLease({ store, target }, JUDGING, MS, () => minute(at));
  const nextTo = (region: string) => ({ ...TARGET, region });

  it('is one worker’s at a time, and the next one’s when that has let go', async () => {
    const target = nextTo('eu-west-2');
    const taken = await Promise.all([1, 2, 3].map(() => take(0, target)));
    const [held, ...more] = taken.filter((each) => each !== undefined);
    expect(more).toEqual([]);
    expect(await take(1, target)).toBeUndefined();
    await held?.release();
    expect(await take(1, target)).toBeDefined();
  });

  it('is another one’s region by region', async () => {
    await take(0, nextTo('eu-west-3'));
    expect(await take(0, nextTo('us-east-1'))).toBeDefined();
  });

  it('of a worker that was killed is free when it has run out; and whoever wakes up late takes it from nobody', async () => {
    const target = nextTo('us-west-1');
    const late = await take(0, target);
    expect(await take(5, target)).toBeUndefined();
    expect(await take(6, target)).toMatchObject({ turn: 2 });
    expect(await late?.release()).toBe(false);
    expect(await take(7, target)).toBeUndefined();
  });

  it('tells its holder at the end whether somebody came meanwhile, and the next one how often it was taken', async () => {
    const target = nextTo('us-west-2');
    const first = await take(0, target);
    await take(1, target);
    await take(2, target);
    expect(await first?.release()).toBe(true);
    const second = await take(3, target);
    expect(second?.turn).toBe((first?.turn ?? 0) + 1);
    expect(await second?.release()).toBe(false);
  });
});

it('a lease is held until its time is over, and what was never taken is free', () => {
  const lease = leaseFor('a', minute(0), MS);
  expect([0, 5.9, 6].map((at) => isHeld(lease, minute(at)))).toEqual([true, true, false]);
  expect(isHeld(undefined, minute(0))).toBe(false);
});
