import { CLICK_RECORD, type ClickRecord, SLACK_MESSAGE as SLACK_MESSAGE_SCHEMA, type SlackMessage } from '../../domain/slack.ts';
import { defineKind } from '../../ledger/kind.ts';

// Whoever looks for the message of an old finding: after that a new one is posted.
const MESSAGE_DAYS = 400;
const CLICK_DAYS = 400;
// Requests that Slack did not sign are anybody's: what they leave behind must not grow for a year.
const UNSIGNED_CLICK_DAYS = 90;

/** A message in Slack, by its id. */
export const SLACK_MESSAGE = defineKind<SlackMessage, 'slack-message'>({
  name: 'slack-message',
  schema: SLACK_MESSAGE_SCHEMA,
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
