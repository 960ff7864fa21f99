// Slack with a publisher that writes to it, at a time of their own: waiting takes next to none of the test's.
import { setTimeout as pause } from 'node:timers/promises';
import { type Slack, seen, startSlack } from '../../../sandbox/slack/index.ts';
import { type SlackOptions, slackPublisher } from '../../../shared/channels/slack/publisher.ts';
import type { Announcement } from '../../../shared/content/announcement.ts';
import type { FindingState, Target } from '../../../shared/domain/finding.ts';
import type { SlackMessage } from '../../../shared/domain/slack.ts';
import { FINDING } from '../../../shared/findings/record.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import type { LedgerBody, LedgerStore } from '../../../shared/ledger/store.ts';
import type { PlanState } from '../../../shared/plans/plan.ts';
import { planKey } from '../../../shared/plans/record.ts';
import type { SlackRoute, SlackSecret } from '../../../shared/settings/slack-secret.ts';
import { NEWEST, TARGET } from '../../support/reports.ts';

export const PLATFORM = 'C0PLATFORM';
export const ONCALL = 'C0ONCALL';
const TOKEN = 'xoxb-1-test';
const SIGNING = '0123456789abcdef0123456789abcdef';

export interface Workspace {
  slack: Slack;
  publisher: ReturnType<typeof slackIn>;
  options: SlackOptions & { store: LedgerStore };
  store: LedgerStore;
  secret: { value: SlackSecret; reads: number };
  /** What the ledger has of what is told: without it nothing is offered. */
  know(...of: readonly Announcement[]): Promise<void>;
  knowPlan(state: PlanState): Promise<void>;
  /** The ledger's records of messages. */
  messages(): Promise<SlackMessage[]>;
  /** What people see in a channel, a text for each message. */
  shown(channel?: string): string[];
  /** What people see below the channel's nth message. */
  replies(n?: number, channel?: string): string[];
  /** Milliseconds that passed. */
  passed(): number;
  pass(milliseconds: number): void;
}

export interface WorkspaceOptions {
  routes?: readonly SlackRoute[];
  rates?: boolean;
}

export async function startWorkspace({ routes = [{ channel: PLATFORM }], rates = true }: WorkspaceOptions = {}): Promise<Workspace> {
  const start = Date.parse(NEWEST);
  const time = { ms: start };
  // What others do meanwhile is done.
  const sleep = async (ms: number) => {
    time.ms += ms;
    await pause(20);
  };
  const now = () => time.ms;
  const channels = [PLATFORM, ONCALL].map((id) => ({ id, name: id.slice(2).toLowerCase() }));
  const slack = await startSlack({ signingSecret: SIGNING, botToken: TOKEN, channels, now, sleep, rates });
  const secret = { value: { botToken: TOKEN, signingSecret: SIGNING, channels: routes }, reads: 0 };
  const store = memoryStore();
  // As a function keeps it: read once, and again when it was told to forget it.
  let held: SlackSecret | undefined;
  const get = async () => {
    if (!held) secret.reads += 1;
    held ??= secret.value;
    return held;
  };
  const forget = () => {
    held = undefined;
  };
  const options = { apiUrl: slack.apiUrl, secret: { get, forget }, store, clock: () => new Date(time.ms), sleep, now };
  const put = async (key: string, body: LedgerBody) => {
    const there = await store.get(TARGET, key);
    await store.write(TARGET, [{ key, ifVersion: there?.version ?? 0, body }]);
  };
  const texts = (messages: ReturnType<Slack['messages']>) => messages.map((message) => seen(message).text);
  return {
    ...{ slack, publisher: slackIn(options), options, store, secret },
    know: async (...of) => {
      for (const each of of)
        if (each.kind === 'transition') await put(FINDING.key(each.finding.id), { kind: 'finding', state: stateOf(each) });
    },
    knowPlan: (state) => put(planKey(state.plan.id), { kind: 'plan', state }),
    messages: async () => (await store.load(TARGET)).flatMap(({ body }) => (body.kind === 'slack-message' ? [body.state] : [])),
    shown: (channel = PLATFORM) => texts(slack.messages(channel)),
    replies: (n = 0, channel = PLATFORM) => texts(slack.thread(channel, slack.messages(channel)[n]?.ts ?? '')),
    passed: () => time.ms - start,
    pass: (ms) => {
      time.ms += ms;
    },
  };
}

/** The publisher as one run has it, over a store of its own. */
export function slackIn({ store, ...options }: SlackOptions & { store: LedgerStore }) {
  const publisher = slackPublisher(options);
  return {
    name: publisher.name,
    publish: (announcements: readonly Announcement[]) => publisher.publish(announcements, store),
    refresh: async (target: Target) => publisher.refresh?.(target, store),
  };
}

function stateOf({ finding, transition }: Extract<Announcement, { kind: 'transition' }>): FindingState {
  const isOver = transition.kind === 'resolved' || transition.kind === 'cleaned';
  const meaning = [finding.severity, finding.state ?? ''].join('/');
  const state = { finding, quiet: false, meaning, lastSeen: NEWEST, pending: [] } as const;
  return isOver ? { ...state, status: 'resolved', resolvedAt: NEWEST } : { ...state, status: 'open' };
}
