import type { Finding } from '../domain/finding.ts';
import { sightingsOf } from './report/evidence.ts';

/** When the last of the suspects is old enough to be an orphan, or undefined when that is not known. */
export function dueAt(suspects: readonly Finding[], minAgeMinutes: number): Date | undefined {
  const due = Math.max(...suspects.map((each) => Date.parse(sightingsOf(each.evidence)?.first || each.firstSeen) + minAgeMinutes * 60_000));
  return Number.isFinite(due) ? new Date(due) : undefined;
}

/** What is shown to the minute is rounded up: a minute early would be too early. */
export const toMinute = (at: Date): Date => new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
