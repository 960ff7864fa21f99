export interface SandboxClock {
  now(): Date;
  /** Moves time on; everything that falls due on the way happens in order, each at its own time. */
  advance(minutes: number): void;
  /** Jumps to a time. Going back undoes nothing. */
  set(at: Date): void;
}

export interface Timeline extends SandboxClock {
  /** Runs `what` once, when the clock gets `minutes` further. */
  after(minutes: number, what: () => void): void;
  /** Runs what has fallen due: for a clock that moves by itself. */
  settle(): void;
}

interface Due {
  at: number;
  what: () => void;
}

/** A clock that stands still until it is moved; with `realTime` it also moves with the machine's. */
export function createTimeline(start: Date, realTime: boolean): Timeline {
  const wall = (): number => (realTime ? Date.now() : 0);
  let offset = start.getTime() - wall();
  // While a due event runs, the time is that event's own.
  let pinned: number | undefined;
  let queue: Due[] = [];
  const nowMs = (): number => pinned ?? wall() + offset;

  const runUntil = (target: number): void => {
    for (;;) {
      const next = queue.reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined);
      if (!next || next.at > target) return;
      queue = queue.filter((due) => due !== next);
      pinned = next.at;
      try {
        next.what();
      } finally {
        pinned = undefined;
      }
    }
  };
  const moveTo = (target: number): void => {
    runUntil(target);
    offset = target - wall();
  };
  return {
    now: () => new Date(nowMs()),
    advance: (minutes) => moveTo(nowMs() + minutes * 60_000),
    set: (at) => moveTo(at.getTime()),
    after: (minutes, what) => {
      queue.push({ at: nowMs() + minutes * 60_000, what });
    },
    settle: () => runUntil(nowMs()),
  };
}
