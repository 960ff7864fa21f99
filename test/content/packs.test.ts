import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packed } from '../../shared/content/packs.ts';

it('fills one pack after the other, and gives what is too large a pack of its own', () => {
  expect(packed([3, 3, 3, 9, 1], { most: 2, size: 6 }, (n) => n)).toEqual([[3, 3], [3], [9], [1]]);
  expect(packed([], { size: 6 }, () => 1)).toEqual([]);
});

it('loses nothing, keeps the order, and never exceeds a limit that could be kept', () => {
  const things = fc.array(fc.nat(20));
  fc.assert(
    fc.property(things, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), (all, most, size) => {
      const packs = packed(all, { most, size }, (n) => n);
      expect(packs.flat()).toEqual(all);
      for (const pack of packs) {
        expect(pack.length).toBeLessThanOrEqual(most);
        if (pack.length > 1) expect(pack.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(size);
      }
    }),
  );
});
