import * as v from 'valibot';
import { CLICK_ACTIONS, type ClickRecord, type SlackMessage } from '../../model/slack.ts';
import { SEVERITIES } from '../../model/verdict.ts';
import { TEXT, TIME, wholeFrom } from './values.ts';

const ASKED = v.variant('kind', [
  v.object({ kind: v.literal('plan'), plan: TEXT }),
  v.object({ kind: v.literal('finding'), findingId: TEXT, meaning: v.string() }),
]);

export const SLACK_MESSAGE: v.GenericSchema<SlackMessage> = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  about: TEXT,
  channel: TEXT,
  ts: v.exactOptional(TEXT),
  left: v.exactOptional(v.object({ channel: TEXT, ts: TEXT })),
  severity: v.picklist(SEVERITIES),
  question: v.exactOptional(v.object({ nonce: TEXT, of: ASKED })),
  told: v.array(v.string()),
  claim: v.exactOptional(v.object({ by: TEXT, until: TIME })),
});

export const CLICK: v.GenericSchema<ClickRecord> = v.object({
  id: TEXT,
  at: TIME,
  by: TEXT,
  action: v.picklist([...CLICK_ACTIONS, 'unknown']),
  about: TEXT,
  accepted: v.boolean(),
  says: v.string(),
  count: wholeFrom(1),
});
