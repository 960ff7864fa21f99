import type { Finding } from '../domain/finding.ts';
import { SEVERITIES } from '../domain/verdict.ts';
import type { Unknown } from './audit-report.ts';

// By code unit: the same on every machine, whatever its locale.
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The worst first, then by rule, cluster and subject: two runs that found the same print the same. */
export const sortedFindings = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      compare(a.ruleId, b.ruleId) ||
      compare(a.cluster ?? '', b.cluster ?? '') ||
      compare(a.subject.id, b.subject.id),
  );

/** By rule, cluster and subject. */
export const sortedUnknown = (unknown: readonly Unknown[]): Unknown[] =>
  unknown.toSorted(
    (a, b) => compare(a.ruleId, b.ruleId) || compare(a.cluster ?? '', b.cluster ?? '') || compare(a.subject.id, b.subject.id),
  );
