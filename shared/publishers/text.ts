import { stripVTControlCharacters } from 'node:util';

/**
 * A string from anywhere as it may be shown to a person: one line, no escape sequence, nothing that reverses the direction of
 * writing or cannot be seen. Names and tags in an account are anybody's to choose.
 */
export const clean = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/[\t-\r\u0085\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '');

// SNS counts in UTF-8.
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** A text of at most so many bytes, with `mark` in the place of what had to go. Never half a character. */
export function cut(text: string, most: number, mark = '…'): string {
  if (bytesOf(text) <= most) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(0, most - bytesOf(mark))));
  return `${text.slice(0, read)}${mark}`;
}

/** The first lines that take at most so many bytes. Whole ones only: half a command is another command. */
export function linesWithin(most: number, lines: readonly string[]): string[] {
  let bytes = bytesOf('…');
  const tooMuch = lines.findIndex((line) => {
    bytes += bytesOf(line) + 1;
    return bytes > most;
  });
  return tooMuch < 0 ? [...lines] : [...lines.slice(0, tooMuch), '…'];
}

/** The same text in printable ASCII: what has no such form becomes `?`. */
export const ascii = (text: string): string =>
  clean(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/gu, '?')
    .replace(/ +/g, ' ')
    .trim();

/** What a sentence says before it goes into detail: everything up to the first `: ` or `; `. */
export const firstClause = (text: string): string => (text.split(/[:;] /)[0] ?? '').replace(/\.$/, '');

/** The details that `firstClause` leaves out. */
export const afterFirstClause = (text: string): string => text.slice(text.split(/[:;] /)[0]?.length ?? 0).replace(/^[:;] /, '');

/** Whether a sentence has this name as a word of its own. */
export const names = (text: string, name: string): boolean => text.split(/[^\w-]+/).includes(name);

export const count = (n: number, noun: string): string => `${thousands(n)} ${noun}${n === 1 ? '' : 's'}`;

export const thousands = (n: number): string => n.toLocaleString('en-US');

/** The first `most` of them, and how many more there are. */
export const shortList = (words: readonly string[], most: number): string =>
  words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${words.length - most} more`;

/** A moment to the minute in UTC; what is no moment stays as it is. */
export function minuteOf(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A moment's day in UTC; what is no moment stays as it is: half of it might be a link where the whole is not. */
export function dayOf(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : at.toISOString().slice(0, 10);
}
