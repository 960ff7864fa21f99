// What an audit says about the cleanup of its orphans: what is ready, what is held back and by which guard, what failed, what waits.

import type { CleanupStatus } from '../findings/audit-report.ts';
import type { AuditWithReads } from '../findings/audit-with-reads.ts';
import { newestFirst, statesOf } from '../ledger/kind.ts';
import type { LedgerRecord } from '../ledger/store.ts';
import type { Settings } from '../settings/config.ts';
import { isOpenPlan } from './plan.ts';
import { planFrom } from './plan-from-audit.ts';
import { DELETION, PLAN } from './record.ts';

const TOLD = new Set(['refused', 'failed', 'deleting']);

/** The status of the cleanup of an audit with the settings in force here. Suspects are not in it: they are told of as such. */
export function cleanupStatus(audited: AuditWithReads, records: readonly LedgerRecord[], settings: Settings, at: Date): CleanupStatus {
  const { deletions, refusals } = planFrom(audited, settings, settings.cleanupMax, at);
  const orphans = new Set(
    audited.report.findings.filter(({ leftover, state }) => leftover === 'branch' && state === 'orphan').map((f) => f.subject.id),
  );
  return {
    ready: deletions.map((deletion) => deletion.interfaceId),
    refusals: refusals.filter((refusal) => orphans.has(refusal.interfaceId)),
    attempts: newestFirst(records, DELETION)
      .filter(({ interfaceId, status }) => TOLD.has(status) && orphans.has(interfaceId))
      .map(({ interfaceId, status, at: when, says }) => ({ interfaceId, status, at: when, says })),
    plans: statesOf(records, PLAN)
      .map((state) => state.plan)
      .filter((plan) => isOpenPlan(plan.status)),
  };
}
