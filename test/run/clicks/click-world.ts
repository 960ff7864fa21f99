// A stack that takes clicks: a ledger with a plan and a finding, each with its message, two who may answer, and everything that was sent and told.

import { CLICK, SLACK_MESSAGE } from '../../../shared/channels/slack/record.ts';
import type { Acceptance } from '../../../shared/domain/acceptance.ts';
import type { FindingState } from '../../../shared/domain/finding.ts';
import { jsonLogger } from '../../../shared/domain/log.ts';
import type { Question } from '../../../shared/domain/slack.ts';
import { ACCEPTANCE, FINDING as FINDING_KIND } from '../../../shared/findings/record.ts';
import { newestFirst, statesOf } from '../../../shared/ledger/kind.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import type { LedgerRecord, LedgerStore } from '../../../shared/ledger/store.ts';
import type { ProposedPlan } from '../../../shared/plans/plan.ts';
import { DECISION, PLAN, planKey } from '../../../shared/plans/record.ts';
import { workClick } from '../../../shared/run/clicks/click.ts';
import type { ClickDeps } from '../../../shared/run/clicks/ports.ts';
import type { SlackSecret } from '../../../shared/settings/slack-secret.ts';
import { ANNA, BEN, formOf, NONCE, payload, pressedValue, SIGNING_SECRET, signed, slackMessage } from '../../support/clicks.ts';
import { stateOf } from '../../support/findings.ts';
import { leftover } from '../../support/leftovers.ts';
import { EXPIRES, PLAN_ID, proposed } from '../../support/plans.ts';
import { TARGET } from '../../support/reports.ts';

export const START = new Date('2026-11-20T18:50:00.000Z');
export const OF_PLAN = '0000000000000000000000aa';
export const OF_FINDING = '0000000000000000000000bb';
export const FINDING = leftover(1, { cluster: 'checkout' });
export const MEANING = stateOf(FINDING).meaning;
export const SECRET: SlackSecret = { botToken: 'xoxb-very-secret', signingSecret: SIGNING_SECRET, channels: [{ channel: 'C0CHANNEL' }] };

/** Which button, and what is otherwise than usual about the click. */
export interface Press {
  action?: string;
  user?: typeof ANNA;
  message?: string;
  nonce?: string;
  region?: string;
  days?: number;
}

/** The body that Slack would send: Anna approves the plan, unless told otherwise. */
export function press({ action = 'approve', user = ANNA, message, nonce = NONCE, region = TARGET.region, days }: Press = {}): Buffer {
  const of = message ?? (action === 'snooze' ? OF_FINDING : OF_PLAN);
  const value = pressedValue({ region, message: of, nonce, ...(action === 'snooze' ? { days: days ?? 7 } : {}) });
  const chosen = action === 'snooze' ? { selected_option: { value } } : { value };
  return formOf(payload({ user, actions: [{ action_id: action, block_id: 'b', ...chosen }] }));
}

export function clickWorld(parts: Partial<ClickDeps> = {}) {
  let now = START;
  const store = parts.store ?? memoryStore();
  const queued: unknown[] = [];
  const told: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const put = async (key: string, body: LedgerRecord['body']) => {
    const ifVersion = (await store.get(TARGET, key))?.version ?? 0;
    await store.write(TARGET, [{ key, ifVersion, body }]);
  };
  const deps: ClickDeps = {
    clock: () => now,
    home: TARGET,
    regions: [TARGET.region, 'us-east-1'],
    secret: async () => SECRET,
    secretAgain: async () => SECRET,
    approvers: [ANNA.id, BEN.id],
    askForAudit: async (message) => void queued.push(message),
    askForCleanup: async (message) => void queued.push(message),
    respond: async (_url, text) => void told.push(text),
    ...parts,
    store,
  };
  const log = jsonLogger((line) => lines.push(JSON.parse(line)), deps.clock);
  const records = () => store.load(TARGET);
  return {
    deps,
    queued,
    told,
    lines,
    store,
    records,
    at: (time: Date) => {
      now = time;
    },
    plan: (changes: Partial<ProposedPlan> = {}) => put(planKey(PLAN_ID), { kind: 'plan', state: { plan: proposed(changes), pending: [] } }),
    finding: (changes: Partial<FindingState> = {}) =>
      put(FINDING_KIND.key(FINDING.id), { kind: 'finding', state: stateOf(FINDING, changes) }),
    acceptance: (acceptance: Acceptance) => put(ACCEPTANCE.key(acceptance.findingId), { kind: 'acceptance', state: acceptance }),
    message: (id: string, about: string, question?: Question) =>
      put(SLACK_MESSAGE.key(id), { kind: 'slack-message', state: slackMessage({ id, about, ...(question ? { question } : {}) }) }),
    send: (request: Parameters<typeof workClick>[1]) => workClick(deps, request, log),
    click: (pressed: Press = {}) => workClick(deps, signed(press(pressed), now), log),
    planNow: async () => statesOf(await records(), PLAN)[0]?.plan,
    decisions: async () => newestFirst(await records(), DECISION),
    acceptances: async () => statesOf(await records(), ACCEPTANCE),
    clicks: async () => newestFirst(await records(), CLICK),
    /** All that a click must not change when it is refused. */
    untouched: async () => (await records()).filter(({ body }) => body.kind !== 'click' && body.kind !== 'decision'),
  };
}

export type ClickWorld = ReturnType<typeof clickWorld>;

/** The same, with a plan that waits and an open finding, and the messages that ask about them. */
export async function askedWorld(parts: Partial<ClickDeps> = {}): Promise<ClickWorld> {
  const world = clickWorld(parts);
  await world.plan();
  await world.finding();
  await world.message(OF_PLAN, PLAN_ID, { nonce: NONCE, of: { kind: 'plan', plan: PLAN_ID } });
  await world.message(OF_FINDING, FINDING.id, { nonce: NONCE, of: { kind: 'finding', findingId: FINDING.id, meaning: MEANING } });
  return world;
}

export { EXPIRES };

/** A store that breaks when told to. */
export function breakable(): { store: LedgerStore; broken: { get: boolean; write: (key: string) => boolean } } {
  const store = memoryStore();
  const broken = { get: false, write: (_key: string) => false };
  const fail = () => Promise.reject(new Error('ledger memory: it is broken'));
  return {
    broken,
    store: {
      ...store,
      get: (target, key) => (broken.get ? fail() : store.get(target, key)),
      write: (target, changes) => (changes.some(({ key }) => broken.write(key)) ? fail() : store.write(target, changes)),
    },
  };
}
