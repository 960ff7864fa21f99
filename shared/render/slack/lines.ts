import type { Block } from '../../content/document.ts';
import { count } from '../../content/words.ts';
import type { Remedy } from '../../domain/verdict.ts';
import { showable } from '../email.ts';
import { linesOf, type TextLine } from '../lines.ts';
import { code, heading, item, type Line, line, type People } from './rich-text.ts';

/** One line of a document. */
export function lineOf({ as, label, says }: TextLine, people: People, most?: number): Line[] {
  if (as === 'code') return showable([says]).shown.map(code);
  if (as === 'heading') return [heading(`${says}:`)];
  return [as === 'item' ? item(says, people, most) : line(label, says, people, most)];
}

/** Every line of a document. */
export const allLines = (blocks: readonly Block[], people: People): Line[] => linesOf(blocks).flatMap((each) => lineOf(each, people));

const begins = ([first, ...more]: readonly Line[]): Line[] => (first ? [{ ...first, begins: true }, ...more] : []);

/** What to do, with the commands as they must be typed. */
export function stepLines(steps: readonly Remedy[], people: People): Line[] {
  if (steps.length <= 1) return begins(steps.flatMap((step) => stepLine('What to do', '', step, people)));
  return [heading('What to do:'), ...steps.flatMap((step, index) => stepLine('', `${index + 1}. `, step, people))];
}

function stepLine(label: string, number: string, { summary, commands }: Remedy, people: People): Line[] {
  const { shown, left } = showable(commands);
  const more = `(${count(left, 'command')} left out: too many, or not to be shown exactly as typed; an audit prints them)`;
  return [line(label, `${number}${summary}`, people), ...shown.map(code), ...(left > 0 ? [line('', more)] : [])];
}
