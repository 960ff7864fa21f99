// What is kept of clicks: who pressed what, and what came of it. What was decided about plans is kept as every decision is.
import { randomUUID } from 'node:crypto';
import { CLICK } from '../../channels/slack/record.ts';
import type { Unverified } from '../../events/slack-signature.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import type { Target } from '../../model/finding.ts';
import type { ClickRecord } from '../../model/slack.ts';
import { messageOf } from '../../runtime/aws-errors.ts';
import type { Logger } from '../../runtime/log.ts';

interface Place {
  store: LedgerStore;
  clock: () => Date;
}

// Without anything like a signature it is whoever tries every address; with one, somebody tries this one, or the secret is not the app's.
const ALARMING: ReadonlySet<Unverified> = new Set(['old', 'future', 'forged']);
// A flood must not keep the ledger busy: what others are counting at this moment is in the log and in the metric.
const ATTEMPTS = 2;

/** Records a click; with an id, in that record. False: it is not as it was expected there, and stays. */
export async function recordClick(
  { store, clock }: Place,
  target: Target,
  of: Omit<ClickRecord, 'id' | 'at' | 'count'>,
  { id, ifVersion }: { id: string; ifVersion: number } = { id: randomUUID(), ifVersion: 0 },
): Promise<boolean> {
  const click: ClickRecord = { id, at: clock().toISOString(), ...of, count: 1 };
  const [outcome] = await store.write(target, [{ key: CLICK.key(click.id), ifVersion, body: { kind: 'click', state: click } }]);
  return outcome?.written ?? false;
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
    let before = await store.get(home, CLICK.key(id));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const known = before?.body.kind === 'click' ? before.body.state.count : 0;
      const click: ClickRecord = { id, at, by: '-', action: 'unknown', about: '-', accepted: false, says, count: known + 1 };
      const change = { key: CLICK.key(id), ifVersion: before?.version ?? 0, body: { kind: 'click', state: click } } as const;
      const [outcome] = await store.write(home, [change]);
      if (!outcome || outcome.written) return;
      before = outcome.winner;
    }
    log.warn('the ledger does not count this request: others are being counted', { reason });
  } catch (error) {
    log.warn('the ledger does not count this request', { reason, cause: messageOf(error) });
  }
}
