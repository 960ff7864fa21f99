import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Interval,
  type Intervals,
  intersect,
  overlap,
  type Point,
  sizeOf,
  subtract,
  unionOf,
} from '../../shared/network/intervals.ts';
import { runs } from '../support/runs.ts';

const SIZE = 24;
const interval = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: 8 }))
  .map(([start, length]): Interval => ({ start, end: Math.min(start + length, SIZE) }));
const set = fc.array(interval, { maxLength: 8 }).map((intervals) => unionOf(intervals));
const asBigints = (intervals: Intervals): Intervals => intervals.map(({ start, end }) => ({ start: BigInt(start), end: BigInt(end) }));
const pointsOf = (intervals: Iterable<Interval>): number[] => {
  const all = [...intervals];
  return Array.from({ length: SIZE }, (_, point) => point).filter((point) => all.some(({ start, end }) => start <= point && point < end));
};
const isSorted = (intervals: Intervals) =>
  intervals.every(({ start, end }, at) => start < end && (at === 0 || (intervals[at - 1] as { end: Point }).end <= start));

describe('sets of intervals', () => {
  it('are what sets of points are, and stay sorted and disjoint', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [left, right] = [pointsOf(a), pointsOf(b)];
        expect(pointsOf(unionOf([...a, ...b]))).toEqual([...new Set([...left, ...right])].sort((x, y) => x - y));
        expect(pointsOf(intersect(a, b))).toEqual(left.filter((point) => right.includes(point)));
        expect(pointsOf(subtract(a, b))).toEqual(left.filter((point) => !right.includes(point)));
        expect(overlap(a, b)).toBe(left.some((point) => right.includes(point)));
        expect(sizeOf(a)).toBe(left.length);
        for (const result of [unionOf([...a, ...b]), intersect(a, b), subtract(a, b)]) expect(isSorted(result)).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('are the same of numbers and of bigints', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(intersect(asBigints(a), asBigints(b))).toEqual(asBigints(intersect(a, b)));
        expect(subtract(asBigints(a), asBigints(b))).toEqual(asBigints(subtract(a, b)));
      }),
    );
  });

  it('have a size even where a number is too coarse for their ends', () => {
    const start = 2n ** 127n;
    expect(sizeOf([{ start, end: start + 1n }])).toBe(1);
  });
});
