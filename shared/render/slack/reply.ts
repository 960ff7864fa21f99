import type { Message } from '../../content/document.ts';
import { linesOf } from '../lines.ts';
import { fallback, titleOf } from './blocks.ts';
import { lineOf } from './lines.ts';
import type { SlackText } from './message.ts';
import { peopleOf } from './people.ts';
import { line, richText } from './rich-text.ts';

const FACT_BYTES = 240;
const MOST_FACTS = 4;

/** What happened now, for the thread: when, what, and what is news about it. The message that is replied to says the rest. */
export function replyMessage(message: Message): SlackText {
  const people = peopleOf(message);
  const facts = linesOf(message.blocks).filter(({ as, detail }) => as === 'fact' && detail === 'summary');
  const { elements } = line(message.tag, message.headline, people, FACT_BYTES * 2);
  const [at] = line('', clock(message)).elements;
  return {
    text: fallback(titleOf(message, people).title),
    blocks: richText([
      { as: 'line', elements: [...(at ? [at, GAP] : []), ...elements] },
      ...facts.slice(0, MOST_FACTS).flatMap((fact) => lineOf(fact, people, FACT_BYTES)),
    ]),
  };
}

const GAP = { type: 'text', text: '  ' } as const;

/** The time of the day, to the minute: Slack shows the day. Nothing where it is no time. */
function clock({ at }: Message): string {
  const time = new Date(at ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? '' : `${time.toISOString().slice(-13, -8)} UTC`;
}
