// Custom notifications of Amazon Q Developer in chat applications; what is not of this schema is dropped without a word:
// https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
import { createHash } from 'node:crypto';
import { bytesOf, cut, linesWithin } from '../content/text.ts';
import type { Remedy } from '../domain/verdict.ts';
import { aboutOf, labelsOf } from './announced.ts';
import { batchId, messageOf } from './batch-content.ts';
import type { Batch } from './batches.ts';
import { asCode, asText } from './chat-text.ts';
import { showable } from './email.ts';
import { toJson } from './json.ts';
import { sharedBy, valuesOf } from './labels.ts';
import { linesOf, type TextLine } from './lines.ts';

// Counted in bytes, which no way of counting characters exceeds.
const TITLE_BYTES = 250;
const DESCRIPTION_BYTES = 8_000;
const LINE_BYTES = 1_500;
const STEP_BYTES = 1_000;
const WORD_BYTES = 250;
const MOST_STEPS = 8;
const MOST_KEYWORDS = 8;

/** A message for a chat channel. */
export function chatOf(batch: Batch): string {
  const { tag, headline, where, blocks, steps, footer } = messageOf(batch);
  const labels = batch.map(labelsOf);
  const title = `${tag}${tag.endsWith('?') ? '' : ':'} ${headline}${where ? ` (${where})` : ''}`;
  const description = [...linesOf(blocks).map(lineText), ...footer.map((line) => shown(line, LINE_BYTES))];
  const nextSteps = steps
    .map(stepOf)
    .filter((step) => step !== '')
    .slice(0, MOST_STEPS);
  const keywords = ['severity', 'ruleId', 'transition', 'cluster'] as const;
  const context = ['account', 'region', 'cluster', 'ruleId', 'severity', 'transition', 'state', 'subject'] as const;
  return toJson({
    version: '1.0',
    source: 'custom',
    id: shown(batch.length === 1 ? (batch[0]?.id ?? '') : batchId(batch), WORD_BYTES),
    content: {
      textType: 'client-markdown',
      title: shown(title, TITLE_BYTES),
      description: linesWithin(DESCRIPTION_BYTES, description).join('\n'),
      ...(nextSteps.length > 0 ? { nextSteps } : {}),
      keywords: words(keywords.flatMap((name) => valuesOf(labels, name))).slice(0, MOST_KEYWORDS),
    },
    metadata: {
      threadId: threadOf(batch, sharedBy(labels, 'cluster')),
      summary: shown(title, TITLE_BYTES),
      eventType: batch.length === 1 ? (batch[0]?.kind ?? '') : 'digest',
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

function lineText({ as, label, says }: TextLine): string {
  const text = shown(says, LINE_BYTES);
  if (as === 'fact') return `*${asText(label)}:* ${text}`;
  return as === 'item' ? `- ${text}` : as === 'heading' ? `${text}:` : text;
}

/** A finding's messages share a thread; so do a cluster's warning, batches and certificate. Hashed: its length and letters have unknown bounds. */
function threadOf(batch: Batch, cluster: string | undefined): string {
  const [only, ...more] = batch;
  const isFinding = only && more.length === 0 && labelsOf(only).ruleId !== undefined;
  const ofCluster = cluster && only ? `${only.target.accountId}/${only.target.region}/${cluster}` : batchId(batch);
  return `sgp-warden-${createHash('sha256')
    .update(isFinding ? aboutOf(only) : ofCluster)
    .digest('hex')
    .slice(0, 32)}`;
}
