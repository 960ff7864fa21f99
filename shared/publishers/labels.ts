import { dayOf } from '../content/time.ts';
import type { Announcement } from '../model/announcement.ts';
import type { TransitionKind } from '../model/finding.ts';
import type { PlanOutcome, PlanResult } from '../model/plan.ts';
import { SEVERITIES, type Severity } from '../model/verdict.ts';

/** What subscribers filter by, digests count by, and urgency is decided by. */
export interface Labels {
  kind: Announcement['kind'];
  severity: Severity;
  account: string;
  region: string;
  cluster: string | null;
  /** The finding's subject; of a teardown or a change, the cluster; of a plan, its id; of the daily digest, its day. */
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
  if (kind === 'plan') return planLabels(announcement, base);
  // Nothing in it is news: everything was told before, with its severity, and no pager should ring once more.
  if (kind === 'daily') return { kind, ...base, severity: 'low', cluster: null, subject: dayOf(announcement.digest.at) };
  if (kind === 'change') {
    const { cluster, lost } = announcement.notice;
    const severity = lost.length > 0 ? worstOf(lost) : 'low';
    return { kind, ...base, severity, cluster, subject: cluster, transition: lost.length > 0 ? 'lost' : 'regained' };
  }
  const { name } = kind === 'certificate' ? announcement.certificate.cluster : announcement.warning.cluster;
  const isNews = kind === 'warning' || announcement.certificate.outcome === 'leftovers';
  const labels = { kind, ...base, severity: isNews ? 'high' : 'low', cluster: name, subject: name } as const;
  return kind === 'certificate' ? { ...labels, state: announcement.certificate.outcome } : labels;
}

function planLabels({ notice, plan }: Extract<Announcement, { kind: 'plan' }>, base: Pick<Labels, 'account' | 'region'>): Labels {
  // An answer may have come before the question was sent.
  const isAsked = notice.event === 'proposed' && plan.status === 'waiting';
  const isNews = isAsked || (notice.event === 'finished' && isTroubled(resultOf({ notice, plan })));
  const cluster = plan.cluster === '-' ? null : plan.cluster;
  return { kind: 'plan', ...base, severity: isNews ? 'high' : 'low', cluster, subject: plan.id, transition: notice.event };
}

/** What came of the plan that a notice is about; undefined: the plan is in another round by now, which has not ended. */
export const resultOf = ({ notice, plan }: Pick<Extract<Announcement, { kind: 'plan' }>, 'notice' | 'plan'>): PlanResult | undefined =>
  notice.plan === plan.id ? plan.result : undefined;

const NEEDS_SOMEBODY: ReadonlySet<PlanOutcome['status']> = new Set(['failed', 'left']);

/** Whether a cleanup ended otherwise than it should. What a guard refused at the last look is as it should be. */
export const isTroubled = (result: PlanResult | undefined): boolean =>
  result === undefined || result.stop !== undefined || result.outcomes.some(({ status }) => NEEDS_SOMEBODY.has(status));

/** What is over needs nobody to act. */
export const isOver = ({ kind, severity, transition }: Pick<Labels, 'kind' | 'severity' | 'transition'>): boolean =>
  kind === 'plan' ? severity === 'low' : transition !== undefined && OVER.has(transition);

const OVER: ReadonlySet<string> = new Set(['resolved', 'suppressed', 'cleaned', 'regained'] satisfies (TransitionKind | 'regained')[]);

/** The smaller, the sooner a person should see it: after a warning something can still be done, but not for long; a plan waits for an answer. */
export function urgency(labels: Labels): number {
  const { kind, severity, transition } = labels;
  // By itself, always: in a message about many things nothing would be left of it.
  if (kind === 'daily') return -1;
  if (kind === 'warning') return 0;
  // Somebody has just cut something off, and the message holds the way back.
  if (kind === 'change' && transition === 'lost') return 1;
  if (kind === 'plan' && transition === 'proposed' && severity === 'high') return 1;
  // What came of a plan stands for many `cleaned`: those can go into a digest, this should not.
  if (kind === 'certificate' || kind === 'plan' || kind === 'change') return 2;
  return 2 + SEVERITIES.length - SEVERITIES.indexOf(severity) + (isOver(labels) ? SEVERITIES.length : 0);
}

export const worstOf = (labels: readonly Pick<Labels, 'severity'>[]): Severity =>
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
