import { stripVTControlCharacters } from 'node:util';

/**
 * A string from anywhere as it may be printed: one line, no escape sequence, nothing that moves the cursor, reverses the
 * direction of writing or cannot be seen. Names and tags in an account are anybody's to choose.
 */
export const clean = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/[\t-\r\u0085\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');

/** `1 orphan`, `2 orphans`, `2 addresses`. */
export function count(n: number, noun: string): string {
  if (n === 1) return `1 ${noun}`;
  return `${n} ${/(s|x|ch)$/.test(noun) ? `${noun}es` : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** `a`, `a and b`, `a, b and c`. */
export const andList = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** The first `most` of them, and how many more there are. */
export const shortList = (words: readonly string[], most: number): string =>
  words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${words.length - most} more`;

/** A span of time in the unit that a person would use. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} days`;
}

/** A moment to the minute, in UTC. */
export const minuteOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The same for a time as it is kept; what is no time stays as it is. */
export const timeOf = (at: string): string => (Number.isFinite(Date.parse(at)) ? minuteOf(new Date(at)) : at);

/** The same things in the order of their first appearance, by a key. */
export function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return [...groups];
}
