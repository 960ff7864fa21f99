import type { CleanupReport } from '../../shared/findings/audit-report.ts';
import { cleanupReport, execution, outcome, planned, refused } from './cleanup-reports.ts';
import { leftover } from './leftovers.ts';
import { eniId, gap, report, undecided } from './reports.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const unblocked = {
  subject: { type: 'security-group', id: 'sg-0bbbbbbbbbbbbbbb1' },
  summary:
    'only 12 orphaned interfaces keep security group sg-0bbbbbbbbbbbbbbb1 (payments-pods) from being deleted; 12 addresses come back with them',
} as const;

/** Thirteen interfaces of two clusters to delete; suspects, a kept one, deferred ones, and one that waits for its node. */
export const manyToDelete = (): CleanupReport => {
  const waiting = undecided(31, 'batch', 'waits', 'waiting for trunk eni-0aaaaaaaaaaaaaaa9 on i-0123456789abcdef0 (in-use)');
  return cleanupReport({
    audit: report({
      ledger: 'warden.json',
      findings: [41, 42].map((n) => leftover(n, { state: 'suspect' })),
      unknown: [waiting.unknown],
      verdicts: [waiting.verdict],
    }),
    exclusions: { clusters: ['billing', 'search'], vpcs: [] },
    plan: {
      deletions: [
        ...range(1, 12).map((n) => planned(n)),
        planned(20, { cluster: 'checkout', addresses: ['10.0.2.1', '10.0.2.2', '2001:db8::1'] }),
      ],
      refusals: [
        refused(41, 'seen-twice'),
        refused(42, 'seen-twice', { reason: 'not seen before' }),
        refused(50, 'not-excluded'),
        ...range(60, 65).map((n) => refused(n, 'batch-limit', { cluster: 'checkout' })),
      ],
      unblocks: [unblocked],
    },
  });
};

/** Nothing is certain enough to be deleted: DescribeCluster was denied. */
export const unreadPlan = (): CleanupReport => {
  const clusters = gap('clusters', 'eks:DescribeCluster', ['payments']);
  const unread = undecided(32, 'payments', 'unread', 'eks:DescribeCluster for payments failed: AccessDeniedException');
  return cleanupReport({
    audit: report({ coverage: [clusters.coverage], findings: [clusters.finding], unknown: [unread.unknown], verdicts: [unread.verdict] }),
  });
};

/** Of five, two deleted, one gone before, one refused, one failed for want of a permission, which stopped it; eight left. */
export const stoppedHalfway = (): CleanupReport => ({
  ...manyToDelete(),
  execution: execution({
    outcomes: [
      outcome(1),
      outcome(2),
      outcome(3, { status: 'already-gone', says: 'already gone before it was asked for: not deleted by us' }),
      outcome(4, { status: 'refused', guard: 'cluster-gone', says: 'cluster payments is ACTIVE' }),
      outcome(5, { status: 'failed', says: 'missing permission ec2:DeleteNetworkInterface: UnauthorizedOperation: not allowed' }),
    ],
    stop: { why: 'denied', says: 'missing permission ec2:DeleteNetworkInterface: UnauthorizedOperation: not allowed' },
    left: [...range(6, 12), 20].map(eniId),
  }),
});

/** All of it deleted, and a security group free. */
export const allDone = (): CleanupReport =>
  cleanupReport({
    plan: { deletions: [1, 2].map((n) => planned(n)), unblocks: [unblocked] },
    execution: execution({ outcomes: [outcome(1), outcome(2)] }),
    freed: [unblocked],
  });
