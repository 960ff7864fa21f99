// One message, in an order in which a crash loses nothing:
//
//   claims it in the ledger ── posts or updates it ── keeps where it is ── tells the rest in its thread ── notes what was told
//
// Slack knows no key that would make a post happen once: a crash between posting and keeping makes the next run post again.
import type { Announcement } from '../../model/announcement.ts';
import type { SlackMessage } from '../../model/slack.ts';
import { claim, isClaimed, type Ledger, unclaimed, untoldOf, waitForOther } from './claim.ts';
import type { SlackClient } from './client.ts';
import type { Failure } from './failures.ts';
import { type Job, severityOf } from './jobs.ts';
import { type StoredMessage, writeMessage } from './message-store.ts';
import { leaveWord, place } from './place.ts';
import { tellThread } from './thread.ts';

/** What of a job is still to be told, and why; without a failure another run has it in hand. */
export interface Delivered {
  untold: readonly Announcement[];
  failure?: Failure;
}

// Whatever comes once more is of the last runs.
const MOST_TOLD = 50;

/** Delivers one job. Throws when it cannot be rendered, or the ledger not be read or written. */
export async function deliver(client: SlackClient, ledger: Ledger, job: Job): Promise<Delivered> {
  const before = ledger.messages.get(job.id)?.message;
  const untold = untoldOf(job, before);
  if (untold.length === 0) return { untold };
  const claimed = await claim(ledger, job);
  if (!claimed) return deliverAfter(client, ledger, job);
  const placed = await place(client, ledger, job, claimed.message);
  if (!placed.ok) {
    await release(ledger, claimed, {});
    return { untold, failure: placed.failure };
  }
  const { ok: _, isNew, ...where } = placed;
  const standing = isNew ? await recordPlace(ledger, claimed, where) : claimed;
  const wordless = await leaveWord(client, job, standing.message);
  if (wordless) {
    await release(ledger, standing, {});
    return { untold, failure: wordless };
  }
  const { told, failure } = await tellThread(client, job, { before, untold, isNew }, where);
  const marks = job.isDigest ? (failure ? [] : [job.about]) : told.map(({ id }) => id);
  await release(
    ledger,
    { ...standing, message: unmoved(standing.message) },
    {
      announced: [...standing.message.announced, ...marks].slice(-MOST_TOLD),
      ...(failure ? {} : { severity: severityOf(job.announcements) }),
    },
  );
  return failure ? { untold: untold.filter((each) => !told.includes(each)), failure } : { untold: [] };
}

/** What another run that had the message in hand did not tell: it had read the ledger before. */
async function deliverAfter(client: SlackClient, ledger: Ledger, job: Job): Promise<Delivered> {
  const standing = await waitForOther(ledger, job);
  // Whoever wrote the message since knows better what was overlooked.
  const announcements = job.announcements.filter((each) => !ledger.overlooked.has(each));
  const untold = untoldOf({ ...job, announcements }, standing?.message);
  if (untold.length === 0 || !standing || isClaimed(standing, ledger.clock()) || !client.isInTime()) return { untold };
  return deliver(client, { ...ledger, messages: new Map([...ledger.messages, [job.id, standing]]) }, { ...job, announcements });
}

/** Lost only if this took longer than a claim, and then whoever took it over tells it again. */
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
