import { afterEach } from '@jest/globals';
import { type Slack, type SlackOptions, startSlack } from '../../../sandbox/slack/index.ts';

export const TOKEN = 'xoxb-sandbox-token';
export const SECRET = '0123456789abcdef0123456789abcdef';
export const CHANNEL = 'C0ALERTS';

export interface Client extends Slack {
  /** Moves the clock that Slack goes by. */
  wait(seconds: number): void;
  /** Calls a method, as an app does. */
  call(method: string, args: object, headers?: Record<string, string>): Promise<Called>;
  post(args: object): Promise<Called>;
  update(args: object): Promise<Called>;
}

export interface Called {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

const running: Slack[] = [];

afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop();
});

/** Slack with two channels and one person, and a client of it; it ends with the test. */
export async function slack(given: Partial<SlackOptions> = {}): Promise<Client> {
  const clock = { now: Date.parse('2026-11-21T12:00:00Z') };
  const started = await startSlack({
    signingSecret: SECRET,
    botToken: TOKEN,
    channels: [
      { id: CHANNEL, name: 'alerts' },
      { id: 'C0OTHER', name: 'other' },
    ],
    users: [{ id: 'U0ANNA', name: 'anna' }],
    now: () => clock.now,
    ...given,
  });
  running.push(started);
  const call: Client['call'] = async (method, args, headers = {}) => {
    const sent = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8', ...headers };
    const response = await fetch(`${started.apiUrl}${method}`, { method: 'POST', headers: sent, body: JSON.stringify(args) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : { text } };
  };
  return {
    ...started,
    wait: (seconds) => {
      clock.now += seconds * 1000;
    },
    call,
    post: (args) => call('chat.postMessage', { channel: CHANNEL, text: 'Two orphans', ...args }),
    update: (args) => call('chat.update', { channel: CHANNEL, text: 'Two orphans', ...args }),
  };
}

/** An object that a call was answered with. */
export function part(body: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = body[name];
  if (typeof value !== 'object' || value === null) throw new Error(`There is no ${name} in ${JSON.stringify(body)}.`);
  return { ...value };
}
