import type { Message } from '../../content/document.ts';
import { count } from '../../content/words.ts';
import { fallback, titleOf } from './blocks.ts';
import { allLines, stepLines } from './lines.ts';
import type { SlackText } from './message.ts';
import { firstPages, pagesOf } from './pages.ts';
import { peopleOf } from './people.ts';
import { type Line, line, richText } from './rich-text.ts';
import { topLines } from './top.ts';

// Together three messages, whatever is in them: where there is too much to say, what to do about it must not be what is cut.
const FACT_PAGES = 2;
const STEPS_PAGE = 8_000;

/** The whole document for the thread, with every command; nothing where the message in the channel says it all. */
export function detailsMessages(message: Message): SlackText[] {
  const people = peopleOf(message);
  const facts = allLines(message.blocks, people);
  const steps = stepLines(message.steps, people);
  const known = new Set(topLines(message).map((each) => JSON.stringify(each)));
  if ([...facts, ...steps].every((each) => known.has(JSON.stringify(each)))) return [];
  const all = [...firstPages(facts, FACT_PAGES, rest), ...firstPages(steps, 1, rest, STEPS_PAGE)].flat();
  const text = fallback(`Details: ${titleOf(message, people).title}`);
  return pagesOf(all).map((page) => ({ text, blocks: richText(page) }));
}

const rest = (left: number): Line[] => [line('', `… and ${count(left, 'more line')}; an audit shows them`)];
