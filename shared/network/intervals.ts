// Sets of addresses as sorted, disjoint, half-open intervals. Half-open, because then no set operation has to add or subtract
// one: only comparisons are left, and the same code serves IPv4 (numbers, for speed) and IPv6 (bigints).
export type Point = number | bigint;

/** From `start` up to, but without, `end`; never empty. */
export interface Interval {
  readonly start: Point;
  readonly end: Point;
}

/** Sorted and disjoint. */
export type Intervals = readonly Interval[];

const compare = (a: Point, b: Point): number => (a < b ? -1 : a > b ? 1 : 0);

// Math.min takes no bigint.
const earlier = (a: Point, b: Point): Point => (compare(a, b) < 0 ? a : b);
const later = (a: Point, b: Point): Point => (compare(a, b) < 0 ? b : a);

/** The union of intervals in any order, merged where they touch. */
export function unionOf(intervals: Iterable<Interval>): Intervals {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => compare(a.start, b.start))) {
    const last = merged.at(-1);
    if (last && next.start <= last.end) {
      if (next.end > last.end) merged[merged.length - 1] = { start: last.start, end: next.end };
    } else merged.push(next);
  }
  return merged;
}

/** The index of the first interval that ends after `point`. */
function firstEndingAfter(set: Intervals, point: Point): number {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set[middle] as Interval).end > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What two sets share. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  const [firstA, firstB] = [a[0], b[0]];
  if (!firstA || !firstB) return [];
  const shared: Interval[] = [];
  // A narrow rule against a thousand node addresses begins in the middle and ends soon after.
  let [i, j] = [firstEndingAfter(a, firstB.start), firstEndingAfter(b, firstA.start)];
  for (let left = a[i], right = b[j]; left && right; left = a[i], right = b[j]) {
    const [start, end] = [later(left.start, right.start), earlier(left.end, right.end)];
    if (start < end) shared.push(start === left.start && end === left.end ? left : { start, end });
    if (left.end <= right.end) i += 1;
    else j += 1;
  }
  return shared;
}

/** What of `a` is not in `b`. */
export function subtract(a: Intervals, b: Intervals): Intervals {
  if (b.length === 0) return a;
  const rest: Interval[] = [];
  let j = 0;
  for (const { start, end } of a) {
    let from = start;
    while (j < b.length && (b[j] as Interval).end <= from) j += 1;
    for (let k = j; k < b.length && (b[k] as Interval).start < end; k += 1) {
      const hole = b[k] as Interval;
      if (hole.start > from) rest.push({ start: from, end: hole.start });
      from = hole.end;
    }
    if (from < end) rest.push({ start: from, end });
  }
  return rest;
}

/** Whether two sets share a point. */
export const overlap = (a: Intervals, b: Intervals): boolean => intersect(a, b).length > 0;

// Two IPv6 addresses side by side are one number: the difference has to be taken before it becomes one.
const lengthOf = ({ start, end }: Interval): number => (typeof start === 'bigint' ? Number(BigInt(end) - start) : Number(end) - start);

/** How many points a set has; of large IPv6 sets only about, which is enough to compare them. */
export const sizeOf = (set: Intervals): number => set.reduce((sum, each) => sum + lengthOf(each), 0);
