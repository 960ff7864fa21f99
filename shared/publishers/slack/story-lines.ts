import { count } from '../../content/words.ts';
import type { Remedy } from '../../model/verdict.ts';
import { showable } from '../human.ts';
import type { Story } from '../story.ts';
import { code, heading, item, type Line, line, type People } from './rich-text.ts';

const ITEM = /^- /;

/** What a line of a story is: a labelled one, an item of a list, or the heading above it. */
export const isItem = ([label, says]: Story['lines'][number]): boolean => label === '' && ITEM.test(says);
export const isHeading = ([label, says]: Story['lines'][number]): boolean => label === '' && !ITEM.test(says);

/** One line of a story. */
export function factLine(fact: Story['lines'][number], people: People, most?: number): Line {
  const [label, says] = fact;
  if (isHeading(fact)) return heading(says);
  return isItem(fact) ? item(says.replace(ITEM, ''), people, most) : line(label, says, people, most);
}

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
