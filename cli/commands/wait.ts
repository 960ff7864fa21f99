import { minuteOf } from '../../shared/content/time.ts';
import { count } from '../../shared/content/words.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import { dueAt, toMinute } from '../../shared/findings/due.ts';
import { print } from '../output.ts';
import type { Terminal, World } from '../ports.ts';
import { isWatched, progress } from '../progress.ts';

// The second sighting must not come a moment too early by anybody's clock.
const MARGIN_MS = 5_000;
const TICK_MS = 1_000;
// Without a countdown: still short, because a timer stands still while a laptop sleeps and the clock does not.
const STEP_MS = 15_000;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** `29:59`, `1:00:00`. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:${twoDigits(minutes)}` : minutes}:${twoDigits(seconds % 60)}`;
}

/** When the second look is due: never later than the minimum age from now, whatever the ledger says of the first one. */
function secondLook(suspects: readonly Finding[], minAgeMinutes: number, now: number): number {
  const longest = now + minAgeMinutes * 60_000;
  const due = dueAt(suspects, minAgeMinutes)?.getTime() ?? longest;
  return Math.min(Math.max(due, now), longest) + MARGIN_MS;
}

/** Waits until the suspects have been suspects for long enough. Gives whether it came to that, or Ctrl-C came first. */
export async function waitForSecondLook(
  suspects: readonly Finding[],
  minAgeMinutes: number,
  terminal: Terminal,
  world: Pick<World, 'clock' | 'sleep' | 'onInterrupt'>,
): Promise<'due' | 'interrupted'> {
  const now = () => world.clock().getTime();
  const until = secondLook(suspects, minAgeMinutes, now());
  const [at, who] = [minuteOf(toMinute(new Date(until))), count(suspects.length, 'suspect')];
  const isCounting = isWatched(terminal);
  if (!isCounting)
    await print(terminal.stderr, `waiting until ${at} to look at ${who} a second time; Ctrl-C ends it, and nothing is deleted before\n`);
  const [line, interrupted] = [progress(terminal), new AbortController()];
  const stop = world.onInterrupt(() => interrupted.abort());
  while (!interrupted.signal.aborted && now() < until) {
    const left = until - now();
    line.says(`second look at ${who} in ${countdown(left)}, at ${at.slice(11)} (Ctrl-C ends it)`);
    await world.sleep(Math.min(left, isCounting ? TICK_MS : STEP_MS), interrupted.signal);
  }
  line.clear();
  // Once heard, it goes on being heard: npm hands a Ctrl-C on to the program that has had it from the terminal already, and that
  // second one would end us before anything is printed.
  if (interrupted.signal.aborted) return 'interrupted';
  stop();
  return 'due';
}
