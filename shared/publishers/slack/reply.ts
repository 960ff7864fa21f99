import type { Announcement } from '../../model/announcement.ts';
import type { Parcel } from '../parcels.ts';
import { storyOf } from '../story.ts';
import { fallback, titleOf } from './blocks.ts';
import type { SlackText } from './message.ts';
import { peopleOf } from './people.ts';
import { line, richText } from './rich-text.ts';
import { factLine, isHeading, isItem } from './story-lines.ts';
import { answerLines, briefly } from './top.ts';

const FACT_BYTES = 240;
const MOST_FACTS = 4;
// The message that is replied to says it.
const KNOWN: ReadonlySet<string> = new Set(['Where', 'What it blocks', 'Waits until', 'Would be deleted', 'Would stay']);

/** What happened now, for the thread: when, what, and why that is certain. */
export function replyMessage(parcel: Parcel): SlackText {
  const story = storyOf(parcel);
  const people = peopleOf(parcel);
  const facts = [...answerLines(parcel, story), ...briefly(story.lines)].filter(
    (fact) => !isItem(fact) && !isHeading(fact) && !KNOWN.has(fact[0]),
  );
  const { elements } = line(story.tag, story.headline, people, FACT_BYTES * 2);
  const [at] = line('', parcel.length === 1 ? clock(parcel[0]) : '').elements;
  return {
    text: fallback(titleOf(story, people).title),
    blocks: richText([
      { as: 'line', elements: [...(at ? [at, GAP] : []), ...elements] },
      ...facts.slice(0, MOST_FACTS).map((fact) => factLine(fact, people, FACT_BYTES)),
    ]),
  };
}

const GAP = { type: 'text', text: '  ' } as const;

function atOf(told: Announcement): string {
  switch (told.kind) {
    case 'transition':
      return told.transition.at;
    case 'certificate':
      return told.certificate.at;
    case 'warning':
      return told.warning.at;
    case 'daily':
      return told.digest.at;
    default:
      return told.notice.at;
  }
}

/** The time of the day, to the minute: Slack shows the day. Nothing where it is no time. */
function clock(told: Announcement | undefined): string {
  const at = new Date(told ? atOf(told) : Number.NaN);
  return Number.isNaN(at.getTime()) ? '' : `${at.toISOString().slice(-13, -8)} UTC`;
}
