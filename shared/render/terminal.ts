// Reports for a terminal. Every string of an account is cleaned here: nothing in it can steer a terminal.
import { styleText } from 'node:util';
import type { Block, Item, List, Report, Tone } from '../content/document.ts';
import { clean } from '../content/text.ts';

export interface View {
  columns: number;
  colour: boolean;
}

const FORMATS = { title: ['bold'], good: ['green'], bad: ['bold', 'red'], warning: ['yellow'], quiet: ['dim'] } as const;
// Narrower than this nothing can be laid out sensibly.
const LEAST_COLUMNS = 40;
const STEP = 2;

/** A text in its tone. The words must say the same without it. */
const paint = (tone: Tone | 'title' | undefined, text: string, colour: boolean): string =>
  tone && colour && text !== '' ? styleText([...FORMATS[tone]], text, { validateStream: false }) : text;

/** Packs words into lines; a word that is wider than a line stays whole, because ids must stay whole. */
function pack(words: readonly string[], first: number, rest: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const width = lines.length === 0 ? first : rest;
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

const words = (text: string): string[] => clean(text).split(' ').filter(Boolean);

/** A paragraph, wrapped; `hang` indents what follows its first line. */
function wrapped(text: string, indent: number, hang: number, columns: number): string[] {
  const [first = '', ...rest] = pack(words(text), columns - indent, columns - indent - hang);
  return [' '.repeat(indent) + first, ...rest.map((line) => ' '.repeat(indent + hang) + line)];
}

// A shell continues a line after a backslash, but not inside single quotes: quoted parts stay whole.
const SHELL_WORD = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|['"\\])+/gu;

/** An option with its values, which belong on one line where they fit there. */
function units(parts: readonly string[], width: number): string[] {
  const all: string[][] = [];
  for (const part of parts) {
    const unit = all.at(-1);
    if (unit && !/^(--?[a-z]|\|$)/.test(part)) unit.push(part);
    else all.push([part]);
  }
  return all.flatMap((unit) => (unit.join(' ').length <= width ? [unit.join(' ')] : unit));
}

function commandLines(command: string, indent: number, columns: number): string[] {
  const width = columns - indent;
  const parts = clean(command).match(SHELL_WORD) ?? [];
  const whole = parts.join(' ');
  const lines = whole.length <= width ? [whole] : pack(units(parts, width - 4), width - 2, width - 4);
  return lines.map((line, index) => `${' '.repeat(index === 0 ? indent : indent + 2)}${line}${index < lines.length - 1 ? ' \\' : ''}`);
}

// A last column narrower than this is no better than a paragraph.
const LEAST_CELL = 24;

function tableLines(rows: readonly (readonly string[])[], indent: number, columns: number): string[] {
  const cells = rows.map((row) => row.map((cell) => clean(cell).trim()));
  const widths = cells.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)), []);
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, indent);
  const longest = Math.max(LEAST_CELL, ...cells.flatMap((row) => words(row.at(-1) ?? '').map((word) => word.length)));
  const isWide = before + (widths.at(-1) ?? 0) > columns;
  if (isWide && columns - before < longest) {
    return cells.flatMap((row) => wrapped(row.filter((cell) => cell !== '').join(' '), indent, 2, columns));
  }
  return cells.flatMap((row) => {
    const left = row.slice(0, -1).map((cell, index) => `${cell.padEnd(widths[index] ?? 0)}  `);
    const [first = '', ...rest] = pack(words(row.at(-1) ?? ''), columns - before, columns - before);
    return [(' '.repeat(indent) + left.join('') + first).trimEnd(), ...rest.map((line) => ' '.repeat(before) + line)];
  });
}

/** One block, as far in as it is nested; what says more of an item stands flush below it. */
function blockLines(block: Block, indent: number, view: View, inItem = false): string[] {
  const { columns, colour } = view;
  const said = (text: string, tone: Tone | 'title' | undefined, hang = STEP) =>
    wrapped(text, indent, hang, columns).map((line) => paint(tone, line.trimEnd(), colour));
  switch (block.kind) {
    case 'paragraph':
      return said(block.text, block.tone, inItem ? 0 : STEP);
    case 'fact':
      return said(`${block.label}: ${block.says}`, block.tone);
    case 'list':
      return block.items.flatMap((item, index) => itemLines(item, block, index, indent, view));
    case 'table':
      return tableLines([...(block.head ? [block.head] : []), ...block.rows], indent, columns);
    case 'commands':
      return block.commands.flatMap((command) => commandLines(command, indent, columns));
    case 'code':
      return block.text.split('\n').map((line) => (' '.repeat(indent) + clean(line)).trimEnd());
    case 'section': {
      const heading = said(block.heading, block.tone ?? (indent === 0 ? 'title' : undefined));
      const lines = [...heading, ...block.blocks.flatMap((each) => blockLines(each, indent + STEP, view))];
      return indent === 0 ? ['', ...lines, ''] : lines;
    }
  }
}

function itemLines({ text, blocks = [] }: Item, { isOrdered, tone }: List, index: number, indent: number, view: View): string[] {
  const mark = isOrdered ? `${index + 1}. ` : '- ';
  const first = wrapped(`${mark}${text}`, indent, isOrdered ? 3 : STEP, view.columns);
  return [
    ...first.map((line) => paint(tone, line.trimEnd(), view.colour)),
    ...blocks.flatMap((block) => blockLines(block, indent + STEP, view, true)),
  ];
}

/** Reports as text, ending with a newline and without two blank lines in a row. */
export function terminal(reports: readonly Report[], { colour, columns }: View): string {
  const view = { colour, columns: Math.max(LEAST_COLUMNS, columns) };
  const printed = reports.flatMap(({ title, tone, blocks }, index) => [
    ...(title !== undefined && index > 0 ? ['', paint('quiet', '-'.repeat(20), colour)] : []),
    ...(title === undefined
      ? []
      : blockLines({ kind: 'paragraph', text: title }, 0, view).map((line) => paint(tone ?? 'title', line, colour))),
    ...blocks.flatMap((block) => blockLines(block, 0, view)),
  ]);
  return `${printed
    .filter((line, index) => line !== '' || (index > 0 && printed[index - 1] !== ''))
    .join('\n')
    .trim()}\n`;
}
