// What somebody at a terminal asks for: an audit, with what a cleanup would do about it.
import type { Deps } from '../deps.ts';
import { auditWithReads, rulesFor } from '../findings/audit.ts';
import type { AuditReport } from '../findings/audit-report.ts';
import type { AuditRequest } from '../findings/request.ts';
import { openSession } from '../ledger/session.ts';
import { cleanupStatus } from '../plans/cleanup-status.ts';

/** An audit of one account and region, with the status of its cleanup where orphans are asked about. */
export async function audit(given: Deps, request: AuditRequest): Promise<AuditReport> {
  const deps = { ...given, store: given.store && openSession(given.store) };
  const audited = await auditWithReads(deps, request);
  const { report } = audited;
  // Without a proven orphan there is nothing to say of a cleanup but what waits in the ledger.
  const isAsked = rulesFor(request).some(({ leftover }) => leftover === 'branch');
  const records = isAsked && isAccount(report.target.accountId) ? ((await deps.store?.load(report.target)) ?? []) : undefined;
  return records ? { ...report, cleanup: cleanupStatus(audited, records, deps.settings, deps.clock()) } : report;
}

const isAccount = (id: string): boolean => /^\d{12}$/.test(id);
