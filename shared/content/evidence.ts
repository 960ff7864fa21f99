// Evidence is made by rules and kept in ledgers of other versions: whatever its shape, it is shown as lines, and never too many.
import type { Evidence } from '../domain/verdict.ts';
import { fact, firstOf, items, section } from './blocks.ts';
import type { Block } from './document.ts';

const MOST_LEAVES = 400;
const MOST_WORDS = 50;
const MOST_FIELDS = 5;
const MOST_LETTERS = 2_000;
const DEPTH = 6;

const MOST_PARTS = 40;

type Leaf = readonly [path: string, says: string];

/** What evidence says, a line for each part of it that has no parts of its own. */
export function leavesOf(evidence: Evidence): Leaf[] {
  const leaves: Leaf[] = [];
  collect(leaves, '', evidence, DEPTH);
  return leaves;
}

function collect(leaves: Leaf[], path: string, value: unknown, depth: number): void {
  if (leaves.length >= MOST_LEAVES || value === undefined) return;
  const words = path === '' ? undefined : wordsOf(value);
  if (words !== undefined) leaves.push([path, words]);
  else if (depth === 0) leaves.push([path, '…']);
  else for (const [key, part] of partsOf(value)) collect(leaves, path ? `${path} ${key}` : key, part, depth - 1);
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;
// People count from one.
const partsOf = (value: unknown): [key: string, part: unknown][] =>
  Array.isArray(value)
    ? value.slice(0, MOST_LEAVES).map((part, index) => [String(index + 1), part])
    : Object.entries(value ?? {}).slice(0, MOST_LEAVES);

// Long ones are cut again, where they are shown.
const wordOf = (value: unknown): string => String(value).slice(0, MOST_LETTERS);

/** What can be said in one line; undefined for what has parts of its own. */
function wordsOf(value: unknown): string | undefined {
  if (isPlain(value)) return wordOf(value);
  const parts = partsOf(value).filter(([, part]) => part !== undefined);
  if (!parts.every(([, part]) => isPlain(part))) return undefined;
  if (!Array.isArray(value))
    return parts.length <= MOST_FIELDS ? parts.map(([key, part]) => `${key} ${wordOf(part)}`).join(', ') : undefined;
  const more = value.length > MOST_WORDS ? [`and ${value.length - MOST_WORDS} more`] : [];
  return [...parts.slice(0, MOST_WORDS).map(([, part]) => wordOf(part)), ...more].join(', ');
}

/** Every part of some evidence under its title, with its first lines; a rule says the titles, and nothing else is written for any of them. */
export function evidenceBlocks(evidence: Evidence, titles: ReadonlyMap<string, string>, most = MOST_LEAVES): Block[] {
  const parts = Object.entries(evidence).slice(0, MOST_PARTS);
  // What no rule has a title for is anybody's word, and no label.
  const others = Object.fromEntries(parts.filter(([key]) => !titles.has(key)));
  return [
    ...parts.flatMap(([key, value]): Block[] => {
      const title = titles.get(key);
      if (title === undefined) return [];
      const leaves = leavesOf({ part: value }).map(([path, says]) => [path.slice('part '.length), says] as const);
      const [[path, says] = ['', ''], ...more] = leaves;
      return path === '' && more.length === 0 ? fact(key, title, says, 'evidence') : listed(key, title, leaves, most);
    }),
    ...listed('others', 'Other evidence', leavesOf(others), most),
  ];
}

const listed = (key: string, title: string, leaves: readonly Leaf[], most: number): Block[] => {
  const lines = leaves.map(([path, says]) => (path ? `${path}: ${says}` : says));
  return section(key, title, items(`${key}-list`, firstOf(lines, most)), 'evidence');
};
