import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPace } from '../../shared/aws/pacing.ts';

/** A pace over a clock that only sleeping and `work` move. */
function paced(perSecond: number) {
  let now = 0;
  const sleep = async (ms: number) => {
    now += ms;
  };
  const pace = createPace(perSecond, () => new Date(now), sleep);
  return {
    slowDown: pace.slowDown,
    work: sleep,
    next: async () => {
      await pace.next();
      return now;
    },
  };
}

describe('a pace', () => {
  it('lets the first call through at once, and keeps the others apart', async () => {
    const { next } = paced(2);
    expect([await next(), await next(), await next()]).toEqual([0, 500, 1_000]);
  });

  it('waits only for what the work itself did not take', async () => {
    const { next, work } = paced(2);
    await next();
    await work(300);
    expect(await next()).toBe(500);
    await work(800);
    expect(await next()).toBe(1_300);
  });

  it('saves nothing up: after a pause the next calls are as far apart as ever', async () => {
    const { next, work } = paced(2);
    await next();
    await work(60_000);
    expect([await next(), await next()]).toEqual([60_000, 60_500]);
  });

  it('halves its rate each time it is slowed down, and counts from then', async () => {
    const { next, slowDown, work } = paced(2);
    await next();
    await work(400);
    slowDown();
    expect(await next()).toBe(1_400);
    slowDown();
    expect(await next()).toBe(3_400);
  });

  it('never gets slower than one in 30 seconds', async () => {
    const { next, slowDown } = paced(0.1);
    await next();
    for (let times = 0; times < 20; times += 1) slowDown();
    expect(await next()).toBe(30_000);
  });

  it('never makes a burst, whatever the work takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3_000 })), fc.integer({ min: 1, max: 20 }), async (works, perSecond) => {
        const { next, work } = paced(perSecond);
        let last = await next();
        for (const ms of works) {
          await work(ms);
          const at = await next();
          expect(at - last).toBeGreaterThanOrEqual(1_000 / perSecond - 1);
          last = at;
        }
      }),
    );
  });
});
