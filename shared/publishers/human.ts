import { ascii, clean, cut, linesWithin } from '../content/text.ts';
import type { Announcement } from '../model/announcement.ts';
import type { Remedy } from '../model/verdict.ts';
import { SUBJECT_CHARACTERS } from './limits.ts';
import type { Parcel } from './parcels.ts';
import { type Story, storyOf } from './story.ts';

const WHERE_CHARACTERS = 40;
const LINE_BYTES = 1_500;
// Where there is too much to tell, what to do about it must not be what is cut.
const FACTS_BYTES = 8 * 1024;
const STEPS_BYTES = 6 * 1024;
const MOST_COMMANDS = 5;

/** What a person gets by e-mail; the subject is what a phone shows of it. */
export interface HumanMessage {
  subject: string;
  text: string;
}

/** One announcement for a person: what happened, where, why that is certain, what it blocks, what to do. */
export const renderHuman = (announcement: Announcement): HumanMessage => humanMessage([announcement]);

export function humanMessage(parcel: Parcel): HumanMessage {
  const story = storyOf(parcel);
  return { subject: subjectOf(story), text: textOf(story) };
}

function subjectOf({ tag, headline, where, about }: Story): string {
  const head = `[${cut(ascii(tag), 20, '...')}] `;
  const place = cut(ascii(where), WHERE_CHARACTERS, '...');
  const tail = place ? ` (${place})` : '';
  const fitting = (text: string) => cut(ascii(text), SUBJECT_CHARACTERS - head.length - tail.length, '...');
  const said = fitting(headline);
  // Where the headline is too long, what it is about must not be what is cut.
  return head + (said.includes(ascii(about)) ? said : fitting(`${about}: ${headline}`)) + tail;
}

const tidy = (text: string): string => cut(clean(text).trim(), LINE_BYTES);

function textOf({ headline, lines, steps, footer }: Story): string {
  const facts = lines.map(([label, says]) => `${label ? `${tidy(label)}: ` : ''}${tidy(says)}`);
  const parts = [
    [`${tidy(headline).replace(/\.$/, '')}.`],
    linesWithin(FACTS_BYTES, facts),
    linesWithin(STEPS_BYTES, stepsText(steps)),
    footer.map(tidy),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
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
