import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { refused } from './cleanup-reports.ts';
import { leaked, leftover, pinned } from './leftovers.ts';
import { ALICE, proposed } from './plans.ts';
import { eniId, finding, gap, NEWEST, report, TARGET, undecided } from './reports.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Twelve orphans and two suspects of one deleted cluster, a trunk, and what they pin. */
export const orphans = (): AuditReport => {
  const branches = [...range(1, 12).map((n) => leftover(n)), ...range(13, 14).map((n) => leftover(n, { state: 'suspect' }))];
  const ids = range(1, 14).map(eniId);
  return report({
    ledger: 'warden.json',
    findings: [
      ...branches,
      leftover(20, { ruleId: 'orphaned-trunk-eni' }),
      pinned('security-group', 'sg-0bbbbbbbbbbbbbbb1', ids.slice(0, 12)),
      pinned('subnet', 'subnet-0aaaaaaaaaaaaaaa1', ids, {
        state: 'suspect',
        evidence: { name: '', unlockSet: ids, trunks: [eniId(20)], addressesReturned: 15 },
      }),
    ],
    transitions: [{ kind: 'resolved', findingId: 'x', at: NEWEST, says: `${eniId(40)} is gone` }],
  });
};

/** Six orphans in a plan that waits, one that failed before, and two that guards hold back. */
export const orphansWithPlan = (): AuditReport =>
  report({
    ledger: 'dynamodb:warden',
    findings: range(1, 9).map((n) => leftover(n, { cluster: 'checkout' })),
    cleanup: {
      ready: range(1, 7).map(eniId),
      refusals: [refused(8, 'not-excluded', { cluster: 'checkout' }), refused(9, 'batch-limit', { cluster: 'checkout' })],
      attempts: [{ interfaceId: eniId(7), status: 'failed', at: NEWEST, says: 'missing permission ec2:DeleteNetworkInterface' }],
      plans: [proposed(), proposed({ id: 'fedcba9876543210-2', n: 1, cluster: 'batch', status: 'approved', says: `approved by ${ALICE}` })],
    },
  });

/** DescribeCluster denied for one name; a leak, an unattributable interface, one that waits, one that is unknown. */
export const mixedWithGaps = (): AuditReport => {
  const clusters = gap('clusters', 'eks:DescribeCluster', ['ledger', 'search']);
  const waiting = undecided(31, 'batch', 'waits', 'waiting for trunk eni-0aaaaaaaaaaaaaaa9 on i-0123456789abcdef0 (in-use)');
  const unread = [32, 33].map((n) => undecided(n, 'ledger', 'unread', 'eks:DescribeCluster for ledger failed: AccessDeniedException'));
  return report({
    coverage: [
      { slice: 'branchEnis', ok: true },
      { slice: 'trunkEnis', ok: true },
      clusters.coverage,
      { slice: 'pins', ok: false, reason: 'not asked' },
    ],
    findings: [
      clusters.finding,
      leftover(1, { cluster: 'payments', state: 'suspect' }),
      leaked(50, 'leaked', {
        summary: "Check the cluster role's AmazonEKSVPCResourceController policy.",
        commands: ['aws iam list-attached-role-policies --role-name checkout'],
      }),
      leaked(51, 'suspect', { summary: "Wait: the cluster's controller collects leaks every 30 to 60 minutes.", commands: [] }),
      finding({
        ruleId: 'unattributable-branch-eni',
        severity: 'low',
        subject: { type: 'network-interface', id: eniId(60) },
        summary: `${eniId(60)} cannot be attributed to a cluster`,
        details: 'no tag kubernetes.io/cluster/<name> names a cluster',
        remedy: { summary: 'Ask who changed its tags.', commands: [] },
      }),
    ],
    unknown: [waiting.unknown, ...unread.map(({ unknown }) => unknown)],
    verdicts: [waiting.verdict, ...unread.map(({ verdict }) => verdict)],
  });
};

/** All was read, and nothing is left. */
export const nothing = (): AuditReport => report();

/** One region with a suspect, one with nothing. */
export const twoRegions = (): AuditReport[] => [
  report({ findings: [leftover(1, { state: 'suspect' })] }),
  report({ target: { ...TARGET, region: 'us-east-1' } }),
];

/** An orphan and a set without DNS that somebody answers for, and two findings that nobody does. */
export const accepted = (): AuditReport => {
  const by = { by: ALICE, owner: 'web-team', until: '2027-01-31T23:59:59.999Z', at: NEWEST };
  const set = finding({
    ruleId: 'dns-path-blocked',
    severity: 'critical',
    state: 'blocked',
    subject: { type: 'security-group-set', id: 'sg-0bbbbbbbbbbbbbbb1' },
    cluster: 'web',
    summary: 'pods of web with sg-0bbbbbbbbbbbbbbb1 cannot resolve names',
    details: 'udp 53 is blocked by egress',
    accepted: { ...by, reason: 'load test, no names needed' },
  });
  const other = finding({
    ...{ ruleId: 'untagged-for-load-balancer-controller', severity: 'medium', cluster: 'web' },
    subject: { type: 'security-group-set', id: 'sg-0bbbbbbbbbbbbbbb1+sg-0bbbbbbbbbbbbbbb2' },
    summary: 'pods of web have 2 security groups, and none of them is tagged with the cluster',
  });
  return report({
    ledger: 'warden.json',
    findings: [leftover(1), { ...leftover(2), accepted: { ...by, reason: 'kept for the auditors' } }, set, other],
    transitions: [{ kind: 'suppressed', findingId: set.id, at: NEWEST, says: 'sg-0bbbbbbbbbbbbbbb1 is accepted until 2027-01-31' }],
  });
};
