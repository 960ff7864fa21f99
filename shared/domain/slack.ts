import * as v from 'valibot';
import { LEASE } from './lease.ts';
import { type Of, TEXT, TIME, wholeFrom } from './values.ts';
import { SEVERITIES } from './verdict.ts';

/** What a message's buttons are about, as people saw it: an answer is for that plan, or for that meaning of the finding, and for no other. */
const ASKED = v.variant('kind', [
  v.object({ kind: v.literal('plan'), plan: TEXT }),
  v.object({ kind: v.literal('finding'), findingId: TEXT, meaning: v.string() }),
]);
export type Asked = Of<typeof ASKED>;

/** A message's question. Its buttons carry `nonce`, which says nothing to anybody but this ledger. */
const QUESTION = v.object({ nonce: TEXT, of: ASKED });
export type Question = Of<typeof QUESTION>;

/** One message in Slack: it is updated as what it tells of changes, and its thread tells the story. */
export const SLACK_MESSAGE = v.object({
  /** 24 hexadecimal digits, made of `about`. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  /** What the message tells of: a finding's id, a plan's digest, a teardown. */
  about: TEXT,
  channel: TEXT,
  /** Slack's name for it in its channel; none yet: it is being posted, or was about to be. */
  ts: v.exactOptional(TEXT),
  /** Where it stood before, as long as it does not say there that it goes on elsewhere. */
  left: v.exactOptional(v.object({ channel: TEXT, ts: TEXT })),
  /** As it was last told: what became more urgent is told to the whole channel. */
  severity: v.picklist(SEVERITIES),
  question: v.exactOptional(QUESTION),
  /** The ids of the announcements that message and thread tell, the newest last. */
  announced: v.array(v.string()),
  /** Whoever is writing to Slack about it, and until when nobody else may: two runs at once would make two messages. */
  claim: v.exactOptional(LEASE),
});
export type SlackMessage = Of<typeof SLACK_MESSAGE>;

export const CLICK_ACTIONS = ['approve', 'reject', 'snooze', 'evidence'] as const;
export type ClickAction = (typeof CLICK_ACTIONS)[number];

/** For how many days a finding may be snoozed. */
export const SNOOZE_DAYS = [1, 7, 30] as const;

/** A click that was asked for, whether it did anything or not. */
export const CLICK_RECORD = v.object({
  /** No two have the same; requests that Slack did not sign share one for each day and reason. */
  id: TEXT,
  at: TIME,
  /** `slack:TEAM/USER/name`; `-` where nobody is known. */
  by: TEXT,
  action: v.picklist([...CLICK_ACTIONS, 'unknown']),
  /** The plan or the finding, or `-`. */
  about: TEXT,
  accepted: v.boolean(),
  /** What it did, or why it was refused. */
  says: v.string(),
  /** How many were alike. */
  count: wholeFrom(1),
});
export type ClickRecord = Of<typeof CLICK_RECORD>;

/** What a button's value says: where its message is kept, and which question it answers. */
export interface Pressed {
  region: string;
  /** The message's id. */
  message: string;
  nonce: string;
  /** Of a choice to snooze. */
  days?: number;
}

// An option's value has at most 75 characters: https://docs.slack.dev/reference/block-kit/composition-objects/option-object/
const VALUE = /^([a-z]{2}[a-z0-9-]{1,30})\.([0-9a-f]{24})\.([\w-]{22})(?:\.(\d{1,2}))?$/;

/** The value of a button. */
export const buttonValue = ({ region, message, nonce, days }: Pressed): string =>
  [region, message, nonce, ...(days === undefined ? [] : [days])].join('.');

/** What a button's value says, or undefined when no button of ours has it. */
export function pressedOf(value: string): Pressed | undefined {
  const [, region, message, nonce, days] = VALUE.exec(value) ?? [];
  if (region === undefined || message === undefined || nonce === undefined) return undefined;
  return { region, message, nonce, ...(days === undefined ? {} : { days: Number(days) }) };
}

/** Somebody in Slack, as ledgers and messages name them. The name is for people; the two ids are who it is. */
export const slackUser = (team: string, user: string, name: string): string =>
  `slack:${team}/${user}/${name.replace(/[^\w.-]/g, '').slice(0, 40) || 'unnamed'}`;

/** The id of a user whom `slackUser` named, or undefined. */
export const slackUserId = (by: string): string | undefined => /^slack:[A-Z0-9-]+\/([UW][A-Z0-9]{2,20})\/[\w.-]+$/.exec(by)?.[1];
