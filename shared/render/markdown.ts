// Reports for a pull request or a ticket: headings, lists, tables and code, as the document has them.
import type { Block, Item, List, Report, Table, Tone } from '../content/document.ts';
import { codeBlock, escapeMarkdown } from './markdown-text.ts';

// GitHub takes 65,536 characters for a comment; where there is more, the end is the rest of a list.
const MOST_CHARACTERS = 60_000;
const CUT = '_Cut here: `--format json` has all of it._';
const LOUD: ReadonlySet<Tone | undefined> = new Set(['bad', 'warning']);

/** Reports as Markdown, short enough for a comment: cut between two blocks where they are too long. */
export function markdown(reports: readonly Report[]): string {
  const parts = reports.flatMap(reportParts).filter((part) => part !== '');
  let length = CUT.length + 2;
  const tooMuch = parts.findIndex((part) => {
    length += part.length + 2;
    return length > MOST_CHARACTERS;
  });
  return `${(tooMuch < 0 ? parts : [...parts.slice(0, tooMuch), CUT]).join('\n\n')}\n`;
}

const reportParts = ({ title, blocks }: Report, index: number): string[] => [
  ...(title !== undefined && index > 0 ? ['---'] : []),
  ...(title === undefined ? [] : [`## ${escapeMarkdown(title)}`]),
  ...blocks.flatMap((block) => partsOf(block, true)),
];

const said = (text: string, tone: Tone | undefined): string => {
  const escaped = escapeMarkdown(text);
  return LOUD.has(tone) && escaped !== '' ? `**${escaped}**` : escaped;
};

/** What a block becomes: parts between which a blank line stands. */
function partsOf(block: Block, isTop = false): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [said(block.text, block.tone)];
    case 'fact':
      return [said(`${block.label}: ${block.says}`, block.tone)];
    case 'list':
      return listParts(block);
    case 'table':
      return [tableOf(block)];
    case 'commands':
      return [codeBlock(block.commands).join('\n')];
    case 'code':
      return [codeBlock(block.text.split('\n'), block.language).join('\n')];
    case 'section':
      return [
        isTop ? `### ${escapeMarkdown(block.heading)}` : said(block.heading, block.tone),
        ...block.blocks.flatMap((each) => partsOf(each)),
      ];
  }
}

/** Items follow one another closely, as long as no code or table stands between them. */
function listParts({ items, isOrdered }: List): string[] {
  const parts: string[][] = [];
  let isOpen = false;
  for (const [index, item] of items.entries()) {
    const { lines, others } = itemParts(item, isOrdered ? `${index + 1}. ` : '- ');
    const last = parts.at(-1);
    if (isOpen && last) last.push(...lines);
    else parts.push(lines);
    parts.push(...others.map((part) => [part]));
    isOpen = others.length === 0;
  }
  return parts.map((lines) => lines.join('\n'));
}

function itemParts({ text, blocks = [] }: Item, mark: string): { lines: string[]; others: string[] } {
  const end = blocks.findIndex(({ kind }) => kind !== 'paragraph');
  const [more, others] = end < 0 ? [blocks, []] : [blocks.slice(0, end), blocks.slice(end)];
  return {
    lines: [`${mark}${escapeMarkdown(text)}`, ...more.flatMap((block) => partsOf(block)).map((part) => `  - ${part}`)],
    others: others.flatMap((block) => partsOf(block)),
  };
}

/** A table without a head is none in Markdown: there it has an empty one. */
function tableOf({ head = [], rows }: Table): string {
  const columns = Math.max(head.length, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]) => `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  return [
    line(head.map(escapeMarkdown)),
    line(Array<string>(columns).fill('---')),
    ...rows.map((row) => line(row.map(escapeMarkdown))),
  ].join('\n');
}
