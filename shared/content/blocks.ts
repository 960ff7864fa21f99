// How nouns write their documents: what has nothing to say leaves nothing behind.
import type { Block, Detail, Fact, List, Section } from './document.ts';
import { thousands } from './words.ts';

const at = (detail: Detail | undefined) => (detail ? { detail } : {});

/** A fact, or nothing where nothing is known. */
export const fact = (key: string, label: string, says: string | undefined, detail?: Detail): Fact[] =>
  says ? [{ kind: 'fact', key, label, says, ...at(detail) }] : [];

/** A list, or nothing where it is empty. */
export const items = (key: string, texts: readonly string[], detail?: Detail): List[] =>
  texts.length > 0 ? [{ kind: 'list', key, items: texts.map((text) => ({ text })), ...at(detail) }] : [];

/** Lines of which there are `all`: the first `most`, and how many more there are, with the words for those. */
export function firstOf(texts: readonly string[], most: number, { all = texts.length, what = '' } = {}): string[] {
  const shown = texts.slice(0, most);
  return all > shown.length ? [...shown, `and ${thousands(all - shown.length)} more${what}`] : shown;
}

/** What stands under a heading, or nothing at all. */
export const section = (key: string, heading: string, blocks: readonly Block[], detail?: Detail): Section[] =>
  blocks.length > 0 ? [{ kind: 'section', key, heading, blocks, ...at(detail) }] : [];
