import { section, table } from '../../content/blocks.ts';
import type { Section } from '../../content/document.ts';
import { KEEP_TAG } from '../../domain/tags.ts';
import type { CleanupReport } from '../../findings/audit-report.ts';

const orNone = (names: readonly string[]): string => names.join(', ') || 'none';

/** What an operator said to keep, so that a person who applies a plan sees what is protected, and what is not. */
export function exclusionSection({ exclusions, plan }: Pick<CleanupReport, 'exclusions' | 'plan'>): Section[] {
  const tagged = plan.refusals.filter(({ guard, reason }) => guard === 'not-excluded' && reason.includes(KEEP_TAG));
  const rows = [
    [`tag ${KEEP_TAG}`, orNone(tagged.map(({ interfaceId }) => interfaceId))],
    ['EXCLUDED_CLUSTERS', orNone(exclusions.clusters)],
    ['EXCLUDED_VPCS', orNone(exclusions.vpcs)],
  ];
  return section('exclusions', 'Exclusions in force', table('exclusions', rows));
}
