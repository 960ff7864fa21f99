// Where a message stands in Slack: posted when it is new, updated when it is not, and moved when it became another channel's business.
import { buttonValue, pressedOf, type SlackMessage } from '../../model/slack.ts';
import { answersTo } from './asked.ts';
import type { Ledger } from './claim.ts';
import type { SlackClient } from './client.ts';
import { type Failure, isGone } from './failures.ts';
import type { Job } from './jobs.ts';
import type { SlackText } from './message.ts';
import { movedMessage } from './moved.ts';
import { topMessage } from './top.ts';

// Nothing that is named in a message is to be fetched and shown below it.
export const PLAINLY = { unfurl_links: false, unfurl_media: false } as const;

export type Placed = { ok: true; channel: string; ts: string; isNew: boolean } | { ok: false; failure: Failure };

/** Writes the message itself, as it is now. */
export async function place(client: SlackClient, ledger: Ledger, job: Job, message: SlackMessage): Promise<Placed> {
  const top = written(ledger, job, message);
  const { channel, ts } = message;
  if (ts !== undefined && channel === job.channel) {
    const updated = await client.call('chat.update', { channel, ts, ...top });
    if (updated.ok) return { ...updated, channel, isNew: false };
    // Somebody deleted it: what it tells is still so.
    if (!isGone(updated)) return { ok: false, failure: updated };
  }
  const posted = await client.call('chat.postMessage', { channel: job.channel, ...top, ...PLAINLY });
  if (!posted.ok) return { ok: false, failure: posted };
  if (ts !== undefined && channel !== job.channel) await leaveWord(client, job, { channel, ts });
  return { ...posted, channel: job.channel, isNew: true };
}

/** The old message says where it goes on. Best effort: the old channel may be archived, which is why it moved. */
const leaveWord = (client: SlackClient, { announcements, channel }: Job, old: { channel: string; ts: string }) =>
  client.call('chat.update', { ...old, ...movedMessage(announcements.slice(-1), channel) });

function written({ target, findings }: Ledger, { id, about, announcements, isDigest }: Job, { question }: SlackMessage): SlackText {
  const last = announcements.at(-1);
  if (isDigest || !last) return topMessage(announcements);
  const actions = answersTo(last, findings.get(about))?.actions;
  const value = question && { region: target.region, message: id, nonce: question.nonce };
  // A button that could not be read back would be refused whenever it is pressed.
  return topMessage([last], value && actions && pressedOf(buttonValue(value)) ? { value, actions } : undefined);
}
