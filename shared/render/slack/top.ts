import type { Message } from '../../content/document.ts';
import { bytesOf } from '../../content/text.ts';
import type { Remedy } from '../../domain/verdict.ts';
import { linesOf, type TextLine } from '../lines.ts';
import { actions } from './actions.ts';
import { context, fallback, header, titleOf } from './blocks.ts';
import { lineOf, stepLines } from './lines.ts';
import type { Offer, SlackText } from './message.ts';
import { named, peopleOf } from './people.ts';
import { type Line, line, type People, richText } from './rich-text.ts';

const FACT_BYTES = 240;
const FACTS_BYTES = 900;
const HEADLINE_BYTES = 500;
const STEP_BYTES = 170;
const MOST_STEPS = 3;
const MOST_ITEMS = 5;

/** The message in the channel: what and where, what it means, what to do; with buttons where it asks for an answer. */
export function topMessage(message: Message, offer?: Offer): SlackText {
  const people = peopleOf(message);
  const { title } = titleOf(message, people);
  return {
    text: fallback(title),
    blocks: [
      header(title),
      ...richText(topLines(message)),
      ...context(message.footer.map((each) => named(each, people))),
      ...(offer ? actions(offer) : []),
    ],
  };
}

/** The lines of the message in the channel. */
export function topLines(message: Message): Line[] {
  const people = peopleOf(message);
  return [
    ...(titleOf(message, people).isWhole ? [] : [line('', message.headline, people, HEADLINE_BYTES)]),
    ...linesWithin(FACTS_BYTES, withoutEvidence(message), people),
    ...shortSteps(message.steps, people),
  ];
}

/** Proofs are read in the thread; of what is listed the first lines are here. */
function withoutEvidence({ blocks }: Message): TextLine[] {
  let items = 0;
  return linesOf(blocks).filter(({ as, detail }) => {
    items = as === 'item' ? items + 1 : 0;
    return detail !== 'evidence' && as !== 'code' && items <= MOST_ITEMS;
  });
}

function linesWithin(most: number, lines: readonly TextLine[], people: People): Line[] {
  let bytes = 0;
  const fitting = lines.filter(({ label, says }) => {
    bytes += bytesOf(label) + Math.min(bytesOf(says), FACT_BYTES);
    return bytes <= most;
  });
  return fitting.flatMap((each) => lineOf(each, people, FACT_BYTES));
}

function shortSteps(steps: readonly Remedy[], people: People): Line[] {
  const short = steps.slice(0, MOST_STEPS).map(({ summary, commands }) => {
    const where = commands.length > 0 ? ` (${commands.length === 1 ? 'command' : 'commands'} in the thread)` : '';
    const tooLong = bytesOf(summary) > STEP_BYTES;
    return { summary: tooLong ? summary : where ? `${summary.replace(/[.:]$/, '')}${where}` : summary, commands: [] };
  });
  return stepLines(short, people);
}
