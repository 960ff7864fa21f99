import { minuteOf } from '../../../shared/content/time.ts';
import { count } from '../../../shared/content/words.ts';
import type { Target } from '../../../shared/model/finding.ts';
import { isOpenPlan, type ProposedPlan } from '../../../shared/model/plan.ts';
import { deletionSections, unblockSection } from '../cleanup/deletions.ts';
import { refusalSections } from '../cleanup/refusals.ts';
import { BLANK, type Line, layout, type View } from '../layout.ts';
import { deletedCluster } from '../sections/clusters.ts';

/** What a plan is about, in a few words: `6 interfaces of deleted cluster checkout, holding 6 IP addresses`. */
export function aboutPlan({ cluster, plan }: ProposedPlan): string {
  const addresses = plan.deletions.reduce((sum, deletion) => sum + deletion.addresses.length, 0);
  const whose = deletedCluster(cluster === '-' ? '' : cluster).replace(/^./, (first) => first.toLowerCase());
  return `${count(plan.deletions.length, 'interface')} of ${whose}${addresses > 0 ? `, holding ${count(addresses, 'IP address')}` : ''}`;
}

/** Where a plan is: `waits for an approval until …`. */
export function statusOfPlan({ status, expiresAt, says }: ProposedPlan): string {
  if (status === 'waiting') return `${says}, until ${minuteOf(expiresAt)}`;
  return says.startsWith(status) ? says : `${status}: ${says}`;
}

/** A plan as whoever answers it must have seen it: what, why, what that unblocks, and what is refused. */
export function planToAnswer(plan: ProposedPlan, { accountId, region }: Target, view: View): string {
  const lines: Line[] = [
    { text: `Plan ${plan.id}: ${aboutPlan(plan)}`, hang: 2, tone: 'title' },
    { text: `Account ${accountId}, ${region}; ${statusOfPlan(plan)}`, hang: 2, tone: isOpenPlan(plan.status) ? 'warn' : 'quiet' },
    { text: `proposed ${minuteOf(plan.proposedAt)}, from what was read ${minuteOf(plan.plan.createdAt)}`, tone: 'quiet' },
    BLANK,
    ...deletionSections(plan.plan.deletions),
    ...unblockSection(plan.plan),
    ...refusalSections(plan.plan),
  ];
  return layout(lines, view);
}
