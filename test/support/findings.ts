import type { Finding, FindingState } from '../../shared/domain/finding.ts';
import { leftover } from './leftovers.ts';
import { finding } from './reports.ts';

/** A finding as the ledger has it open, and announced. */
export const stateOf = (of: Finding, changes: Partial<FindingState> = {}): FindingState => ({
  finding: of,
  status: 'open',
  quiet: false,
  meaning: `${of.severity}/${of.state ?? ''}`,
  lastSeen: of.firstSeen,
  pending: [],
  ...changes,
});

/** So many orphans, spread over clusters. */
export const orphansOf = (count: number, clusters: number): Finding[] =>
  Array.from({ length: count }, (_, n) => leftover(n + 1, { cluster: `c-${n % clusters}` }));

/** A set of pod security groups whose path is blocked. */
export const blockedSet = (ruleId: string, cluster: string, changes: Partial<Finding> = {}): Finding =>
  finding({
    ruleId,
    ...{ severity: 'critical', state: 'blocked', cluster },
    subject: { type: 'security-group-set', id: `sg-0${cluster.length}` },
    ...changes,
  });
