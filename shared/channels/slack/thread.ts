// What is told below a message: the details where it is new, and each step of the story.
import type { Announcement } from '../../model/announcement.ts';
import type { SlackMessage } from '../../model/slack.ts';
import { SEVERITIES } from '../../model/verdict.ts';
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
  /** What it tells, so that it is not told again. */
  of?: Announcement;
  /** Also to the channel: an updated message notifies nobody. */
  isLoud: boolean;
}

/** Replies to the message. Gives the announcements that were told, and why the rest was not. */
export async function tellThread(
  client: SlackClient,
  job: Job,
  { before, untold, isNew }: { before: SlackMessage | undefined; untold: readonly Announcement[]; isNew: boolean },
  { channel, ts }: { channel: string; ts: string },
): Promise<{ told: Announcement[]; failure?: Failure }> {
  const told: Announcement[] = [];
  for (const { says, of, isLoud } of repliesOf(job, before, untold, isNew)) {
    const broadcast = isLoud ? { reply_broadcast: true } : {};
    const answer = await client.call('chat.postMessage', { channel, thread_ts: ts, ...says, ...broadcast, ...PLAINLY });
    if (!answer.ok) return { told, failure: answer };
    if (of) told.push(of);
  }
  return { told: [...untold] };
}

function repliesOf(
  { announcements, isDigest }: Job,
  before: SlackMessage | undefined,
  untold: readonly Announcement[],
  isNew: boolean,
): Reply[] {
  // A run that ended between the message and its thread left the details to this one.
  const isToldFirst = (before?.announced.length ?? 0) === 0;
  const details = isNew || isToldFirst ? detailsMessages(messageOf(isDigest ? announcements : announcements.slice(-1))) : [];
  // The message itself tells the only one, or the digest.
  const steps = isToldFirst && (isDigest || untold.length === 1) ? [] : untold;
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
