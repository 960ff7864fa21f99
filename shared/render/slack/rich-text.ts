// Rich text shows a text element as it is: no markup, no mention, no link and no emoji is read out of it. Nothing of anybody's making
// may go into a message in another way.
import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types';
import { clean, cut } from '../../content/text.ts';
import { slackUserId } from '../../domain/slack.ts';

const LINE_BYTES = 1_000;

/** One line of a message, an item of a list, or a command by itself. */
export interface Line {
  as: 'line' | 'item' | 'code';
  elements: readonly RichTextElement[];
  /** Set apart from what is above it. */
  begins?: true;
}

/** Who may be shown as a person: users whom our own records name, as `slackUser` wrote them. */
export type People = readonly string[];

const tidy = (text: string, most = LINE_BYTES): string => cut(clean(text).trim(), most).trim();
const bold = (text: string): RichTextElement => ({ type: 'text', text, style: { bold: true } });

/** A text of anybody's making; the people in it are shown as people. */
function said(text: string, [person, ...others]: People): RichTextElement[] {
  if (person === undefined) return text === '' ? [] : [{ type: 'text', text }];
  const mention: RichTextElement = { type: 'user', user_id: slackUserId(person) ?? '' };
  return text.split(person).flatMap((part, index) => [...(index > 0 ? [mention] : []), ...said(part, others)]);
}

/** A line that says something, behind its label if it has one. */
export function line(label: string, says: string, people: People = [], most = LINE_BYTES): Line {
  const text = tidy(says, most);
  const name = tidy(label, 100);
  return { as: 'line', elements: [...(name ? [bold(text ? `${name}: ` : name)] : []), ...said(text, people)] };
}

export const item = (says: string, people: People = [], most = LINE_BYTES): Line => ({
  as: 'item',
  elements: said(tidy(says, most), people),
});
export const heading = (says: string): Line => ({ as: 'line', elements: [bold(tidy(says))], begins: true });
/** Exactly as it is: whoever calls it knows that it can be shown so. */
export const code = (command: string): Line => ({ as: 'code', elements: [{ type: 'text', text: command }] });

/** The blocks of some lines: one block, and another where something begins, or a list is over. */
export function richText(lines: readonly Line[]): RichTextBlock[] {
  const blocks: Line[][] = [];
  for (const each of lines.filter(({ elements }) => elements.length > 0)) {
    const block = blocks.at(-1);
    const isApart = each.begins || (each.as === 'line' && block?.at(-1)?.as === 'item');
    if (block && !isApart) block.push(each);
    else blocks.push([each]);
  }
  return blocks.map((block) => ({ type: 'rich_text', elements: runsOf(block).flatMap(elementsOf) }));
}

function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const each of lines) {
    const run = runs.at(-1);
    if (run?.[0]?.as === each.as) run.push(each);
    else runs.push([each]);
  }
  return runs;
}

function elementsOf(run: readonly Line[]): RichTextBlockElement[] {
  const section = (elements: readonly RichTextElement[]): RichTextSection => ({ type: 'rich_text_section', elements: [...elements] });
  const as = run[0]?.as;
  if (as === 'item') return [{ type: 'rich_text_list', style: 'bullet', elements: run.map(({ elements }) => section(elements)) }];
  if (as === 'line') return [section(run.flatMap(({ elements }, n) => [...(n > 0 ? [NEXT_LINE] : []), ...elements]))];
  return run.map(({ elements }) => ({ type: 'rich_text_preformatted', elements: elements.filter((each) => each.type === 'text') }));
}

const NEXT_LINE: RichTextElement = { type: 'text', text: '\n' };
