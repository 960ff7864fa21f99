import { type Finding, findingId, type Target } from '../../shared/domain/finding.ts';
import type { ProofPoint, Verdict } from '../../shared/domain/verdict.ts';
import type { AuditReport, Coverage, Unknown } from '../../shared/findings/audit-report.ts';
import type { PreflightReport } from '../../shared/teardowns/preflight-report.ts';
import { aboutOf } from './about.ts';

export const TARGET: Target = { accountId: '111122223333', region: 'eu-west-1' };
export const FIRST = '2026-11-20T18:00:00.000Z';
export const NEWEST = '2026-11-20T18:35:00.000Z';

/** A well-formed id of EC2, different for every n. */
export const eniId = (n: number): string => `eni-0${n.toString(16).padStart(16, '0')}`;

export const SLICES = ['branchEnis', 'trunkEnis', 'clusters', 'trunks', 'instances', 'pins'];

/** A report of an account in which all was read and nothing was found. */
export function report(parts: Partial<AuditReport> = {}): AuditReport {
  return {
    generatedAt: NEWEST,
    target: TARGET,
    coverage: SLICES.map((slice) => ({ slice, ok: true })),
    findings: [],
    unknown: [],
    verdicts: [],
    transitions: [],
    ledger: undefined,
    minOrphanAgeMinutes: 30,
    stats: { apiCalls: 7, durationMs: 412 },
    ...parts,
  };
}

/** A finding; its id follows from its parts. */
export function finding(parts: Partial<Finding> & Pick<Finding, 'ruleId' | 'subject'>): Finding {
  const cluster = parts.cluster ?? null;
  return {
    id: findingId(TARGET, { ruleId: parts.ruleId, subject: parts.subject, cluster: cluster ?? undefined }),
    ...aboutOf(parts.ruleId),
    severity: 'high',
    verdict: 'fail',
    cluster,
    summary: `${parts.subject.id} is not as it should be`,
    evidence: {},
    remedy: { summary: '', commands: [] },
    sightings: 1,
    firstSeen: FIRST,
    ...parts,
  };
}

/** A slice that could not be read because a permission is missing. */
export function gap(slice: string, action: string, items: readonly string[]): { finding: Finding; coverage: Coverage } {
  const message = `User is not authorized to perform: ${action}`;
  const told = `${action} failed: AccessDeniedException: ${message}`;
  return {
    coverage: { slice, ok: false, reason: told },
    finding: finding({
      ruleId: 'coverage-gap',
      subject: { type: 'slice', id: slice },
      summary: `${slice} could not be read`,
      details: told,
      evidence: {
        action,
        permission: action,
        cause: 'denied',
        items: items.map((item) => ({ item, code: 'AccessDeniedException', message })),
      },
      remedy: { summary: `Allow ${action}. Until then everything that needs ${slice} is unknown.`, commands: [] },
    }),
  };
}

/** An interface that a rule could not decide on, with the verdict that says why. */
export function undecided(
  n: number,
  cluster: string | null,
  outcome: 'waits' | 'unread' | 'undecidable',
  reason: string,
): { unknown: Unknown; verdict: Verdict } {
  const subject = { type: 'network-interface', id: eniId(n) } as const;
  const ruleId = 'orphaned-branch-eni';
  const point: ProofPoint = { point: 'trunk-and-instance-gone', outcome, says: reason };
  return {
    unknown: { ruleId, subject, cluster, reason },
    verdict: {
      ruleId,
      ...aboutOf(ruleId),
      severity: 'high',
      subject,
      cluster: cluster ?? undefined,
      verdict: 'unknown',
      summary: reason,
      evidence: { proof: [point] },
    },
  };
}

/** A preflight of a cluster that would leave two interfaces behind. */
export function preflightReport(parts: Partial<PreflightReport> = {}): PreflightReport {
  return {
    generatedAt: NEWEST,
    target: TARGET,
    cluster: 'payments',
    outcome: 'leaves-behind',
    summary: 'Deleting payments now can leave interfaces behind: 2 branch interfaces serve pods.',
    coverage: [{ slice: 'cluster', ok: true }],
    leftBehind: {
      branchesInUse: [eniId(1), eniId(2)],
      branchesAvailable: [],
      trunks: [],
      ipAddresses: 2,
      securityGroups: ['sg-0bbbbbbbbbbbbbbb1'],
      subnets: ['subnet-0aaaaaaaaaaaaaaa1'],
    },
    deleteFirst: ['node group workers'],
    outliving: ['i-0123456789abcdef0'],
    steps: [
      {
        summary: 'Scale down what a SecurityGroupPolicy selects.',
        commands: ['kubectl get securitygrouppolicies.vpcresources.k8s.aws --all-namespaces'],
      },
    ],
    stats: { apiCalls: 9, durationMs: 800 },
    ...parts,
  };
}
