import { minuteOf } from '../../../shared/content/time.ts';
import { count } from '../../../shared/content/words.ts';
import type { AuditReport, CleanupOutlook } from '../../../shared/model/report.ts';
import { refusalLines } from '../cleanup/refusals.ts';
import { BLANK, type Line } from '../layout.ts';
import { aboutPlan, statusOfPlan } from '../plans/plan.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';

/** The command line that answers a plan of a region. */
export type Decide = (verdict: 'approve' | 'reject', plan: string, region: string) => string;

/** Whether there is more to say of a cleanup than that orphans can be deleted. */
export const hasOutlook = ({ cleanup }: AuditReport): boolean =>
  cleanup !== undefined && cleanup.refusals.length + cleanup.attempts.length + cleanup.plans.length > 0;

function heldBack({ refusals }: CleanupOutlook): Line[] {
  if (refusals.length === 0) return [];
  return [{ text: `Held back: ${count(refusals.length, 'orphan')}, and the guard that says so`, indent: 2 }, ...refusalLines(refusals, 4)];
}

function triedBefore({ attempts }: CleanupOutlook): Line[] {
  if (attempts.length === 0) return [];
  return [
    { text: `Tried before, and still there: ${count(attempts.length, 'orphan')}`, indent: 2 },
    ...attempts.slice(0, MOST_ROWS).map(({ interfaceId, status, at, says }): Line => {
      return { text: `- ${interfaceId}: ${status} ${minuteOf(at)}: ${says}`, indent: 4, hang: 2 };
    }),
    ...andMore(attempts.length, 4),
  ];
}

function plansOf({ plans }: CleanupOutlook, region: string, decide: Decide): Line[] {
  return plans.flatMap((plan): Line[] => [
    { text: `Plan ${plan.id}: ${aboutPlan(plan)}; ${statusOfPlan(plan)}`, indent: 2, hang: 2 },
    ...(plan.status === 'waiting' ? [{ command: decide('approve', plan.id, region), indent: 6 }] : []),
    ...(plan.status === 'waiting' || plan.status === 'approved' ? [{ command: decide('reject', plan.id, region), indent: 6 }] : []),
  ]);
}

/** What a cleanup would do with these orphans, what earlier ones came to, and which plans wait; empty when there is nothing to say. */
export function cleanupSection(report: AuditReport, decide: Decide): Line[] {
  const { cleanup, target } = report;
  if (!cleanup || !hasOutlook(report)) return [];
  return [
    { text: `Cleanup: every guard lets ${count(cleanup.ready.length, 'orphan')} through`, tone: 'title' },
    ...plansOf(cleanup, target.region, decide),
    ...heldBack(cleanup),
    ...triedBefore(cleanup),
    BLANK,
  ];
}
