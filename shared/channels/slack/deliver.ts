// One message, in an order in which a crash loses nothing:
//
//   claims it in the ledger ── posts or updates it ── keeps where it is ── posts the rest in its thread ── notes what was sent
//
// Slack knows no key that would make a post happen once: a crash between posting and keeping makes the next run post again.
import type { Announcement } from '../../content/announcement.ts';
import type { SlackMessage } from '../../domain/slack.ts';
import { claim, isClaimed, type Ledger, unclaimed, unsentOf, waitForOther } from './claim.ts';
import type { SlackClient } from './client.ts';
import type { Failure } from './failures.ts';
import { type Job, severityOf } from './jobs.ts';
import { type StoredMessage, writeMessage } from './message-store.ts';
import { markMoved, place } from './place.ts';
import { postThread } from './thread.ts';

/** What of a job is still to be sent, and why it was not; without a failure another run has it in hand. */
export interface Delivered {
  unsent: readonly Announcement[];
  failure?: Failure;
}

// Whatever comes once more is of the last runs.
const MOST_REMEMBERED = 50;

/** Delivers one job. Throws when it cannot be rendered, or the ledger not be read or written. */
export async function deliver(client: SlackClient, ledger: Ledger, job: Job): Promise<Delivered> {
  const before = ledger.messages.get(job.id)?.message;
  const unsent = unsentOf(job, before);
  if (unsent.length === 0) return { unsent };
  const claimed = await claim(ledger, job);
  if (!claimed) return deliverAfter(client, ledger, job);
  const placed = await place(client, ledger, job, claimed.message);
  if (!placed.ok) {
    await release(ledger, claimed, {});
    return { unsent, failure: placed.failure };
  }
  const { ok: _, isNew, ...where } = placed;
  const standing = isNew ? await recordPlace(ledger, claimed, where) : claimed;
  const unmarked = await markMoved(client, job, standing.message);
  if (unmarked) {
    await release(ledger, standing, {});
    return { unsent, failure: unmarked };
  }
  const { sent, failure } = await postThread(client, job, { before, unsent, isNew }, where);
  const marks = job.isDigest ? (failure ? [] : [job.about]) : sent.map(({ id }) => id);
  await release(
    ledger,
    { ...standing, message: unmoved(standing.message) },
    {
      announced: [...standing.message.announced, ...marks].slice(-MOST_REMEMBERED),
      ...(failure ? {} : { severity: severityOf(job.announcements) }),
    },
  );
  return failure ? { unsent: unsent.filter((each) => !sent.includes(each)), failure } : { unsent: [] };
}

/** What another run that had the message in hand did not send: it had read the ledger before. */
async function deliverAfter(client: SlackClient, ledger: Ledger, job: Job): Promise<Delivered> {
  const standing = await waitForOther(ledger, job);
  // The run that wrote the message since knows better what was unannounced.
  const announcements = job.announcements.filter((each) => !ledger.unannounced.has(each));
  const unsent = unsentOf({ ...job, announcements }, standing?.message);
  if (unsent.length === 0 || !standing || isClaimed(standing, ledger.clock()) || !client.isInTime()) return { unsent };
  return deliver(client, { ...ledger, messages: new Map([...ledger.messages, [job.id, standing]]) }, { ...job, announcements });
}

/** Lost only if this took longer than a claim, and then the run that took it over sends it again. */
async function recordPlace(
  { store, target }: Ledger,
  claimed: StoredMessage,
  place: Pick<SlackMessage, 'channel' | 'ts' | 'left'>,
): Promise<StoredMessage> {
  const message = { ...claimed.message, ...place };
  return (await writeMessage(store, target, message, claimed.version)) ?? { ...claimed, message };
}

// Its old place says where it went, or never will.
const unmoved = ({ left: _, ...message }: SlackMessage): SlackMessage => message;

const release = ({ store, target }: Ledger, { message, version }: StoredMessage, changes: Partial<SlackMessage>) =>
  writeMessage(store, target, { ...unclaimed(message), ...changes }, version);
