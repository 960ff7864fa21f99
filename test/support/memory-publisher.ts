import type { Publisher } from '../../shared/channels/publisher.ts';
import type { Announcement, Delivery } from '../../shared/content/announcement.ts';

/** A publisher that keeps what it is given. */
export interface MemoryPublisher extends Publisher {
  publish(announcements: readonly Announcement[]): Promise<readonly Delivery[]>;
  /** Every announcement that was delivered, in the order of delivery. */
  readonly delivered: readonly Announcement[];
  /** Makes deliveries fail for a reason, until it is given none. */
  fail(why: ((announcement: Announcement) => string | undefined) | undefined): void;
}

/** A publisher for scenarios: it records instead of sending, and fails as it is told. */
export function memoryPublisher(name = 'memory'): MemoryPublisher {
  const delivered: Announcement[] = [];
  let why: ((announcement: Announcement) => string | undefined) | undefined;
  const deliver = (announcement: Announcement): Delivery => {
    const reason = why?.(announcement);
    if (reason !== undefined) return { id: announcement.id, delivered: false, reason };
    delivered.push(structuredClone(announcement));
    return { id: announcement.id, delivered: true };
  };
  return {
    name,
    delivered,
    fail: (next) => {
      why = next;
    },
    publish: async (announcements) => announcements.map(deliver),
  };
}
