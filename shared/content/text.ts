import { stripVTControlCharacters } from 'node:util';

/**
 * A string from anywhere as it may be shown to a person: one line, no escape sequence, nothing that moves the cursor, reverses the
 * direction of writing or cannot be seen. Names and tags in an account are anybody's to choose.
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
