import type { CleanupReport } from '../../../shared/model/report.ts';
import { KEEP_TAG } from '../../../shared/model/tags.ts';
import { BLANK, type Line } from '../layout.ts';

const orNone = (names: readonly string[]): string => names.join(', ') || 'none';

/** What an operator said to keep, so that whoever applies a plan sees what is protected, and what is not. */
export function exclusionSection({ exclusions, plan }: Pick<CleanupReport, 'exclusions' | 'plan'>): Line[] {
  const kept = plan.refusals.filter(({ guard, reason }) => guard === 'not-excluded' && reason.includes(KEEP_TAG));
  return [
    { text: 'Exclusions in force', tone: 'title' },
    {
      rows: [
        [`tag ${KEEP_TAG}`, orNone(kept.map(({ interfaceId }) => interfaceId))],
        ['EXCLUDED_CLUSTERS', orNone(exclusions.clusters)],
        ['EXCLUDED_VPCS', orNone(exclusions.vpcs)],
      ],
      indent: 2,
    },
    BLANK,
  ];
}
