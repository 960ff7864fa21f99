export interface Pace {
  /** Waits until the next call may be made. */
  next(): Promise<void>;
  /** Halves the rate: the account was throttled, and its live controllers share the bucket. */
  slowDown(): void;
}

// Longer than this the run's time would be better spent by a later one.
const SLOWEST_MS = 30_000;

/** Even pacing, never a burst: calls are at least `1 / perSecond` apart. */
export function createPace(perSecond: number, clock: () => Date, sleep: (ms: number) => Promise<void>): Pace {
  let intervalMs = 1_000 / perSecond;
  let last: number | undefined;
  return {
    next: async () => {
      const wait = last === undefined ? 0 : last + intervalMs - clock().getTime();
      if (wait > 0) await sleep(wait);
      last = clock().getTime();
    },
    slowDown: () => {
      intervalMs = Math.min(SLOWEST_MS, intervalMs * 2);
      last = clock().getTime();
    },
  };
}
