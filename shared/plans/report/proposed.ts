import { paragraph } from '../../content/blocks.ts';
import type { Report } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import type { Target } from '../../domain/finding.ts';
import { deletedCluster } from '../../findings/report/clusters.ts';
import { addressesOf } from '../parts.ts';
import { isOpenPlan, type ProposedPlan } from '../plan.ts';
import { deletionSections, unblockSection } from './deletions.ts';
import { refusalSections } from './refusals.ts';

/** What a plan is about, in a few words: `6 interfaces of deleted cluster checkout, holding 6 IP addresses`. */
export function aboutPlan({ cluster, plan }: ProposedPlan): string {
  const addresses = addressesOf(plan.deletions);
  const whose = deletedCluster(cluster === '-' ? '' : cluster).replace(/^./, (first) => first.toLowerCase());
  return `${count(plan.deletions.length, 'interface')} of ${whose}${addresses > 0 ? `, holding ${count(addresses, 'IP address')}` : ''}`;
}

/** Where a plan is: `waits for an approval until …`. */
export function statusOfPlan({ status, expiresAt, says }: ProposedPlan): string {
  if (status === 'waiting') return `${says}, until ${minuteOf(expiresAt)}`;
  return says.startsWith(status) ? says : `${status}: ${says}`;
}

/** A plan as the person who answers it must have seen it: what, why, what that unblocks, and what is refused. */
export const proposedReport = (plan: ProposedPlan, { accountId, region }: Target): Report => ({
  title: `Plan ${plan.id}: ${aboutPlan(plan)}`,
  blocks: [
    paragraph(`Account ${accountId}, ${region}; ${statusOfPlan(plan)}`, isOpenPlan(plan.status) ? 'warning' : 'quiet'),
    paragraph(`proposed ${minuteOf(plan.proposedAt)}, from what was read ${minuteOf(plan.plan.createdAt)}`, 'quiet'),
    ...deletionSections(plan.plan.deletions),
    ...unblockSection(plan.plan),
    ...refusalSections(plan.plan),
  ],
});
