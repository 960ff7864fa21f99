import type { Publisher } from '../channels/publisher.ts';
import type { Deps } from '../deps.ts';
import type { Target } from '../domain/finding.ts';
import type { LedgerStore } from '../ledger/store.ts';
import type { EvidenceMessage } from './messages/audit-message.ts';
import type { CleanupMessage } from './messages/cleanup-message.ts';
import type { NumbersDeps } from './numbers.ts';

/** Dependencies of the deployed worker: a ledger and publishers are never missing there. */
export interface WorkerDeps extends Deps, Pick<NumbersDeps, 'regions' | 'sendMeasurements'> {
  store: LedgerStore;
  publishers: readonly Publisher[];
  /** Where the ledger of a region's plans is, as `--ledger` takes it. */
  ledgerName: (region: string) => string;
  /** Hands plans to the worker that carries them out; there is none in report mode. */
  askForCleanup: ((messages: readonly CleanupMessage[]) => Promise<void>) | undefined;
  /** Tells all that is known, below a message in Slack; there is none where the stack has no Slack. */
  showEvidence?: ((target: Target, asked: EvidenceRequest) => Promise<void>) | undefined;
}

/** Who asks for the evidence behind which message, by its id in the ledger. */
export type EvidenceRequest = Pick<EvidenceMessage, 'message' | 'by'>;
