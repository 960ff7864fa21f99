import { isPlanId, type ProposedPlan } from '../plans/plan.ts';

// Names that need no quoting in any shell: every region's, and every name that EKS accepts for a cluster.
const PLAIN = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
// The same for a ledger: `dynamodb:TABLE`, `dynamodb:TABLE@REGION` and files whose path is as plain. No option begins like it.
const PLAIN_LEDGER = /^[\w./][\w./:@-]{0,399}$/;

/** The command that shows it all again, with proofs; none when a name could mean something else to a shell. */
export function auditCommand(region: string, cluster: string | null, ledger?: string): string[] {
  if (!PLAIN.test(region)) return [];
  const of = cluster !== null && PLAIN.test(cluster) ? ` --cluster ${cluster}` : '';
  const remembered = ledger !== undefined && PLAIN_LEDGER.test(ledger) ? ` --ledger ${ledger}` : '';
  return [`sgp-warden audit --region ${region}${of}${remembered}`];
}

/** The command that answers a plan; none when anything in it could mean something else to a shell. */
export function decisionCommand(verdict: 'approve' | 'reject', { id, ledger }: ProposedPlan, region: string): string[] {
  if (!isPlanId(id) || !PLAIN.test(region) || !PLAIN_LEDGER.test(ledger)) return [];
  return [`sgp-warden ${verdict} ${id} --region ${region} --ledger ${ledger}`];
}

/** The command that shows every plan, decision and deletion that a ledger keeps. */
export function historyCommand(ledger: string, region: string): string[] {
  return PLAIN.test(region) && PLAIN_LEDGER.test(ledger) ? [`sgp-warden history --ledger ${ledger} --region ${region}`] : [];
}
