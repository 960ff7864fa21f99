// Slack as a publisher: one message for each thing, updated as it changes, and a thread with its history (docs/slack.md).
import { setTimeout as pause } from 'node:timers/promises';
import type { Announcement, Delivery } from '../../content/announcement.ts';
import type { FindingState, Target } from '../../domain/finding.ts';
import type { LedgerRecord, LedgerStore } from '../../ledger/store.ts';
import type { SlackSecret } from '../../settings/slack-secret.ts';
import type { Publisher } from '../publisher.ts';
import { reasonOf } from '../reason.ts';
import type { Ledger } from './claim.ts';
import { type SlackClient, slackClient } from './client.ts';
import { deliver } from './deliver.ts';
import { type Failure, isMendedInSecret, OUT_OF_TIME } from './failures.ts';
import { type Job, jobsOf } from './jobs.ts';
import { messagesIn } from './message-store.ts';
import { unannouncedPlans } from './plan-rounds.ts';

export interface SlackOptions {
  apiUrl: string;
  /** Fetched when it is first needed, and once more after `forget`: a token may be replaced while a function is warm. */
  secret: { get: () => Promise<SlackSecret>; forget: () => void };
  clock: () => Date;
  sleep?: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds, to measure waiting by. */
  now?: () => number;
}

const NAME = 'slack';
// A message and its details take two of Slack's one call a second; with ten new ones there is time left. What does not fit stays pending.
const BUDGET_MS = 60_000;

/** Why what was not delivered was not. */
type Reasons = Map<Announcement, string>;

/** Publishes to the channels that the secret names. */
export const slackPublisher = (options: SlackOptions): Publisher => ({
  name: NAME,
  publish: async (announcements, store) => {
    const reasons: Reasons = new Map();
    for (const those of Map.groupBy(announcements, ({ target }) => JSON.stringify(target)).values()) {
      const [first] = those;
      if (first) await publishTo(options, store, first.target, those, reasons);
    }
    return announcements.map((announcement): Delivery => {
      const reason = reasons.get(announcement);
      return reason === undefined ? { id: announcement.id, delivered: true } : { id: announcement.id, delivered: false, reason };
    });
  },
  refresh: async (target, store) => {
    const reasons: Reasons = new Map();
    await publishTo(options, store, target, [], reasons);
    const [reason] = reasons.values();
    if (reason !== undefined) throw new Error(reason);
  },
});

/** Publishes what is of one account and region. */
async function publishTo(
  options: SlackOptions,
  store: LedgerStore,
  target: Target,
  announcements: readonly Announcement[],
  reasons: Reasons,
): Promise<void> {
  const { secret, apiUrl, clock, sleep = pause, now = Date.now } = options;
  try {
    const records = await store.load(target);
    const messages = messagesIn(records);
    const unannounced = unannouncedPlans(records, messages, announcements, { publisher: NAME, target, at: clock() });
    if (announcements.length + unannounced.length === 0) return;
    const { botToken, channels } = await secret.get();
    const client = slackClient({ apiUrl, token: botToken, budgetMs: BUDGET_MS, sleep, now });
    const ledger: Ledger = { store, target, clock, sleep, messages, findings: findingsIn(records), unannounced: new Set(unannounced) };
    const stop: Stop = { doubts: 0 };
    // Channels wait for themselves only: Slack counts posts by channel.
    const byChannel = Map.groupBy(jobsOf([...announcements, ...unannounced], messages, channels), ({ channel }) => channel);
    const failures = await Promise.all([...byChannel.values()].map((jobs) => workChannel(client, ledger, jobs, stop, reasons)));
    if (failures.flat().some(isMendedInSecret)) secret.forget();
  } catch (error) {
    if (announcements.length === 0) throw error;
    refuse(announcements, `slack: ${reasonOf(error, [])}`, reasons);
  }
}

const findingsIn = (records: readonly LedgerRecord[]): Map<string, FindingState> =>
  new Map(records.flatMap(({ body }) => (body.kind === 'finding' ? [[body.state.finding.id, body.state]] : [])));

function refuse(announcements: readonly Announcement[], why: string, reasons: Reasons): void {
  for (const each of announcements) reasons.set(each, why);
}

/** What makes everything else fail, too. */
interface Stop {
  why?: Failure;
  /** How many in a row failed so that it is not known whether Slack is not well, or it was that one message. */
  doubts: number;
}

/** Whoever mends it looks for the channel, or for the record of the message. */
const located = (failure: Failure, { id, channel }: Job): Failure => {
  if (failure.reach === 'everything') return failure;
  return { ...failure, says: `${failure.says} (channel ${channel}${failure.reach === 'channel' ? '' : `, slack-message/${id}`})` };
};

/** One message that Slack chokes on, each time, must not hold up all that come after it, each time. */
function note(stop: Stop, failure: Failure | undefined): void {
  stop.doubts = failure?.reach === 'in doubt' ? stop.doubts + 1 : 0;
  if (failure && (failure.reach === 'everything' || stop.doubts > 1)) stop.why = failure;
}

/** Delivers what is for one channel, one message after the other. */
async function workChannel(client: SlackClient, ledger: Ledger, jobs: readonly Job[], stop: Stop, reasons: Reasons): Promise<Failure[]> {
  let closed: Failure | undefined;
  const failures: Failure[] = [];
  for (const job of jobs) {
    const why = stop.why?.says ?? closed?.says ?? (client.isInTime() ? undefined : OUT_OF_TIME.says);
    if (why !== undefined) {
      refuse(job.announcements, why, reasons);
      continue;
    }
    try {
      const { unsent, failure: unplaced } = await deliver(client, ledger, job);
      const failure = unplaced && located(unplaced, job);
      refuse(unsent, failure?.says ?? 'Slack: another run is writing this message', reasons);
      if (failure) failures.push(failure);
      note(stop, failure);
      if (failure?.reach === 'channel') closed = failure;
    } catch (error) {
      // One that cannot be rendered, or messages, holds up no other.
      refuse(job.announcements, `slack: ${reasonOf(error, [])}`, reasons);
    }
  }
  return failures;
}
