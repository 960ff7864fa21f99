// What one message of the audit queue makes the worker do.
import { type AuditMessage, type EvidenceMessage, parseAuditMessage } from '../events/audit-message.ts';
import type { CleanupMessage } from '../events/cleanup-message.ts';
import type { Publisher } from '../model/announcement.ts';
import type { Target } from '../model/finding.ts';
import type { LedgerStore } from '../model/ledger.ts';
import { messageOf } from '../runtime/aws-errors.ts';
import type { Logger } from '../runtime/log.ts';
import { type AuditWithReads, auditWithReads } from './audit.ts';
import { workChange } from './change.ts';
import { recordDeletion } from './deletion.ts';
import type { Deps } from './deps.ts';
import { followTeardowns } from './follow-up.ts';
import { refuseForeign } from './foreign.ts';
import { hasPendingChanges, judgeChanges } from './judge-changes.ts';
import { type QueueRecord, workMessages } from './messages.ts';
import { type NumbersDeps, noteAudit, sendNumbers, writeDaily } from './numbers.ts';
import { proposePlans } from './proposals.ts';
import { publishOwed } from './publish.ts';

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

// Without a ledger nobody can look the run up; without an account it would count for one that does not exist, with zeros for numbers.
const UNRECORDED: ReadonlySet<string> = new Set(['ledger', 'callerIdentity']);

/** Works a batch one message after the other, and names the ones that must come again. A message that is none is acknowledged. */
export const workBatch = (deps: WorkerDeps, records: readonly QueueRecord[], log: Logger) =>
  workMessages('audit', records, parseAuditMessage, (message, each) => work(deps, message, each), log);

/** Reads, judges, follows up and tells. Throws when the message must be tried again or dead-lettered. */
export async function work(deps: WorkerDeps, message: AuditMessage, logger: Logger): Promise<void> {
  const { store, publishers, clock } = deps;
  const { accountId, region, kind } = message;
  const log = logger.child({ accountId, region, kind });
  if (message.kind === 'change') return workChange(deps, message, log);
  const clients = deps.clientsFor(region);
  await refuseForeign(deps, message, log);
  const target = { accountId, region };
  if (message.kind === 'publish') return publishOwed(store, target, publishers, log);
  if (message.kind === 'evidence') return tellEvidence(deps, target, message, log);
  const shared = { store, clients, publishers: publishers.map((publisher) => publisher.name), clock, log };
  if (message.kind === 'deletion') {
    await recordDeletion(shared, message);
    log.info('deletion recorded', { cluster: message.cluster.name, principal: message.principal });
    await publishOwed(store, target, publishers, log);
  } else {
    await judgeLeftOver(deps, target, log);
    const audited = await auditWithReads(deps, { region, clusters: [], rules: [] });
    const { report } = audited;
    const gaps = report.coverage.filter((each) => !each.ok);
    log.info('audited', {
      findings: report.findings.length,
      unknown: report.unknown.length,
      transitions: report.transitions.length,
      gaps,
      ...report.stats,
    });
    const unrecorded = gaps.find(({ slice }) => UNRECORDED.has(slice));
    if (unrecorded) throw new Error(unrecorded.reason);
    await followTeardowns(shared, report, message.trigger === 'cleanup');
    try {
      await planDeletions(deps, audited, message.trigger === 'cleanup', log);
      await noteAudit(deps, report);
      await tellDaily(deps, target, log);
    } catch (error) {
      // Plans that cannot be written or handed over keep nobody from being told what was found.
      await publishOwed(store, target, publishers, log);
      throw error;
    }
    // A publisher that is slow holds up no numbers.
    await Promise.all([publishOwed(store, target, publishers, log), sendNumbers(deps, report, log)]);
    log.count('Runs');
  }
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

/** Changes that wait are judged before a sweep finds what they did, and nobody knows any more who did it. What goes wrong there stops no sweep. */
async function judgeLeftOver(deps: WorkerDeps, target: Target, log: Logger): Promise<void> {
  try {
    if (hasPendingChanges(await deps.store.load(target))) await judgeChanges(deps, target, log);
  } catch (error) {
    log.error('changes could not be judged; the next sweep tries again', { reason: messageOf(error) });
    log.count('RunFailures', { function: 'audit' });
  }
}

/** It looks into the ledgers of all regions: one that cannot be read costs this one neither its numbers nor four more audits. */
async function tellDaily(deps: WorkerDeps, target: Target, log: Logger): Promise<void> {
  try {
    await writeDaily(deps, target, log);
  } catch (error) {
    log.error('the daily digest could not be written; the next sweep tries again', { reason: messageOf(error) });
    log.count('RunFailures', { function: 'audit' });
  }
}

/** Brings plans up to date with the audit, and hands those that are approved to the worker. */
async function planDeletions(deps: WorkerDeps, audited: AuditWithReads, isAftermath: boolean, log: Logger): Promise<void> {
  const { store, settings, publishers, clock, ledgerName, askForCleanup } = deps;
  const { target } = audited.report;
  const names = publishers.map((publisher) => publisher.name);
  const place = { store, settings, publishers: names, clock, ledger: ledgerName(target.region) };
  const proposed = await proposePlans(place, audited, isAftermath);
  if (proposed.begin.length === 0) return;
  if (!askForCleanup)
    throw new Error(`plans ${proposed.begin.join(', ')} are approved, and this stack has no cleanup queue; deploy it again`);
  await askForCleanup(proposed.begin.map((plan) => ({ kind: 'cleanup', ...target, plan })));
  log.info('plans handed over', { plans: proposed.begin });
}
