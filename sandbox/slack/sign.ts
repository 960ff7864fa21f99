import { createHmac } from 'node:crypto';

/** The headers of a request that Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signedHeaders(body: Buffer | string, secret: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return {
    accept: 'application/json,*/*',
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
}
