import { owedAnnouncements, settle } from '../ledger/owed.ts';
import type { LedgerStore } from '../ledger/store.ts';
import type { Publisher } from '../model/announcement.ts';
import type { Target } from '../model/finding.ts';
import { messageOf } from '../runtime/aws-errors.ts';
import type { Logger } from '../runtime/log.ts';

/**
 * Sends what is owed. Each publisher is served by itself: one that fails or is slow holds up nobody, what it did not take
 * stays owed and goes out with the next run. A crash between sending and settling sends again: at least once, with stable ids.
 */
export async function publishOwed(store: LedgerStore, target: Target, publishers: readonly Publisher[], log: Logger): Promise<void> {
  const owed = owedAnnouncements(await store.load(target), target);
  await Promise.all(
    publishers.map(async (publisher) => {
      const announcements = owed.get(publisher.name) ?? [];
      try {
        if (announcements.length === 0) return await publisher.refresh?.(target);
        const deliveries = await publisher.publish(announcements);
        await settle(store, target, publisher.name, deliveries);
        const failed = deliveries.flatMap((delivery) => (delivery.delivered ? [] : [delivery]));
        log.info('published', { publisher: publisher.name, delivered: deliveries.length - failed.length, failed: failed.length });
        if (failed.length > 0) fail(log, publisher, reasonsOf(failed));
      } catch (error) {
        fail(log, publisher, messageOf(error));
      }
    }),
  );
}

// Two channels that are closed are two things to mend; a thousand reasons are one.
const MOST_REASONS = 5;
const reasonsOf = (failed: readonly { reason: string }[]): string =>
  [...new Set(failed.map(({ reason }) => reason))].slice(0, MOST_REASONS).join(' | ');

function fail(log: Logger, { name }: Publisher, reason: string): void {
  log.error('publisher failed; what it is owed goes out with the next run', { publisher: name, reason });
  log.count('PublisherFailures', { publisher: name });
}
