import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/batch-limit.ts';
import { orphan, said } from '../candidates.ts';

describe('batch-limit', () => {
  it.each([
    { position: 0, max: 100, says: 'allows' },
    { position: 99, max: 100, says: 'allows' },
    { position: 100, max: 100, says: 'deferred: 100 in one run at most; run again for the rest' },
    { position: 101, max: 100, says: 'deferred: 100 in one run at most; run again for the rest' },
    { position: 0, max: 0, says: 'deferred: 0 in one run at most; run again for the rest' },
  ])('after $position of $max: $says', ({ says, ...at }) => {
    expect(said(guard, orphan(), at)).toBe(says);
  });

  it('lets nothing through when the cap is no number', () => {
    expect(said(guard, orphan(), { max: Number.NaN })).not.toBe('allows');
  });
});
