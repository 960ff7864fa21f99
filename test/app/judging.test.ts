import { describe, expect, it } from '@jest/globals';
import { takeJudgement } from '../../shared/app/judging.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { minute, TARGET } from '../ledger/builders.ts';

describe('the judgement of a region', () => {
  it('is one worker’s at a time, and the next one’s when that has let go', async () => {
    const store = memoryStore();
    const taken = await Promise.all([1, 2, 3].map(() => takeJudgement(store, TARGET, minute(0))));
    const [letGo, ...more] = taken.filter((each) => each !== undefined);
    expect(more).toEqual([]);
    expect(await takeJudgement(store, TARGET, minute(1))).toBeUndefined();
    await letGo?.();
    expect(await takeJudgement(store, TARGET, minute(1))).toBeDefined();
  });

  it('is another one’s region by region', async () => {
    const store = memoryStore();
    await takeJudgement(store, TARGET, minute(0));
    expect(await takeJudgement(store, { ...TARGET, region: 'us-east-1' }, minute(0))).toBeDefined();
  });

  it('of a worker that was killed is free after the longest that a function runs; and whoever wakes up late takes it from nobody', async () => {
    const store = memoryStore();
    const late = await takeJudgement(store, TARGET, minute(0));
    expect(await takeJudgement(store, TARGET, minute(5))).toBeUndefined();
    expect(await takeJudgement(store, TARGET, minute(6))).toBeDefined();
    await late?.();
    expect(await takeJudgement(store, TARGET, minute(7))).toBeUndefined();
  });
});
