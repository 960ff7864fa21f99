import { commandBlock, items, section } from '../../content/blocks.ts';
import type { Section } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import type { AuditReport, CleanupStatus } from '../../findings/audit-report.ts';
import { andMore, MOST_ROWS } from '../../findings/report/interfaces.ts';
import { aboutPlan, statusOfPlan } from './proposed.ts';
import { refusalList } from './refusals.ts';

/** The command line that answers a plan of a region. */
export type Decide = (verdict: 'approve' | 'reject', plan: string, region: string) => string;

const attemptSection = ({ attempts }: CleanupStatus): Section[] =>
  section('attempts', `Tried before, and still there: ${count(attempts.length, 'orphan')}`, [
    ...items(
      'attempts',
      attempts.slice(0, MOST_ROWS).map(({ interfaceId, status, at, says }) => `${interfaceId}: ${status} ${minuteOf(at)}: ${says}`),
    ),
    ...andMore(attempts.length),
  ]);

const planSections = ({ plans }: CleanupStatus, region: string, decide: Decide): Section[] =>
  plans.map((plan) => ({
    kind: 'section',
    key: 'plan',
    heading: `Plan ${plan.id}: ${aboutPlan(plan)}; ${statusOfPlan(plan)}`,
    blocks: commandBlock([
      ...(plan.status === 'waiting' ? [decide('approve', plan.id, region)] : []),
      ...(plan.status === 'waiting' || plan.status === 'approved' ? [decide('reject', plan.id, region)] : []),
    ]),
  }));

/** What a cleanup would do with these orphans, what earlier ones came to, and which plans wait; empty when there is nothing to say. */
export function cleanupSection({ cleanup, target }: AuditReport, decide: Decide): Section[] {
  if (!cleanup) return [];
  const { ready, refusals } = cleanup;
  return section('cleanup', `Cleanup: every guard lets ${count(ready.length, 'orphan')} through`, [
    ...planSections(cleanup, target.region, decide),
    ...section('refused', `Held back: ${count(refusals.length, 'orphan')}, and the guard that says so`, refusalList(refusals)),
    ...attemptSection(cleanup),
  ]);
}
