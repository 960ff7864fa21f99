// What one message of the audit queue makes the worker do.
import { type AuditMessage, parseAuditMessage } from '../events/audit-message.ts';
import { collectAccountId } from '../inventory/caller.ts';
import type { Publisher } from '../model/announcement.ts';
import type { LedgerStore } from '../model/ledger.ts';
import { describeFailure } from '../model/read.ts';
import { messageOf } from '../runtime/aws-errors.ts';
import type { Logger } from '../runtime/log.ts';
import { audit } from './audit.ts';
import { recordDeletion } from './deletion.ts';
import type { Deps } from './deps.ts';
import { followTeardowns } from './follow-up.ts';
import { publishOwed } from './publish.ts';

/** Dependencies of the deployed worker: a ledger and publishers are never missing there. */
export interface WorkerDeps extends Deps {
  store: LedgerStore;
  publishers: readonly Publisher[];
}

/** Works a batch one message after the other, and names the ones that must come again. A message that is none is acknowledged. */
export async function workBatch(deps: WorkerDeps, records: readonly { id: string; body: string }[], log: Logger) {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { id, body } of records) {
    const parsed = parseAuditMessage(body);
    if (!parsed.ok) {
      log.warn('message ignored', { messageId: id, reason: parsed.reason });
      log.count('BadEvents');
      continue;
    }
    try {
      await work(deps, parsed.value, log.child({ messageId: id }));
    } catch (error) {
      log.error('message failed and comes again', { messageId: id, reason: messageOf(error) });
      log.count('RunFailures', { function: 'audit' });
      batchItemFailures.push({ itemIdentifier: id });
    }
  }
  return { batchItemFailures };
}

/** Reads, judges, follows up and tells. Throws when the message must be tried again or dead-lettered. */
export async function work(deps: WorkerDeps, message: AuditMessage, logger: Logger): Promise<void> {
  const { store, publishers, clock } = deps;
  const { accountId, region, kind } = message;
  const log = logger.child({ accountId, region, kind });
  const clients = deps.clientsFor(region);
  await refuseForeign(deps, message, log);
  const target = { accountId, region };
  const shared = { store, clients, publishers: publishers.map((publisher) => publisher.name), clock, log };
  if (message.kind === 'deletion') {
    await recordDeletion(shared, message);
    log.info('deletion recorded', { cluster: message.cluster.name, principal: message.principal });
  } else {
    const report = await audit(deps, { region, clusters: [], rules: [] });
    const gaps = report.coverage.filter((each) => !each.ok);
    log.info('audited', {
      findings: report.findings.length,
      unknown: report.unknown.length,
      transitions: report.transitions.length,
      gaps,
      ...report.stats,
    });
    const unrecorded = gaps.find((gap) => gap.slice === 'ledger');
    if (unrecorded) throw new Error(unrecorded.reason);
    await followTeardowns(shared, report);
    log.count('Runs');
  }
  await publishOwed(store, target, publishers, log);
}

/** The caller's account must be the message's: in another one every cluster would be "not found". */
async function refuseForeign({ clientsFor, clock }: WorkerDeps, { accountId, region }: AuditMessage, log: Logger): Promise<void> {
  const caller = await collectAccountId(clientsFor(region).sts, clock);
  if (!caller.ok) throw new Error(`whose account this is could not be read, so nothing is audited: ${describeFailure(caller.reason)}`);
  if (caller.value === accountId) return;
  log.count('ForeignEvents');
  throw new Error(`the message is about account ${accountId}, these credentials are of ${caller.value}`);
}
