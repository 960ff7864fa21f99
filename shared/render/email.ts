import type { Message } from '../content/document.ts';
import { ascii, clean, cut, linesWithin } from '../content/text.ts';
import type { Remedy } from '../domain/verdict.ts';
import { SUBJECT_CHARACTERS } from './limits.ts';
import { linesOf, type TextLine } from './lines.ts';

const WHERE_CHARACTERS = 40;
const LINE_BYTES = 1_500;
// Where there is too much to say, what to do about it must not be what is cut.
const FACTS_BYTES = 8 * 1024;
const STEPS_BYTES = 6 * 1024;
const MOST_COMMANDS = 5;

/** A message as an e-mail: what happened, where, why that is certain, what it blocks, what to do. A phone shows the subject of it. */
export const emailOf = (message: Message): { subject: string; text: string } => ({ subject: subjectOf(message), text: textOf(message) });

function subjectOf({ tag, headline, where, about }: Message): string {
  const head = `[${cut(ascii(tag), 20, '...')}] `;
  const place = cut(ascii(where), WHERE_CHARACTERS, '...');
  const tail = place ? ` (${place})` : '';
  const fitting = (text: string) => cut(ascii(text), SUBJECT_CHARACTERS - head.length - tail.length, '...');
  const said = fitting(headline);
  // Where the headline is too long, what it is about must not be what is cut.
  return head + (said.includes(ascii(about)) ? said : fitting(`${about}: ${headline}`)) + tail;
}

const tidy = (text: string): string => cut(clean(text).trim(), LINE_BYTES);

function textOf({ headline, blocks, steps, footer }: Message): string {
  const parts = [
    [`${tidy(headline).replace(/\.$/, '')}.`],
    linesWithin(FACTS_BYTES, linesOf(blocks).flatMap(lineText)),
    linesWithin(STEPS_BYTES, stepsText(steps)),
    footer.map(tidy),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

function lineText({ as, label, says }: TextLine): string[] {
  if (as === 'code') return showable([says]).shown.map((command) => `    ${command}`);
  const text = tidy(says);
  if (as === 'fact') return [`${tidy(label)}: ${text}`];
  return [as === 'item' ? `- ${text}` : as === 'heading' ? `${text}:` : text];
}

function stepsText(steps: readonly Remedy[]): string[] {
  const [first, ...more] = steps;
  if (!first) return [];
  if (more.length === 0) return stepText('What to do: ', first);
  return ['What to do:', ...steps.flatMap((step, index) => stepText(`${index + 1}. `, step))];
}

function stepText(begin: string, { summary, commands }: Remedy): string[] {
  const { shown, left } = showable(commands);
  return [
    `${begin}${tidy(summary)}`,
    ...shown.map((command) => `    ${command}`),
    ...(left > 0 ? [`    (and ${left} more; the machine-readable form has them)`] : []),
  ];
}

/** The commands that can be shown exactly as they must be typed. Half a command, or one that was cleaned, is a different one. */
export function showable(commands: readonly string[]): { shown: string[]; left: number } {
  const shown = commands.filter((command) => command === tidy(command) && command !== '').slice(0, MOST_COMMANDS);
  return { shown, left: commands.length - shown.length };
}
