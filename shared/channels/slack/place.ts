// Where a message stands in Slack: posted when it is new, updated when it is not, and moved when it became another channel's business.
import { buttonValue, pressedOf, type SlackMessage } from '../../domain/slack.ts';
import { answersTo } from '../../render/announced.ts';
import { messageOf } from '../../render/batch-content.ts';
import type { SlackText } from '../../render/slack/message.ts';
import { movedMessage } from '../../render/slack/moved.ts';
import { topMessage } from '../../render/slack/top.ts';
import type { Ledger } from './claim.ts';
import type { SlackClient } from './client.ts';
import { type Failure, isGone, isPassing } from './failures.ts';
import type { Job } from './jobs.ts';

// Nothing that is named in a message is to be fetched and shown below it.
export const PLAINLY = { unfurl_links: false, unfurl_media: false } as const;

export type Placed =
  | { ok: true; channel: string; ts: string; isNew: boolean; left?: NonNullable<SlackMessage['left']> }
  | { ok: false; failure: Failure };

/** Writes the message itself, as it is now. */
export async function place(client: SlackClient, ledger: Ledger, job: Job, message: SlackMessage): Promise<Placed> {
  const top = written(ledger, job, message);
  const { channel, ts } = message;
  if (ts !== undefined && channel === job.channel) {
    const updated = await client.call('chat.update', { channel, ts, ...top });
    if (updated.ok) return { ...updated, channel, isNew: false };
    // Somebody deleted it: what it says is still so.
    if (!isGone(updated)) return { ok: false, failure: updated };
  }
  const posted = await client.call('chat.postMessage', { channel: job.channel, ...top, ...PLAINLY });
  if (!posted.ok) return { ok: false, failure: posted };
  const isMoved = ts !== undefined && channel !== job.channel;
  return { ok: true, channel: job.channel, ts: posted.ts, isNew: true, ...(isMoved ? { left: { channel, ts } } : {}) };
}

/**
 * Lets the message's old place say where it goes on: it would offer its buttons for ever. Gives why not, where that is worth another
 * try: the old channel may be archived, which is why it moved.
 */
export async function markMoved(
  client: SlackClient,
  { announcements, channel }: Job,
  { left }: SlackMessage,
): Promise<Failure | undefined> {
  if (!left) return undefined;
  const answer = await client.call('chat.update', { ...left, ...movedMessage(messageOf(announcements.slice(-1)), channel) });
  return answer.ok || !isPassing(answer) ? undefined : answer;
}

function written({ target, findings }: Ledger, { id, about, announcements, isDigest }: Job, { question }: SlackMessage): SlackText {
  const last = announcements.at(-1);
  if (isDigest || !last) return topMessage(messageOf(announcements));
  const answers = answersTo(last, findings.get(about));
  const value = question && { region: target.region, message: id, nonce: question.nonce };
  // A button that could not be read back would be refused whenever it is pressed.
  return topMessage(messageOf([last]), value && answers && pressedOf(buttonValue(value)) ? { ...answers, value } : undefined);
}
