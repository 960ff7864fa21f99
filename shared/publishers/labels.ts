import type { Announcement } from '../model/announcement.ts';
import { SEVERITIES, type Severity } from '../model/verdict.ts';

/** What subscribers filter by, digests count by, and urgency is decided by. */
export interface Labels {
  kind: Announcement['kind'];
  severity: Severity;
  account: string;
  region: string;
  cluster: string | null;
  /** The finding's subject; of a teardown, the cluster. */
  subject: string;
  ruleId?: string;
  transition?: string;
  state?: string;
}

export function labelsOf(announcement: Announcement): Labels {
  const { kind, target } = announcement;
  const base = { account: target.accountId, region: target.region } as const;
  if (kind === 'transition') {
    const { finding, transition } = announcement;
    const { ruleId, severity, cluster, state } = finding;
    const labels = { kind, ...base, severity, cluster, subject: finding.subject.id, ruleId, transition: transition.kind };
    return state === undefined ? labels : { ...labels, state };
  }
  const { name } = kind === 'certificate' ? announcement.certificate.cluster : announcement.warning.cluster;
  const isNews = kind === 'warning' || announcement.certificate.outcome === 'leftovers';
  const labels = { kind, ...base, severity: isNews ? 'high' : 'low', cluster: name, subject: name } as const;
  return kind === 'certificate' ? { ...labels, state: announcement.certificate.outcome } : labels;
}

/** What is over needs nobody to act. */
export const isOver = (transition: string | undefined): boolean =>
  transition === 'resolved' || transition === 'suppressed' || transition === 'cleaned';

/** The smaller, the sooner a person should see it: after a warning something can still be done, but not for long. */
export function urgency({ kind, severity, transition }: Labels): number {
  if (kind === 'warning') return 0;
  if (kind === 'certificate') return 1;
  return 1 + SEVERITIES.length - SEVERITIES.indexOf(severity) + (isOver(transition) ? SEVERITIES.length : 0);
}

export const worstOf = (labels: readonly Labels[]): Severity =>
  SEVERITIES.findLast((severity) => labels.some((each) => each.severity === severity)) ?? 'low';

/** The value of a label that all of them have, or undefined. */
export function sharedBy(labels: readonly Labels[], name: keyof Labels): string | undefined {
  const value = labels[0]?.[name] ?? undefined;
  return labels.every((each) => each[name] === value) ? value : undefined;
}

/** The different values of one label, in the order of their first appearance. */
export const valuesOf = (labels: readonly Labels[], name: keyof Labels): string[] => [
  ...new Set(labels.flatMap((each) => each[name] ?? [])),
];
