// An audit for a pull request or a ticket: what the table says, in Markdown.
import type { AuditReport } from '../../shared/model/report.ts';
import type { UnreadRegion } from './audit-json.ts';
import type { Line } from './layout.ts';
import { codeBlock, escapeMarkdown } from './markdown-text.ts';
import type { Tone } from './style.ts';
import { type AuditView, auditLines } from './table.ts';

// GitHub takes 65,536 characters for a comment; where there is more, the end is the rest of a list.
const MOST_CHARACTERS = 60_000;
const CUT = '\n\n_Cut here: `--format json` has all of it._\n';

/** The report of an audit as Markdown, short enough for a comment. */
export function auditMarkdown(reports: readonly AuditReport[], failed: readonly UnreadRegion[], view: AuditView): string {
  const lines = auditLines(reports, failed, view);
  const text = `${toMarkdown(headed(lines, reports.length + failed.length))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
  return text.length <= MOST_CHARACTERS ? text : cutAtBlock(text);
}

/** One region's sentence is the heading; of several, each is an item under one. */
function headed(lines: readonly Line[], regions: number): Line[] {
  if (regions <= 1) return [...lines];
  const item = (line: Line): Line => ('text' in line ? { ...line, text: `- ${line.text}`, tone: 'quiet' } : line);
  return [{ text: `SGP Warden: ${regions} regions` }, ...lines.slice(0, regions).map(item), ...lines.slice(regions)];
}

/** Between two blocks, and never inside of code. */
function cutAtBlock(text: string): string {
  const blocks = text.split('\n\n');
  const kept: string[] = [];
  let length = CUT.length;
  for (const block of blocks) {
    length += block.length + 2;
    if (length > MOST_CHARACTERS) break;
    kept.push(block);
  }
  const isOpen = () => (kept.join('\n').match(/^`{3,}/gm)?.length ?? 0) % 2 > 0;
  while (isOpen()) kept.pop();
  return `${kept.join('\n\n')}${CUT}`;
}

/** Headings, lists, tables and code of what the table is made of. */
function toMarkdown(lines: readonly Line[]): string[] {
  const [title, ...rest] = lines;
  const heading = title && 'text' in title ? [`## ${escapeMarkdown(title.text)}`] : [];
  return [...heading, ...rest.flatMap((line, index) => blockOf(line, rest.slice(0, index), rest.slice(index)))];
}

/** What a line becomes, by those before it and those from it on. */
function blockOf(line: Line, before: readonly Line[], from: readonly Line[]): string[] {
  const last = before.at(-1);
  if ('rows' in line) return ['', ...tableOf(line.rows), ''];
  if (!('text' in line)) return isSameCode(last, line) ? [] : ['', ...codeBlock(codeFrom(from), 'command' in line ? 'sh' : 'hcl'), ''];
  if (line.text === '') return [''];
  if (/^-{5,}$/.test(line.text)) return ['', '---', ''];
  if (line.tone === 'title') return ['', `### ${escapeMarkdown(line.text)}`, ''];
  const [mark = ''] = ITEM.exec(line.text) ?? [];
  const said = escapeMarkdown(line.text.slice(mark.length));
  if (mark !== '') return [...(isItem(last) || isOfItem(before) ? [] : ['']), `${mark}${said}`];
  // What follows an item and stands further in says more of it.
  if (isOfItem([...before, line])) return [`  - ${said}`];
  return ['', LOUD.has(line.tone) ? `**${said}**` : said, ''];
}

const LOUD: ReadonlySet<Tone | undefined> = new Set(['bad', 'warn']);
const ITEM = /^(- |\d+\. )/;
const isItem = (line: Line | undefined): boolean => line !== undefined && 'text' in line && ITEM.test(line.text);

/** Whether the last of some lines belongs to an item above it. */
function isOfItem(lines: readonly Line[]): boolean {
  const last = lines.at(-1);
  const item = lines.findLastIndex(isItem);
  const head = lines[item];
  if (!last || !head || !('text' in last) || !('text' in head) || last === head || last.text === '') return false;
  return lines.slice(item + 1).every((line) => 'text' in line && line.text !== '' && (line.indent ?? 0) > (head.indent ?? 0));
}

type Code = Extract<Line, { command: string } | { verbatim: string }>;
const isSameCode = (before: Line | undefined, line: Code): boolean =>
  before !== undefined && ('command' in line ? 'command' in before : 'verbatim' in before);
const textOf = (line: Code): string => ('command' in line ? line.command : line.verbatim);

/** The commands, or the lines of a file, that stand together at the beginning. */
function codeFrom(lines: readonly Line[]): string[] {
  const end = lines.findIndex((line, index) => index > 0 && ('text' in line || 'rows' in line || !isSameCode(lines[index - 1], line)));
  return lines.slice(0, end < 0 ? lines.length : end).flatMap((line) => ('text' in line || 'rows' in line ? [] : [textOf(line)]));
}

function tableOf(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const line = (cells: readonly string[]) => `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const [head, ...body] = rows.map((row) => row.map(escapeMarkdown));
  // A table without a head is none; ours have none of their own but the matrix of paths.
  return head === undefined
    ? []
    : [
        line(isHead(rows[0]) ? head : []),
        line(Array.from({ length: columns }, () => '---')),
        ...(isHead(rows[0]) ? body : [head, ...body]).map(line),
      ];
}

const isHead = (row: readonly string[] | undefined): boolean => row?.[0] === 'security groups';
