// Custom notifications of Amazon Q Developer in chat applications; what is not of this schema is dropped without a word:
// https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
import { createHash } from 'node:crypto';
import { bytesOf, cut, linesWithin } from '../content/text.ts';
import type { Announcement } from '../model/announcement.ts';
import type { Remedy } from '../model/verdict.ts';
import { asCode, asText } from './chat-text.ts';
import { digestId } from './digest-machine.ts';
import { showable } from './human.ts';
import { toJson } from './json.ts';
import { labelsOf, sharedBy, valuesOf } from './labels.ts';
import type { Parcel } from './parcels.ts';
import { storyOf } from './story.ts';

// Counted in bytes, which no way of counting characters exceeds.
const TITLE_BYTES = 250;
const DESCRIPTION_BYTES = 8_000;
const LINE_BYTES = 1_500;
const STEP_BYTES = 1_000;
const WORD_BYTES = 250;
const MOST_STEPS = 8;
const MOST_KEYWORDS = 8;

/** One announcement for a chat channel. */
export const renderChat = (announcement: Announcement): string => chatMessage([announcement]);

export function chatMessage(parcel: Parcel): string {
  const { tag, headline, where, lines, steps, footer } = storyOf(parcel);
  const labels = parcel.map(labelsOf);
  const title = `${tag}${tag.endsWith('?') ? '' : ':'} ${headline}${where ? ` (${where})` : ''}`;
  const description = [
    ...lines.map(([label, says]) => `${label ? `*${asText(label)}:* ` : ''}${shown(says, LINE_BYTES)}`),
    ...footer.map((line) => shown(line, LINE_BYTES)),
  ];
  const nextSteps = steps
    .map(stepOf)
    .filter((step) => step !== '')
    .slice(0, MOST_STEPS);
  const keywords = ['severity', 'ruleId', 'transition', 'cluster'] as const;
  const context = ['account', 'region', 'cluster', 'ruleId', 'severity', 'transition', 'state', 'subject'] as const;
  return toJson({
    version: '1.0',
    source: 'custom',
    id: shown(parcel.length === 1 ? (parcel[0]?.id ?? '') : digestId(parcel), WORD_BYTES),
    content: {
      textType: 'client-markdown',
      title: shown(title, TITLE_BYTES),
      description: linesWithin(DESCRIPTION_BYTES, description).join('\n'),
      ...(nextSteps.length > 0 ? { nextSteps } : {}),
      keywords: words(keywords.flatMap((name) => valuesOf(labels, name))).slice(0, MOST_KEYWORDS),
    },
    metadata: {
      threadId: threadOf(parcel, sharedBy(labels, 'cluster')),
      summary: shown(title, TITLE_BYTES),
      eventType: parcel.length === 1 ? (parcel[0]?.kind ?? '') : 'digest',
      additionalContext: Object.fromEntries(
        context.flatMap((name) => {
          const [word] = words([sharedBy(labels, name) ?? '']);
          return word === undefined ? [] : [[name, word]];
        }),
      ),
    },
  });
}

// An underscore inside of a word is markup where the word is cut off behind it; its look-alike is a byte longer.
const shown = (text: string, most: number): string => asText(cut(asText(text), most - 1));
const words = (all: readonly string[]): string[] => all.map((word) => shown(word, WORD_BYTES).trim()).filter((word) => word !== '');

function stepOf({ summary, commands }: Remedy): string {
  const parts = showable(commands).shown.flatMap((command) => asCode(command) ?? []);
  // A command that does not fit whole is left out: half of it is another one.
  const longer = (step: string, part: string) => (bytesOf(`${step} ${part}`) <= STEP_BYTES ? `${step} ${part}` : step);
  return parts.reduce(longer, shown(summary, STEP_BYTES)).trim();
}

/** A finding's messages share a thread; so do a cluster's warning, digests and certificate. Hashed: its length and letters have unknown bounds. */
function threadOf(parcel: Parcel, cluster: string | undefined): string {
  const [only, ...more] = parcel;
  const key =
    more.length === 0 && only?.kind === 'transition' ? only.finding.id : cluster && only ? clusterKey(only, cluster) : digestId(parcel);
  return `sgp-warden-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

const clusterKey = ({ target }: Announcement, cluster: string): string => `${target.accountId}/${target.region}/${cluster}`;
