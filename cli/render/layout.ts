import { clean } from '../../shared/content/text.ts';
import { paint, type Tone } from './style.ts';

/** What sections are made of. Only `layout` turns it into characters, so that every string of an account is cleaned there. */
export type Line =
  /** A paragraph, wrapped; `hang` indents what follows its first line. */
  | { text: string; indent?: number; hang?: number; tone?: Tone }
  /** A shell command, to be copied: wrapped with backslashes, outside of quotes. */
  | { command: string; indent: number }
  /** A line of a file, to be copied: neither wrapped nor moved, however wide. */
  | { verbatim: string; indent: number }
  /** Aligned columns, where they fit. */
  | { rows: readonly (readonly string[])[]; indent: number };

export interface View {
  columns: number;
  colour: boolean;
}

export const BLANK: Line = { text: '' };

// Narrower than this nothing can be laid out sensibly.
const LEAST_COLUMNS = 40;

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

function paragraph(text: string, indent: number, hang: number, columns: number): string[] {
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

function table(rows: readonly (readonly string[])[], indent: number, columns: number): string[] {
  const cells = rows.map((row) => row.map((cell) => clean(cell).trim()));
  const widths = cells.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)), []);
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, indent);
  const longest = Math.max(LEAST_CELL, ...cells.flatMap((row) => words(row.at(-1) ?? '').map((word) => word.length)));
  const isWide = before + (widths.at(-1) ?? 0) > columns;
  if (isWide && columns - before < longest) {
    return cells.flatMap((row) => paragraph(row.filter((cell) => cell !== '').join(' '), indent, 2, columns));
  }
  return cells.flatMap((row) => {
    const left = row.slice(0, -1).map((cell, index) => `${cell.padEnd(widths[index] ?? 0)}  `);
    const [first = '', ...rest] = pack(words(row.at(-1) ?? ''), columns - before, columns - before);
    return [(' '.repeat(indent) + left.join('') + first).trimEnd(), ...rest.map((line) => ' '.repeat(before) + line)];
  });
}

function layoutLine(line: Line, { columns, colour }: View): string[] {
  if ('verbatim' in line) return [(' '.repeat(line.indent) + clean(line.verbatim)).trimEnd()];
  if ('command' in line) return commandLines(line.command, line.indent, columns);
  if ('rows' in line) return table(line.rows, line.indent, columns);
  return paragraph(line.text, line.indent ?? 0, line.hang ?? 0, columns).map((each) => paint(line.tone, each.trimEnd(), colour));
}

/** The text of a report, ending with a newline and without two blank lines in a row. */
export function layout(lines: readonly Line[], view: View): string {
  const columns = Math.max(LEAST_COLUMNS, view.columns);
  const printed = lines.flatMap((line) => layoutLine(line, { ...view, columns }));
  return `${printed
    .filter((line, index) => line !== '' || (index > 0 && printed[index - 1] !== ''))
    .join('\n')
    .trimEnd()}\n`;
}
