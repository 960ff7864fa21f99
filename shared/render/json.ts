import { cut } from '../content/text.ts';

// JSON.stringify leaves these as they are, but XML (SNS's own answers), SQS and some JSON parsers refuse or lose them.
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const escaped = (found: string): string =>
  found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

export const SCHEMA_VERSION = 1;

/** Whether a machine-readable form is small enough for the message that it goes into. */
export type Fits = (json: string) => boolean;

/** JSON that every queue, subscriber and parser takes, and that reads back as the same value. */
export const toJson = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent).replace(UNSAFE, escaped);

/** A result for scripts, as a command prints it: nothing in it can steer a terminal. */
export const printedJson = (fields: object): string => `${toJson({ schemaVersion: SCHEMA_VERSION, ...fields }, 2)}\n`;

/** How much of a value is shown. */
export interface Caps {
  /** The bytes of a string. */
  text: number;
  /** The items of a list, the keys of an object. */
  items: number;
  depth: number;
  /** Whether what can be looked up again (evidence, leftovers) is shown at all. */
  details: boolean;
}

// Real evidence is some 3 KB, a certificate's leftover 400 bytes: the first fits almost always, the last whatever the input.
export const CAPS: readonly Caps[] = [
  { text: 4_000, items: 400, depth: 12, details: true },
  { text: 1_000, items: 100, depth: 8, details: true },
  { text: 500, items: 20, depth: 6, details: true },
  { text: 300, items: 10, depth: 6, details: false },
];

/** The value in JSON's own types within the caps, and whether anything had to go. */
export function trim(value: unknown, caps: Caps): { value: unknown; trimmed: boolean } {
  let trimmed = false;
  const text = (from: string): string => {
    // Strict parsers refuse half a surrogate pair, even escaped.
    const to = cut(from.toWellFormed(), caps.text);
    trimmed ||= to !== from;
    return to;
  };
  const some = <T>(all: readonly T[]): readonly T[] => {
    trimmed ||= all.length > caps.items;
    return all.slice(0, caps.items);
  };
  const walk = (from: unknown, depth: number): unknown => {
    if (typeof from === 'string') return text(from);
    if (typeof from === 'boolean' || from === null || (typeof from === 'number' && Number.isFinite(from))) return from;
    if (typeof from !== 'object') return from === undefined ? undefined : text(String(from));
    if (depth === 0) {
      trimmed = true;
      return '…';
    }
    if (Array.isArray(from)) return some(from).map((item) => walk(item, depth - 1) ?? null);
    return Object.fromEntries(some(Object.entries(from)).map(([key, item]) => [text(key), walk(item, depth - 1)]));
  };
  const walked = walk(value, caps.depth);
  return { value: walked, trimmed };
}

/** The most of something that fits, of at most `all`: more of it never fits better. */
export function mostThatFit(all: number, fits: (n: number) => boolean): number {
  if (fits(all)) return all;
  let [most, tooMany] = [0, all];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}
