import * as v from 'valibot';
import { defineKind } from '../../ledger/kind.ts';
import { LEASE, TEXT, TIME, wholeFrom } from '../../ledger/values.ts';
import { CLICK_ACTIONS, type ClickRecord, type SlackMessage } from '../../model/slack.ts';
import { SEVERITIES } from '../../model/verdict.ts';

// Whoever looks for the message of an old finding: after that a new one is posted.
const MESSAGE_DAYS = 400;
const CLICK_DAYS = 400;
// Requests that Slack did not sign are anybody's: what they leave behind must not grow for a year.
const UNSIGNED_CLICK_DAYS = 90;

const ASKED = v.variant('kind', [
  v.object({ kind: v.literal('plan'), plan: TEXT }),
  v.object({ kind: v.literal('finding'), findingId: TEXT, meaning: v.string() }),
]);

const MESSAGE: v.GenericSchema<SlackMessage> = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  about: TEXT,
  channel: TEXT,
  ts: v.exactOptional(TEXT),
  left: v.exactOptional(v.object({ channel: TEXT, ts: TEXT })),
  severity: v.picklist(SEVERITIES),
  question: v.exactOptional(v.object({ nonce: TEXT, of: ASKED })),
  told: v.array(v.string()),
  claim: v.exactOptional(v.object(LEASE)),
});

const CLICK_RECORD: v.GenericSchema<ClickRecord> = v.object({
  id: TEXT,
  at: TIME,
  by: TEXT,
  action: v.picklist([...CLICK_ACTIONS, 'unknown']),
  about: TEXT,
  accepted: v.boolean(),
  says: v.string(),
  count: wholeFrom(1),
});

/** A message in Slack, by its id. */
export const SLACK_MESSAGE = defineKind<SlackMessage, 'slack-message'>({
  name: 'slack-message',
  schema: MESSAGE,
  id: ({ id }) => id,
  keepDays: () => MESSAGE_DAYS,
});

/** A click, by its id. */
export const CLICK = defineKind<ClickRecord, 'click'>({
  name: 'click',
  schema: CLICK_RECORD,
  id: ({ id }) => id,
  keepDays: ({ by }) => (by === '-' ? UNSIGNED_CLICK_DAYS : CLICK_DAYS),
});
