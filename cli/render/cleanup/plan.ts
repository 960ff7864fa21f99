import { count, list } from '../../../shared/content/words.ts';
import type { CleanupReport } from '../../../shared/model/report.ts';
import { ruleOf } from '../../../shared/rules/find.ts';
import { isIncomplete } from '../../exit-code.ts';
import { isDeferred } from '../../suspects.ts';
import { BLANK, type Line, layout, type View } from '../layout.ts';
import { gapSection } from '../sections/gaps.ts';
import { undecidedSections } from '../sections/undecided.ts';
import { deletionSections, unblockSection } from './deletions.ts';
import { exclusionSection } from './exclusions.ts';
import { type Again, nextOfPlan } from './next.ts';
import { refusalSections } from './refusals.ts';

export interface CleanupView extends View {
  /** Only these clusters were asked for; empty: all. */
  clusters: readonly string[];
  again: Again;
}

/** Account, region, and what would be done, in one sentence. */
function headline({ audit, plan }: CleanupReport, clusters: readonly string[]): string {
  const deferred = plan.refusals.filter(isDeferred).length;
  const refused = plan.refusals.length - deferred;
  const parts = [
    plan.deletions.length > 0 ? `${count(plan.deletions.length, 'interface')} to delete` : 'nothing to delete',
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(deferred > 0 ? [`${deferred} deferred`] : []),
  ];
  const incomplete = isIncomplete(audit) ? 'INCOMPLETE: ' : '';
  const only = clusters.length > 0 ? ` (asked only for cluster ${clusters.join(', ')})` : '';
  return `Account ${plan.target.accountId}, ${plan.target.region}: ${incomplete}${list(parts)}${only}`;
}

function planLines(report: CleanupReport, clusters: readonly string[]): Line[] {
  const { audit, plan } = report;
  const undecided = audit.unknown.filter(({ ruleId }) => ruleOf(ruleId)?.leftover === 'branch');
  return [
    { text: headline(report, clusters), hang: 2, tone: isIncomplete(audit) ? 'bad' : 'title' },
    {
      text: `plan ${plan.digest}, ${plan.createdAt}, ${count(audit.stats.apiCalls, 'API call')} in ${(audit.stats.durationMs / 1000).toFixed(1)} s`,
      tone: 'quiet',
    },
    BLANK,
    ...gapSection(audit),
    ...deletionSections(plan.deletions),
    ...unblockSection(plan),
    ...refusalSections(plan),
    ...undecidedSections({ ...audit, unknown: undecided }),
    ...exclusionSection(report),
  ];
}

/** A plan for a person, with what to do about it. */
export const planTable = (report: CleanupReport, view: CleanupView): string =>
  layout([...planLines(report, view.clusters), ...nextOfPlan(report, view.again)], view);

/** The plan alone, for the one who is about to be asked, or who has applied it. */
export const planToApply = (report: CleanupReport, view: CleanupView): string => layout(planLines(report, view.clusters), view);
