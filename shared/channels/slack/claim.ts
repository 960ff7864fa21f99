// Two runs that write to Slack about the same thing would make two messages of it: each claims the message in the ledger first.
import { randomUUID } from 'node:crypto';
import type { Announcement } from '../../content/announcement.ts';
import type { FindingState, Target } from '../../domain/finding.ts';
import type { SlackMessage } from '../../domain/slack.ts';
import { isHeld, leaseFor } from '../../ledger/lease.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import { answersTo } from '../../render/announced.ts';
import { type Job, severityOf } from './jobs.ts';
import { messageNow, questionAbout, type StoredMessage, writeMessage } from './message-store.ts';

/** What the ledger knows when a round begins. */
export interface Ledger {
  store: LedgerStore;
  target: Target;
  clock: () => Date;
  sleep: (milliseconds: number) => Promise<unknown>;
  messages: ReadonlyMap<string, StoredMessage>;
  findings: ReadonlyMap<string, FindingState>;
  /** What is pending nowhere, and is so by what the ledger was when the round began. */
  unannounced: ReadonlySet<Announcement>;
}

// Longer than all calls about one thing take.
const CLAIM_MS = 120_000;
// Another run writes one message within seconds; waiting for it is better than an alarm about nothing.
const WAITS = 5;
const WAIT_MS = 1_000;

/** What of a job its message does not say yet. */
export function unsentOf({ isDigest, about, announcements }: Job, message: SlackMessage | undefined): readonly Announcement[] {
  const sent = new Set(message?.announced);
  if (isDigest) return sent.has(about) ? [] : announcements;
  return announcements.filter(({ id }) => !sent.has(id));
}

/** A message without the mark of who writes it. */
export const unclaimed = ({ claim: _, ...message }: SlackMessage): SlackMessage => message;

/** Whether a run is writing it. */
export const isClaimed = (known: StoredMessage | undefined, at: Date): boolean => isHeld(known?.message.claim, at);

/** The message, claimed for this run, with the question that it is going to ask; undefined: another run has it. */
export async function claim({ store, target, clock, messages, findings }: Ledger, job: Job): Promise<StoredMessage | undefined> {
  const known = messages.get(job.id);
  if (isClaimed(known, clock())) return undefined;
  const { id, about, channel, announcements, isDigest } = job;
  const last = isDigest ? undefined : announcements.at(-1);
  const question = questionAbout(last && answersTo(last, findings.get(about))?.of, known?.message.question);
  const message: SlackMessage = {
    ...(known ? unclaimed(known.message) : { id, about, channel, severity: severityOf(announcements), announced: [] }),
    ...(question ? { question } : {}),
    claim: leaseFor(randomUUID(), clock(), CLAIM_MS),
  };
  return writeMessage(store, target, message, known?.version ?? 0);
}

/** Waits a while for the run that is writing the message; gives the message as it is then. */
export async function waitForOther({ store, target, clock, sleep }: Ledger, job: Job): Promise<StoredMessage | undefined> {
  for (let waits = 0; ; waits += 1) {
    const now = await messageNow(store, target, job.id);
    if (unsentOf(job, now?.message).length === 0 || !isClaimed(now, clock()) || waits === WAITS) return now;
    await sleep(WAIT_MS);
  }
}
