import { bytesOf } from '../../content/text.ts';
import type { Parcel } from '../parcels.ts';
import { type Story, storyOf } from '../story.ts';
import { actions } from './actions.ts';
import { context, fallback, header, titleOf } from './blocks.ts';
import type { Offer, SlackText } from './message.ts';
import { answerOf, named, peopleOf } from './people.ts';
import { type Line, line, type People, richText } from './rich-text.ts';
import { factLine, isHeading, isItem, stepLines } from './story-lines.ts';

type Facts = Story['lines'];

const FACT_BYTES = 240;
const FACTS_BYTES = 1_000;
const HEADLINE_BYTES = 500;
const STEP_BYTES = 170;
const MOST_STEPS = 3;
const MOST_ITEMS = 5;

// Proofs and lists: they are read in the thread. A new label that should be here makes a message longer, and nothing else.
const IN_THE_THREAD: ReadonlySet<string> = new Set([
  ...['Why it is certain', 'Known so far', 'Held by', 'It was reported as', 'Clusters'],
  ...['Why that is certain:', 'What it is about:', 'For example:'],
]);

/** The message in the channel: what and where, what it means, what to do; with buttons where something is to be answered. */
export function topMessage(parcel: Parcel, offer?: Offer): SlackText {
  const story = storyOf(parcel);
  const people = peopleOf(parcel);
  const { title } = titleOf(story, people);
  return {
    text: fallback(title),
    blocks: [
      header(title),
      ...richText(topLines(parcel)),
      ...context(story.footer.map((each) => named(each, people))),
      ...(offer ? actions(parcel, offer) : []),
    ],
  };
}

/** The lines of the message in the channel. */
export function topLines(parcel: Parcel): Line[] {
  const story = storyOf(parcel);
  const people = peopleOf(parcel);
  return [
    ...(titleOf(story, people).isWhole ? [] : [line('', story.headline, people, HEADLINE_BYTES)]),
    ...factsWithin(FACTS_BYTES, [...answerLines(parcel, story), ...briefly(story.lines)], people),
    ...shortSteps(story.steps, people),
  ];
}

/** Who answered, where the story does not say so. */
export function answerLines([only, ...more]: Parcel, { lines }: Story): Facts {
  const answer = more.length === 0 ? answerOf(only) : undefined;
  return !answer || lines.some(([, says]) => says.includes(answer.by)) ? [] : [answer.line];
}

/** What is labelled, and the first of what is listed under a heading. What is listed under a label is counted there. */
export function briefly(facts: Facts): Facts {
  let items = MOST_ITEMS;
  return facts.filter((fact) => {
    if (isItem(fact)) {
      items += 1;
      return items <= MOST_ITEMS;
    }
    const isShown = !IN_THE_THREAD.has(fact[0] || fact[1]);
    items = isHeading(fact) && isShown ? 0 : MOST_ITEMS;
    return isShown;
  });
}

function factsWithin(most: number, facts: Facts, people: People): Line[] {
  let bytes = 0;
  const fitting = facts.filter(([label, says]) => {
    bytes += bytesOf(label) + Math.min(bytesOf(says), FACT_BYTES);
    return bytes <= most;
  });
  return fitting.map((fact) => factLine(fact, people, FACT_BYTES));
}

function shortSteps(steps: Story['steps'], people: People): Line[] {
  const short = steps.slice(0, MOST_STEPS).map(({ summary, commands }) => {
    const where = commands.length > 0 ? ` (${commands.length === 1 ? 'command' : 'commands'} in the thread)` : '';
    const tooLong = bytesOf(summary) > STEP_BYTES;
    return { summary: tooLong ? summary : where ? `${summary.replace(/[.:]$/, '')}${where}` : summary, commands: [] };
  });
  return stepLines(short, people);
}
