// Whether Slack sent a request: https://docs.slack.dev/authentication/verifying-requests-from-slack
// Anybody can reach the address. Until this says yes, nothing of the body is parsed, and nothing in it is believed.
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SlackRequest {
  /** By lower-case names. A header that was sent twice is one with a comma in it, and so malformed. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came: read as text and written again, they are others. */
  body: Buffer;
}

export type Unverified = 'unsigned' | 'malformed' | 'old' | 'future' | 'forged';
export type Verified = { ok: true } | { ok: false; reason: Unverified; says: string };

// A click brings its message along, which has 40 KB at most.
const MOST_BYTES = 256 * 1024;
// Slack's own advice for the past. A clock that is ahead would make a request good for longer.
const WINDOW_SECONDS = 300;
const SIGNATURE = /^v0=([0-9a-f]{64})$/;
const TIMESTAMP = /^\d{1,12}$/;

/** Whether a request is Slack's and of now, or why it is not. */
export function verifySlackRequest({ headers, body }: SlackRequest, signingSecret: string, now: Date): Verified {
  const [signature, timestamp] = [headers['x-slack-signature'], headers['x-slack-request-timestamp']];
  if (signature === undefined || timestamp === undefined) return refused('unsigned', 'the request carries no signature of Slack');
  const [, hex] = SIGNATURE.exec(signature) ?? [];
  if (hex === undefined) return refused('malformed', 'the signature is not v0= and 64 hexadecimal digits');
  if (!TIMESTAMP.test(timestamp)) return refused('malformed', 'the time of the request is no number of seconds');
  if (body.length > MOST_BYTES) return refused('malformed', `the body has ${body.length} bytes, and no click has more than ${MOST_BYTES}`);
  const aheadMs = Number(timestamp) * 1_000 - now.getTime();
  if (aheadMs < -WINDOW_SECONDS * 1_000) return refused('old', `the request is older than ${WINDOW_SECONDS} seconds`);
  if (aheadMs > WINDOW_SECONDS * 1_000) return refused('future', `the request is of more than ${WINDOW_SECONDS} seconds ahead`);
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest();
  const given = Buffer.from(hex, 'hex');
  // It throws for different lengths, and a text of the right form may only have this one.
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return refused('forged', 'the signature is not that of the signing secret');
  return { ok: true };
}

const refused = (reason: Unverified, says: string): Verified => ({ ok: false, reason, says });
