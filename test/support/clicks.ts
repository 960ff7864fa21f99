// People who press buttons in Slack, what they press, and what is kept of it.
import { createHmac } from 'node:crypto';
import { buttonValue, type ClickRecord, type Pressed, type SlackMessage, slackUser } from '../../shared/domain/slack.ts';
import { ACCEPTED } from './acceptances.ts';
import { TARGET } from './reports.ts';

export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';
export const NONCE = 'AAAAAAAAAAAAAAAAAAAAAA';
export const RESPONSE_URL = 'https://hooks.slack.com/actions/T0TEAM/1/secret';
const MESSAGE_ID = '0123456789abcdef01234567';

export const ANNA = { id: 'U0ANNA', username: 'anna', name: 'anna', team_id: 'T0TEAM' };
export const BEN = { id: 'W0BEN', username: 'ben', name: 'ben', team_id: 'T0TEAM' };
export const SLACK_ANNA = slackUser(ANNA.team_id, ANNA.id, ANNA.username);
export const SLACK_BEN = slackUser(BEN.team_id, BEN.id, BEN.username);

/** A snooze that was taken, unless told otherwise. */
export const clickRecord = (parts: Partial<ClickRecord> = {}): ClickRecord => ({
  id: 'a',
  at: '2026-11-20T18:40:00.000Z',
  by: SLACK_ANNA,
  action: 'snooze',
  about: ACCEPTED.findingId,
  accepted: true,
  says: 'eni-1 is accepted until 2026-11-27; anna answers for it',
  count: 1,
  ...parts,
});

/** A message that asks something. */
export const slackMessage = (parts: Partial<SlackMessage> = {}): SlackMessage => ({
  id: MESSAGE_ID,
  about: 'plan',
  channel: 'C0CHANNEL',
  ts: '1763663700.000100',
  severity: 'high',
  announced: [],
  ...parts,
});

/** The value of a button of that message. */
export const pressedValue = (parts: Partial<Pressed> = {}): string =>
  buttonValue({ region: TARGET.region, message: MESSAGE_ID, nonce: NONCE, ...parts });

/** What Slack says of a click: only what we read of it, and a few things that we do not. */
export const payload = (parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  type: 'block_actions',
  user: ANNA,
  api_app_id: 'A0APP',
  container: { type: 'message', message_ts: '1763663700.000100', channel_id: 'C0CHANNEL' },
  trigger_id: '1.2.3',
  message: { text: "6 orphans of checkout hold 6 addresses (it's eu-west-1)" },
  team: { id: 'T0TEAM', domain: 'team' },
  actions: [{ type: 'button', action_id: 'approve', block_id: 'b', action_ts: '1.1', value: pressedValue() }],
  response_url: RESPONSE_URL,
  ...parts,
});

/** A form with that payload, as Slack writes it. */
export const formOf = (json: unknown): Buffer => Buffer.from(`payload=${encodeURIComponent(JSON.stringify(json))}`);

/** A request as Slack sends it, signed at a time. */
export function signed(body: Buffer, at: Date, secret = SIGNING_SECRET) {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', secret)
    .update(Buffer.concat([Buffer.from(`v0:${timestamp}:`), body]))
    .digest('hex');
  return { headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` }, body };
}
