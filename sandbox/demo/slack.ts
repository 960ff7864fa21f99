// A Slack for a stack in the sandbox, and somebody who reads it and clicks.
import type { Sandbox } from '../index.ts';
import { type Slack, type SlackMessage, seen, startSlack } from '../slack/index.ts';
import type { SlackParams } from './stack.ts';

export const PLATFORM = 'C0PLATFORM';
export const ANNA = 'U0ANNA';
export const BEN = 'U0BEN';

export interface TeamSlack {
  slack: Slack;
  /** What the stack is deployed with: one channel, and Anna may answer. */
  params: SlackParams;
  /** The channel's messages whose visible text has this in it. */
  find(text: string | RegExp): SlackMessage[];
  stop(): Promise<void>;
}

/** Starts it. Its time is the sandbox's, and passes while functions wait in real time. */
export async function startTeamSlack(sandbox: Sandbox, { rates = true }: { rates?: boolean } = {}): Promise<TeamSlack> {
  const began = performance.now();
  const secret = { botToken: 'xoxb-1-sandbox', signingSecret: '8f742231b10e8888abcd99edababa853' };
  const slack = await startSlack({
    ...secret,
    channels: [{ id: PLATFORM, name: 'platform' }],
    users: [
      { id: ANNA, name: 'anna' },
      { id: BEN, name: 'ben' },
    ],
    rates,
    now: () => sandbox.clock.now().getTime() + (performance.now() - began),
  });
  return {
    slack,
    params: { apiUrl: slack.apiUrl, secret: { ...secret, channels: [{ channel: PLATFORM }] }, approvers: [ANNA] },
    find: (text) => slack.messages(PLATFORM).filter((message) => seen(message).text.match(text) !== null),
    stop: () => slack.stop(),
  };
}
