import { count } from '../../content/words.ts';
import type { Parcel } from '../parcels.ts';
import { storyOf } from '../story.ts';
import { fallback, titleOf } from './blocks.ts';
import type { SlackText } from './message.ts';
import { firstPages, pagesOf } from './pages.ts';
import { peopleOf } from './people.ts';
import { type Line, line, richText } from './rich-text.ts';
import { factLine, stepLines } from './story-lines.ts';
import { answerLines, topLines } from './top.ts';

// Together three messages, whatever is in them: where there is too much to tell, what to do about it must not be what is cut.
const FACT_PAGES = 2;
const STEPS_PAGE = 8_000;

/** The whole story for the thread, with every command; nothing where the message in the channel says it all. */
export function detailsMessages(parcel: Parcel): SlackText[] {
  const story = storyOf(parcel);
  const people = peopleOf(parcel);
  const facts = [...answerLines(parcel, story), ...story.lines].map((fact) => factLine(fact, people));
  const steps = stepLines(story.steps, people);
  const told = new Set(topLines(parcel).map((each) => JSON.stringify(each)));
  if ([...facts, ...steps].every((each) => told.has(JSON.stringify(each)))) return [];
  const all = [...firstPages(facts, FACT_PAGES, rest), ...firstPages(steps, 1, rest, STEPS_PAGE)].flat();
  const text = fallback(`Details: ${titleOf(story, people).title}`);
  return pagesOf(all).map((page) => ({ text, blocks: richText(page) }));
}

const rest = (left: number): Line[] => [line('', `… and ${count(left, 'more line')}; an audit shows them`)];
