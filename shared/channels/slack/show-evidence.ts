// Somebody pressed "Show evidence": everything that the ledger knows goes into the thread, where all who see the message see it.
import { setTimeout as pause } from 'node:timers/promises';
import type { Target } from '../../domain/finding.ts';
import type { Question } from '../../domain/slack.ts';
import { FINDING } from '../../findings/record.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import { planKey } from '../../plans/record.ts';
import { dossierOf } from '../../render/announced.ts';
import { evidenceMessages } from '../../render/slack/evidence.ts';
import { slackClient } from './client.ts';
import { isMendedInSecret } from './failures.ts';
import { messageNow } from './message-store.ts';
import { PLAINLY } from './place.ts';
import type { SlackOptions } from './publisher.ts';

const BUDGET_MS = 30_000;

/** Tells what is known now of what a message is about. Throws with the reason when it could not. */
export async function showEvidence(
  options: SlackOptions,
  store: LedgerStore,
  target: Target,
  { message: id, by }: { message: string; by: string },
): Promise<void> {
  const { secret, apiUrl, clock, sleep = pause, now = Date.now } = options;
  const [{ botToken }, stored] = await Promise.all([secret.get(), messageNow(store, target, id)]);
  const { channel, ts, question } = stored?.message ?? {};
  if (!question || ts === undefined) throw new Error(`the ledger knows no message ${id} that asks anything`);
  const record = await store.get(target, keyOf(question));
  const dossier = record && dossierOf(record, target);
  if (!dossier) throw new Error(`the ledger has nothing more about message ${id}`);
  const client = slackClient({ apiUrl, token: botToken, budgetMs: BUDGET_MS, sleep, now });
  for (const says of evidenceMessages(dossier, clock(), by)) {
    const answer = await client.call('chat.postMessage', { channel, thread_ts: ts, ...says, ...PLAINLY });
    if (answer.ok) continue;
    if (isMendedInSecret(answer)) secret.forget();
    throw new Error(answer.says);
  }
}

const keyOf = ({ of }: Question): string => (of.kind === 'plan' ? planKey(of.plan) : FINDING.key(of.findingId));
