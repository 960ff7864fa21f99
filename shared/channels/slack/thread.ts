// What stands below a message: the details where it is new, and each step of its history.
import type { Announcement } from '../../content/announcement.ts';
import type { SlackMessage } from '../../domain/slack.ts';
import { SEVERITIES } from '../../domain/verdict.ts';
import { labelsOf } from '../../render/announced.ts';
import { messageOf } from '../../render/batch-content.ts';
import { detailsMessages } from '../../render/slack/details.ts';
import type { SlackText } from '../../render/slack/message.ts';
import { replyMessage } from '../../render/slack/reply.ts';
import type { SlackClient } from './client.ts';
import type { Failure } from './failures.ts';
import type { Job } from './jobs.ts';
import { PLAINLY } from './place.ts';

interface Reply {
  says: SlackText;
  /** What it says, so that it is not said again. */
  of?: Announcement;
  /** Also to the channel: an updated message notifies no one. */
  isLoud: boolean;
}

/** Replies to the message. Gives the announcements that were sent, and why the rest was not. */
export async function postThread(
  client: SlackClient,
  job: Job,
  { before, unsent, isNew }: { before: SlackMessage | undefined; unsent: readonly Announcement[]; isNew: boolean },
  { channel, ts }: { channel: string; ts: string },
): Promise<{ sent: Announcement[]; failure?: Failure }> {
  const sent: Announcement[] = [];
  for (const { says, of, isLoud } of repliesOf(job, before, unsent, isNew)) {
    const broadcast = isLoud ? { reply_broadcast: true } : {};
    const answer = await client.call('chat.postMessage', { channel, thread_ts: ts, ...says, ...broadcast, ...PLAINLY });
    if (!answer.ok) return { sent, failure: answer };
    if (of) sent.push(of);
  }
  return { sent: [...unsent] };
}

function repliesOf(
  { announcements, isDigest }: Job,
  before: SlackMessage | undefined,
  unsent: readonly Announcement[],
  isNew: boolean,
): Reply[] {
  // A run that ended between the message and its thread left the details to this one.
  const isFirst = (before?.announced.length ?? 0) === 0;
  const details = isNew || isFirst ? detailsMessages(messageOf(isDigest ? announcements : announcements.slice(-1))) : [];
  // The message itself says the only one, or the batch.
  const steps = isFirst && (isDigest || unsent.length === 1) ? [] : unsent;
  return [
    ...details.map((says) => ({ says, isLoud: false })),
    ...steps.map((of) => ({ says: replyMessage(messageOf([of])), of, isLoud: !isNew && isNews(of, before) })),
  ];
}

/** Whether people must hear of it who saw the message before: it is back, it got worse, or they wait for it. */
function isNews(announcement: Announcement, before: SlackMessage | undefined): boolean {
  const { kind, severity, transition } = labelsOf(announcement);
  const isWorse = before !== undefined && SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(before.severity);
  return isWorse || kind === 'certificate' || (kind === 'transition' && (transition === 'opened' || transition === 'cleanup-failed'));
}
