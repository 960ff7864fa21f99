// How nouns write their documents: what has nothing to say leaves nothing behind.
import type { Block, Commands, Detail, Fact, Item, List, Paragraph, Section, Table, Tone } from './document.ts';
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

export const paragraph = (text: string, tone?: Tone): Paragraph => ({ kind: 'paragraph', text, ...(tone ? { tone } : {}) });

/** A list of what has more to say, or nothing where it is empty. */
export const entries = (key: string, of: readonly Item[]): List[] => (of.length > 0 ? [{ kind: 'list', key, items: of }] : []);

export const table = (key: string, rows: readonly (readonly string[])[], head?: readonly string[]): Table[] =>
  rows.length > 0 ? [{ kind: 'table', key, rows, ...(head ? { head } : {}) }] : [];

export const commandBlock = (commands: readonly string[]): Commands[] => (commands.length > 0 ? [{ kind: 'commands', commands }] : []);

/** One thing to do, and the commands that do it. */
export const step = (text: string, commands: readonly string[] = []): Item => ({ text, blocks: commandBlock(commands) });

/** What to do now, in order. */
export const next = (steps: readonly Item[]): Section => ({
  kind: 'section',
  key: 'next',
  heading: 'NEXT',
  blocks: steps.length > 0 ? [{ kind: 'list', key: 'steps', isOrdered: true, items: steps }] : [paragraph('Nothing to do.')],
});
