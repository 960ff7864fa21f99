// Slack refuses a message near 13,200 characters of its blocks' JSON, which it documents nowhere.
import { packed } from '../../content/packs.ts';
import type { Line } from './rich-text.ts';

const PAGE = 9_000;
// What the elements around a line take.
const AROUND = 150;

/** What a line takes of a message: in bytes, and in entities, as Slack may count. */
const weightOf = ({ elements }: Line): number => Buffer.byteLength(JSON.stringify(elements).replace(/[&<>]/g, '&amp;')) + AROUND;

/** Lines in messages, whole ones, as many as fit into each. */
export const pagesOf = (lines: readonly Line[], page = PAGE): Line[][] =>
  packed(
    // What says nothing would make a message without blocks.
    lines.filter(({ elements }) => elements.length > 0),
    { size: page },
    weightOf,
  );

/** As many messages at most; in the place of the lines that do not fit, what `rest` says of how many they are: two short lines. */
export function firstPages(lines: readonly Line[], most: number, rest: (left: number) => readonly Line[], page = PAGE): Line[][] {
  const pages = pagesOf(lines, page);
  const shown = pages.slice(0, most);
  const left = pages.slice(most).flat().length;
  return left === 0 ? shown : [...shown.slice(0, -1), [...(shown.at(-1) ?? []), ...rest(left)]];
}
