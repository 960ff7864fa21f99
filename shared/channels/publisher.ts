import type { Announcement, Delivery } from '../content/announcement.ts';
import type { Target } from '../domain/finding.ts';
import type { LedgerStore } from '../ledger/store.ts';

/**
 * The port that every channel implements. It never throws for a failed delivery, and answers for every announcement. `ledger` is the run's
 * own view of it, for what a channel remembers between runs.
 */
export interface Publisher {
  /** Stable: what is to be sent is noted by this name. */
  readonly name: string;
  publish(announcements: readonly Announcement[], ledger: LedgerStore): Promise<readonly Delivery[]>;
  /** Brings up to date what it showed before, where there is nothing to send. Throws with the reason when it could not. */
  refresh?: (target: Target, ledger: LedgerStore) => Promise<void>;
}
