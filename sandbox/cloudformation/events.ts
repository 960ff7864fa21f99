// Which events a rule lets through, and how often a schedule fires.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
import { isFields, type Json, unknown } from './template.ts';

/** Whether an event matches a pattern: every field of the pattern is in the event, with one of the listed values. */
export function matchesPattern(pattern: Json, event: unknown): boolean {
  if (!isFields(pattern)) return unknown(`the event pattern ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[key] : undefined;
    return Array.isArray(wanted) ? wanted.some((each: Json) => matchesValue(each, value)) : matchesPattern(wanted, value);
  });
}

function matchesValue(wanted: Json, value: unknown): boolean {
  if (!isFields(wanted)) return wanted === value;
  const [filter, ...more] = Object.keys(wanted);
  if (filter === 'exists' && more.length === 0) return (value !== undefined) === wanted.exists;
  return unknown(`the filter ${JSON.stringify(wanted)} of an event pattern`);
}

/** The minutes between two firings of `rate(30 minutes)`. */
export function minutesOf(schedule: string): number {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? unknown(`the schedule ${schedule}`);
  return Number(count) * ({ minute: 1, hour: 60, day: 1_440 }[unit] ?? 1);
}
