import type { Sandbox } from '../../sandbox/index.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import type { Deps } from '../../shared/deps.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import type { AuditRequest } from '../../shared/findings/request.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { audit } from '../../shared/run/audit.ts';
import { loadConfig } from '../../shared/settings/config.ts';

const CREDENTIALS = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' };

/** The use cases' dependencies over a sandbox: its endpoint, its clock. */
export const depsOf = (sandbox: Sandbox, changes: Partial<Deps> = {}): Deps => ({
  settings: loadConfig({}),
  clientsFor: (region) => awsClients(region, { endpoint: sandbox.endpoint, credentials: CREDENTIALS }),
  store: undefined,
  publishers: [],
  clock: () => sandbox.clock.now(),
  ...changes,
});

/** One audit of the sandbox's own region. */
export const auditOf = (sandbox: Sandbox, store?: LedgerStore, request: Partial<AuditRequest> = {}): Promise<AuditReport> =>
  audit(depsOf(sandbox, { store }), { region: sandbox.world().region, clusters: [], rules: [], ...request });

/** Ids of the subjects that a rule found, by state. */
export function foundBy(report: AuditReport, ruleId: string, state?: string): string[] {
  const found = report.findings.filter((finding) => finding.ruleId === ruleId && (state === undefined || finding.state === state));
  return found.map((finding) => finding.subject.id).sort();
}

/** Ids of the subjects that a rule could not decide. */
export const unknownTo = (report: AuditReport, ruleId: string): string[] =>
  report.unknown
    .filter((each) => each.ruleId === ruleId)
    .map((each) => each.subject.id)
    .sort();
