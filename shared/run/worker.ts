// What one message of the audit queue makes the worker do.

import { messageOf } from '../aws/errors.ts';
import type { Target } from '../domain/finding.ts';
import type { Logger } from '../domain/log.ts';
import { openSession } from '../ledger/session.ts';
import { recordDeletion } from '../teardowns/deletion.ts';
import { workChange } from './changes/change.ts';
import { refuseForeign } from './foreign.ts';
import { type AuditMessage, type DeletionMessage, parseAuditMessage } from './messages/audit-message.ts';
import { type QueueRecord, workMessages } from './messages/work-messages.ts';
import { publishPending } from './publish.ts';
import { sweep } from './sweep.ts';
import type { EvidenceRequest, WorkerDeps } from './worker-ports.ts';

/** Works a batch one message after the other, and names the ones that must come again. A message that is none is acknowledged. */
export const workBatch = (deps: WorkerDeps, records: readonly QueueRecord[], log: Logger) =>
  workMessages('audit', records, parseAuditMessage, (message, each) => work(deps, message, each), log);

/** Reads, judges, follows up and tells. Throws when the message must be tried again or dead-lettered. */
export async function work(given: WorkerDeps, message: AuditMessage, logger: Logger): Promise<void> {
  // One for each message: what it loads of the ledger it loads once.
  const deps = { ...given, store: openSession(given.store) };
  const { accountId, region, kind } = message;
  const target = { accountId, region };
  const log = logger.child({ accountId, region, kind });
  // It is judged later, with others, and asks whose account it is when it is.
  if (message.kind === 'change') return workChange(deps, message, log);
  await refuseForeign(deps, message, log);
  switch (message.kind) {
    case 'sweep':
      return sweep(deps, target, message.trigger, log);
    case 'deletion':
      return followDeletion(deps, target, message, log);
    case 'publish':
      return publishPending(deps.store, target, deps.publishers, log);
    case 'evidence':
      return tellEvidence(deps, target, message, log);
  }
}

async function followDeletion(deps: WorkerDeps, target: Target, message: DeletionMessage, log: Logger): Promise<void> {
  const { store, publishers, clock } = deps;
  const clients = deps.clientsFor(target.region);
  await recordDeletion({ store, clients, publishers: publishers.map(({ name }) => name), clock, log }, message);
  log.info('deletion recorded', { cluster: message.cluster.name, principal: message.principal });
  await publishPending(store, target, publishers, log);
}

/** Whoever pressed the button presses it again where nothing comes: a message that is tried for hours would answer nobody. */
async function tellEvidence({ showEvidence }: WorkerDeps, target: Target, asked: EvidenceRequest, log: Logger): Promise<void> {
  try {
    await showEvidence?.(target, asked);
  } catch (error) {
    log.error('evidence could not be shown', { message: asked.message, reason: messageOf(error) });
    log.count('PublisherFailures', { publisher: 'slack' });
  }
}
