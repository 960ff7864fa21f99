// A region is audited, what follows from it is planned and followed up, and people are told.

import { messageOf } from '../aws/errors.ts';
import type { Target } from '../domain/finding.ts';
import type { Logger } from '../domain/log.ts';
import { auditWithReads } from '../findings/audit.ts';
import type { AuditWithReads } from '../findings/audit-with-reads.ts';
import { proposePlans } from '../plans/propose-plans.ts';
import { followTeardowns } from '../teardowns/follow-up.ts';
import { hasPendingChanges, judgeChanges } from './changes/judge-changes.ts';
import type { SweepMessage } from './messages/audit-message.ts';
import { noteAudit, sendNumbers, writeDaily } from './numbers.ts';
import { publishPending } from './publish.ts';
import type { WorkerDeps } from './worker-ports.ts';

/** Audits a region. Throws when it must be tried again. */
export async function sweep(deps: WorkerDeps, target: Target, trigger: SweepMessage['trigger'], log: Logger): Promise<void> {
  const { store, publishers, clock } = deps;
  await judgeLeftOver(deps, target, log);
  const audited = await auditWithReads(deps, { ...target, clusters: [], rules: [] });
  const { report } = audited;
  const gaps = report.coverage.filter((each) => !each.ok);
  log.info('audited', {
    findings: report.findings.length,
    unknown: report.unknown.length,
    transitions: report.transitions.length,
    gaps,
    ...report.stats,
  });
  // Nobody could look the run up.
  const unrecorded = gaps.find(({ slice }) => slice === 'ledger');
  if (unrecorded) throw new Error(unrecorded.reason);
  const names = publishers.map(({ name }) => name);
  const isAftermath = trigger === 'cleanup';
  await followTeardowns({ store, clients: deps.clientsFor(target.region), publishers: names, clock, log }, report, isAftermath);
  try {
    await planDeletions(deps, audited, isAftermath, log);
    await noteAudit(deps, report);
    await tellDaily(deps, target, log);
  } catch (error) {
    // Plans that cannot be written or handed over keep nobody from being told what was found.
    await publishPending(store, target, publishers, log);
    throw error;
  }
  // A publisher that is slow holds up no numbers.
  await Promise.all([publishPending(store, target, publishers, log), sendNumbers(deps, report, log)]);
  log.count('Runs');
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
