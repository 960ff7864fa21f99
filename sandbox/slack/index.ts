// Slack on this machine: its Web API as far as the project uses it, and what it sends when somebody clicks.
import { setTimeout as pause } from 'node:timers/promises';
import { type Click, clickBody } from './click.ts';
import { dispatch, type Refused, type Setup } from './dispatch.ts';
import { createFaults, type SlackCall, type SlackFaults } from './faults.ts';
import type { Ephemeral, SlackMessage } from './message.ts';
import { createRates } from './rates.ts';
import { createResponseUrls } from './response-url.ts';
import { listen } from './server.ts';
import { signedHeaders } from './sign.ts';
import { createWorkspace, existing, type GivenChannel } from './workspace.ts';

export type { Click } from './click.ts';
export type { Refused } from './dispatch.ts';
export type { SlackCall, SlackEffect, SlackFault, SlackFaults } from './faults.ts';
export type { Content, Ephemeral, SlackBlock, SlackMessage } from './message.ts';
export { type Seen, seen } from './seen.ts';

export interface SlackOptions {
  signingSecret: string;
  botToken: string;
  channels: readonly GivenChannel[];
  /** People; who is not among them is named after the id. */
  users?: readonly { id: string; name: string }[];
  /** T0SANDBOX unless said otherwise. */
  team?: string;
  /** Milliseconds; the machine's clock unless said otherwise. */
  now?: () => number;
  /** How a slow answer waits. */
  sleep?: (ms: number) => Promise<void>;
  /** False: nobody is ever too fast. */
  rates?: boolean;
}

export interface SignedRequest {
  headers: Record<string, string>;
  /** The raw bytes. */
  body: Buffer;
}

export interface Slack {
  /** e.g. http://127.0.0.1:40123/api/ */
  apiUrl: string;
  team: string;
  /** A channel's messages without the replies, the oldest first. Copies: they stay as they are. */
  messages(channelId: string): SlackMessage[];
  /** The replies to a message, the oldest first. Copies. */
  thread(channelId: string, ts: string): SlackMessage[];
  /** What single people were shown, the oldest first. */
  ephemerals: readonly Ephemeral[];
  /** Every request, in the order of arrival. */
  calls: readonly SlackCall[];
  /** What Slack itself refused. What faults made of calls is not here. */
  refused: readonly Refused[];
  faults: SlackFaults;
  /** The app's token is good no longer. */
  revoke(): void;
  /** From now on another token and another signing secret are good; the old token is revoked. */
  rotate(given: { botToken?: string; signingSecret?: string }): void;
  archive(channelId: string): void;
  unarchive(channelId: string): void;
  /** Takes the app out of a channel. */
  kick(channelId: string): void;
  /** A person writes something. */
  say(channelId: string, user: string, text: string): SlackMessage;
  /** A person deletes a message. */
  deleteMessage(channelId: string, ts: string): void;
  /** What Slack sends when somebody clicks. Throws when there is nothing to click. */
  click(click: Click): SignedRequest;
  /** The headers that make a body one of Slack's. `at`: milliseconds, now unless said otherwise. */
  sign(body: Buffer | string, given?: { at?: number; secret?: string }): Record<string, string>;
  stop(): Promise<void>;
}

/** Starts Slack in this process. */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const { team = 'T0SANDBOX', now = Date.now, users = [], channels } = options;
  const workspace = createWorkspace({ team, now, channels, users });
  const secrets = { signing: options.signingSecret };
  const setup: Setup = {
    workspace,
    tokens: { good: options.botToken, revoked: new Set() },
    rates: options.rates === false ? undefined : createRates(now),
    faults: createFaults(),
    responseUrls: createResponseUrls(workspace),
    calls: [],
    refused: [],
    sleep: options.sleep ?? ((ms) => pause(ms)),
  };
  const { origin, stop } = await listen((request) => dispatch(setup, request));
  const sign: Slack['sign'] = (body, { at = now(), secret = secrets.signing } = {}) => signedHeaders(body, secret, at);
  return {
    apiUrl: `${origin}/api/`,
    team,
    ...readers(setup),
    ...people(setup),
    faults: setup.faults,
    revoke: () => {
      setup.tokens.revoked.add(setup.tokens.good);
    },
    rotate: ({ botToken, signingSecret }) => {
      if (botToken !== undefined) {
        setup.tokens.revoked.add(setup.tokens.good);
        setup.tokens.good = botToken;
      }
      secrets.signing = signingSecret ?? secrets.signing;
    },
    click: (click) => {
      const message = click.from ?? existing(workspace, click.channel, click.ts).message;
      if (!message) throw new Error(`The channel ${click.channel} has no message ${click.ts}.`);
      const body = clickBody(workspace, message, click, `${origin}${setup.responseUrls.open(click)}`);
      return { headers: sign(body), body };
    },
    sign,
    stop,
  };
}

function readers({ workspace, calls, refused }: Setup) {
  const all = (channelId: string) => existing(workspace, channelId).channel.messages;
  return {
    messages: (channelId: string) => structuredClone(all(channelId).filter(({ thread_ts }) => thread_ts === undefined)),
    thread: (channelId: string, ts: string) => structuredClone(all(channelId).filter(({ thread_ts }) => thread_ts === ts)),
    ephemerals: workspace.ephemerals,
    calls,
    refused,
  };
}

function people({ workspace }: Setup) {
  const channel = (id: string) => existing(workspace, id).channel;
  return {
    archive: (id: string) => {
      channel(id).isArchived = true;
    },
    unarchive: (id: string) => {
      channel(id).isArchived = false;
    },
    kick: (id: string) => {
      channel(id).isMember = false;
    },
    say: (id: string, user: string, text: string) => {
      const message: SlackMessage = { type: 'message', channel: id, ts: workspace.nextTs(), user, team: workspace.team, text };
      channel(id).messages.push(message);
      return structuredClone(message);
    },
    deleteMessage: (id: string, ts: string) => {
      const { messages, deleted } = existing(workspace, id, ts).channel;
      messages.splice(
        messages.findIndex((message) => message.ts === ts),
        1,
      );
      deleted.add(ts);
    },
  };
}
