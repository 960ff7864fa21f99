// Which messages a round of announcements takes: those that are there already are updated, each by itself; what is new is a message
// each while it is little, and a digest of the rest. Pure.
import type { Announcement } from '../../content/announcement.ts';
import type { SlackMessage } from '../../domain/slack.ts';
import { SEVERITIES } from '../../domain/verdict.ts';
import { aboutOf, answersTo, labelsOf } from '../../render/announced.ts';
import { batchId } from '../../render/batch-content.ts';
import { type Batch, batchesOf } from '../../render/batches.ts';
import { worstOf } from '../../render/labels.ts';
import { channelFor, type SlackRoute } from '../../settings/slack-secret.ts';
import { messageId, type StoredMessage } from './message-store.ts';

/** One message to be written or updated, and all that goes out with it, in the order that it happened. */
export interface Job {
  id: string;
  about: string;
  channel: string;
  announcements: Batch;
  /** It is about many things: no one can answer it, and nothing updates it. */
  isDigest: boolean;
}

/** The jobs of a round, the most urgent first. */
export function jobsOf(
  announcements: readonly Announcement[],
  messages: ReadonlyMap<string, StoredMessage>,
  routes: readonly SlackRoute[],
): Job[] {
  const groups = [...Map.groupBy(announcements, aboutOf)].map(([about, all]) => {
    const id = messageId(about);
    return { id, about, announcements: all, known: messages.get(id)?.message };
  });
  const known = groups.flatMap(({ known, ...job }) =>
    known ? [{ ...job, channel: placeOf(known, job.announcements, routes), isDigest: false }] : [],
  );
  const fresh = Map.groupBy(
    groups.filter((group) => !group.known),
    ({ announcements }) => routed(announcements, routes),
  );
  const posted = [...fresh].flatMap(([channel, those]) =>
    newJobs(channel, new Map(those.map((group) => [group.announcements.at(-1), group]))),
  );
  return [...known, ...posted].toSorted((a, b) => urgencyOf(a) - urgencyOf(b));
}

type Group = Pick<Job, 'id' | 'about' | 'announcements'>;

// A summary of many has no buttons to approve one of them.
const isAsking = (announcement: Announcement): boolean => answersTo(announcement, undefined)?.actions.includes('approve') === true;

/** What happened to a thing in one round shares the fate of the last of it. */
function newJobs(channel: string, byLast: ReadonlyMap<Announcement | undefined, Group>): Job[] {
  const lasts = [...byLast.keys()].filter((last) => last !== undefined);
  const batches = [...lasts.filter(isAsking).map((last) => [last]), ...batchesOf(lasts.filter((last) => !isAsking(last)))];
  return batches.flatMap((batch): Job[] => {
    const groups = batch.flatMap((last) => byLast.get(last) ?? []);
    const [only, ...more] = groups;
    if (only && more.length === 0) return [{ ...only, channel, isDigest: false }];
    const announcements = groups.flatMap((group) => group.announcements);
    const about = batchId(announcements);
    return [{ id: messageId(about), about, channel, announcements, isDigest: true }];
  });
}

// A digest comes after what is as urgent and has a message of its own.
const urgencyOf = ({ announcements, isDigest }: Job): number =>
  Math.min(...announcements.slice(isDigest ? 0 : -1).map((each) => labelsOf(each).urgency)) + (isDigest ? 0.5 : 0);

function routed(announcements: Batch, routes: readonly SlackRoute[]): string {
  const labels = announcements.slice(-1).map(labelsOf);
  const clusters = labels.flatMap(({ cluster }) => cluster?.split('+') ?? []);
  return channelFor(routes, { severity: worstOf(labels), clusters });
}

/** Where a known message goes on: where it is, unless it never came there, it became more urgent, or its channel is none of ours any more. */
function placeOf({ channel, ts, severity }: SlackMessage, announcements: Batch, routes: readonly SlackRoute[]): string {
  const isWorse = SEVERITIES.indexOf(severityOf(announcements)) > SEVERITIES.indexOf(severity);
  return ts === undefined || isWorse || !routes.some((route) => route.channel === channel) ? routed(announcements, routes) : channel;
}

/** The severity of the last of them. */
export const severityOf = (announcements: Batch) => worstOf(announcements.slice(-1).map(labelsOf));
