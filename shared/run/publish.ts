import pMap from 'p-map';
import { messageOf } from '../aws/errors.ts';
import type { Publisher } from '../channels/publisher.ts';
import type { Target } from '../domain/finding.ts';
import type { Logger } from '../domain/log.ts';
import { acknowledge, outboxOf, pendingIn } from '../ledger/outbox.ts';
import { openSession } from '../ledger/session.ts';
import type { LedgerRecord, LedgerStore } from '../ledger/store.ts';

// Nearly always there is nothing, or a handful.
const READS = 8;

/**
 * Sends what is pending. Each publisher is served by itself: one that fails or is slow holds up nobody, and what it did not take goes out
 * with the next run. A crash between sending and acknowledging sends again: at least once, with stable ids.
 */
export async function publishPending(store: LedgerStore, target: Target, publishers: readonly Publisher[], log: Logger): Promise<void> {
  const session = openSession(store);
  const outbox = outboxOf(await currentlyPending(session, target), target);
  await Promise.all(
    publishers.map(async (publisher) => {
      const announcements = outbox.get(publisher.name) ?? [];
      try {
        if (announcements.length === 0) return await publisher.refresh?.(target, session);
        const deliveries = await publisher.publish(announcements, session);
        await acknowledge(session, target, publisher.name, deliveries);
        const failed = deliveries.flatMap((delivery) => (delivery.delivered ? [] : [delivery]));
        log.info('published', { publisher: publisher.name, delivered: deliveries.length - failed.length, failed: failed.length });
        if (failed.length > 0) fail(log, publisher, reasonsOf(failed));
      } catch (error) {
        fail(log, publisher, messageOf(error));
      }
    }),
  );
}

/** What waits to be sent, each record read anew: another run may have sent it since this one loaded it, and nobody wants it twice. */
async function currentlyPending(session: LedgerStore, target: Target): Promise<readonly LedgerRecord[]> {
  const pending = pendingIn(await session.load(target));
  const current = await pMap(pending, ({ key }) => session.get(target, key), { concurrency: READS });
  return current.filter((record) => record !== undefined);
}

// Two channels that are closed are two things to mend; a thousand reasons are one.
const MOST_REASONS = 5;
const reasonsOf = (failed: readonly { reason: string }[]): string =>
  [...new Set(failed.map(({ reason }) => reason))].slice(0, MOST_REASONS).join(' | ');

function fail(log: Logger, { name }: Publisher, reason: string): void {
  log.error('publisher failed; what it did not take goes out with the next run', { publisher: name, reason });
  log.count('PublisherFailures', { publisher: name });
}
