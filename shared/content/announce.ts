// What a noun says of its news: one such part for each announced kind, and render/announced.ts lists them all.

import type { FindingState } from '../domain/finding.ts';
import type { Asked, ClickAction } from '../domain/slack.ts';
import type { Remedy, Severity } from '../domain/verdict.ts';
import type { Announcement } from './announcement.ts';
import type { Message } from './document.ts';

/** What subscribers filter by, batches count by, and what decides which message comes first. */
export interface Labels {
  kind: Announcement['kind'];
  severity: Severity;
  account: string;
  region: string;
  cluster: string | null;
  /** The finding's subject; of a teardown or a change, the cluster; of a plan, its id; of the daily digest, its day. */
  subject: string;
  ruleId?: string;
  transition?: string;
  state?: string;
  /** The smaller, the sooner a person should see it. */
  urgency: number;
  /** It needs no one to act. */
  isOver: boolean;
}

/** `alone`: in a message about many things nothing would be left of it. `now`: something can still be done, but not for long. */
export const URGENCY = { alone: -1, now: 0, asks: 1, answers: 2 } as const;

export type Of<Kind extends Announcement['kind']> = Extract<Announcement, { kind: Kind }>;

/** What is asked once more before an answer that cannot be taken back. */
export interface Confirmation {
  title: string;
  text: string;
}

/** What can be answered to a message, and what the answer is about. */
export interface Answers {
  of: Asked;
  actions: readonly ClickAction[];
  confirm?: Confirmation;
}

// Methods rather than properties, so that one list holds those of every kind.
export interface Announce<News extends Announcement = Announcement> {
  kind: News['kind'];
  /** What the message is about, whatever happens to it later: an output that updates its messages has one for each. */
  about(announcement: News): string;
  labels(announcement: News): Labels;
  content(announcement: News): Message;
  /** The fields of the machine-readable form, whose shape is a contract; without `details` what cannot be looked up again. */
  machine(announcement: News, details: boolean): Readonly<Record<string, unknown>>;
  /** What can be answered to it, as the ledger is now; undefined: it asks nothing. */
  answers?(announcement: News, state: FindingState | undefined): Answers | undefined;
  /** What a batch of messages says to do about those of this kind that ask for something. */
  batchSteps?(announcements: readonly News[]): readonly Remedy[];
}

export const NOTHING_TO_DO: Remedy = { summary: 'Nothing; this is over.', commands: [] };

/** The labels that say where something is. */
export const placeOf = ({ target }: Announcement) => ({ account: target.accountId, region: target.region });
