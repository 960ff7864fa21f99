// What is kept of clicks: who pressed what, and what came of it. What was decided about plans is kept as every decision is.
import { randomUUID } from 'node:crypto';
import { messageOf } from '../../aws/errors.ts';
import { CLICK } from '../../channels/slack/record.ts';
import type { Target } from '../../domain/finding.ts';
import type { Logger } from '../../domain/log.ts';
import type { ClickRecord } from '../../domain/slack.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import { update } from '../../ledger/update.ts';
import type { Unverified } from './slack-signature.ts';

interface Place {
  store: LedgerStore;
  clock: () => Date;
}

// Without anything like a signature it is whoever tries every address; with one, somebody tries this one, or the secret is not the app's.
const ALARMING: ReadonlySet<Unverified> = new Set(['old', 'future', 'forged']);
// A flood must not keep the ledger busy: what others are counting at this moment is in the log and in the metric.
const TRIES = 2;

/** Records a click. With an id there is one record of it: false where that is there already, unless it is to be written `again`. */
export async function recordClick(
  { store, clock }: Place,
  target: Target,
  of: Omit<ClickRecord, 'id' | 'at' | 'count'>,
  { id, again = false }: { id: string; again?: boolean } = { id: randomUUID() },
): Promise<boolean> {
  const click: ClickRecord = { id, at: clock().toISOString(), ...of, count: 1 };
  const once = (now: ClickRecord | undefined) => (now && !again ? {} : { state: click });
  // Not read before: nearly always there is none.
  const { outcome } = await update({ store, target }, CLICK, CLICK.key(id), once, { from: undefined });
  return outcome === 'written';
}

/** Counts a request that Slack did not sign: in one record for each day and reason, whatever is sent. It never fails. */
export async function countUnverified(
  { store, clock, home }: Place & { home: Target },
  { reason, says }: { reason: Unverified; says: string },
  log: Logger,
): Promise<void> {
  log.warn('request refused', { reason, says });
  if (ALARMING.has(reason)) log.count('ForgedClicks');
  const at = clock().toISOString();
  const id = `${at.slice(0, 10)}/${reason}`;
  try {
    const next = (now: ClickRecord | undefined) => ({
      state: { id, at, by: '-', action: 'unknown' as const, about: '-', accepted: false, says, count: (now?.count ?? 0) + 1 },
    });
    const { outcome } = await update({ store, target: home }, CLICK, CLICK.key(id), next, { tries: TRIES });
    if (outcome === 'contested') log.warn('the ledger does not count this request: others are being counted', { reason });
  } catch (error) {
    log.warn('the ledger does not count this request', { reason, cause: messageOf(error) });
  }
}
