import type { DeletedCluster, Teardown } from './teardown.ts';

// A cluster takes minutes to go, its nodes and their interfaces up to hours. The first step is as long as one SQS delay can be.
const LADDER_MINUTES = [15, 45, 90, 4 * 60, 24 * 60];
const AFTERWARDS_MINUTES = 24 * 60;

/** The step after which people are told what is left; before it, leftovers may still be on their way out. */
export const LAST_RUNG = LADDER_MINUTES.length;

const after = (since: string, minutes: number): string => new Date(Date.parse(since) + minutes * 60_000).toISOString();

/** A follow-up that begins at `openedAt`. */
export function beginTeardown(
  cluster: DeletedCluster,
  openedBy: Teardown['openedBy'],
  openedAt: string,
  seen: readonly string[],
): Teardown {
  return { cluster, openedBy, openedAt, status: 'open', rung: 0, notBefore: after(openedAt, LADDER_MINUTES[0] ?? 0), seen };
}

/** The same follow-up one step on: the first step that is still to come, and once a day after the last. */
export function climb(teardown: Teardown, at: Date): Teardown {
  const done = LADDER_MINUTES.filter((minutes) => Date.parse(after(teardown.openedAt, minutes)) <= at.getTime()).length;
  const next = LADDER_MINUTES[done];
  const notBefore = next === undefined ? after(at.toISOString(), AFTERWARDS_MINUTES) : after(teardown.openedAt, next);
  return { ...teardown, rung: Math.max(done, teardown.rung), notBefore };
}

/** Whether it is time to look again. */
export const isDue = (teardown: Teardown, at: Date): boolean =>
  teardown.status === 'open' && Date.parse(teardown.notBefore) <= at.getTime();
