import type { Refusal } from '../shared/model/cleanup.ts';
import type { Finding } from '../shared/model/finding.ts';
import type { CleanupReport } from '../shared/model/report.ts';

/** Whether nothing is missing but a second sighting: every other guard has let it through. */
export const isSuspect = ({ guard }: Refusal): boolean => guard === 'seen-twice';

/** Whether it was only one too many for this run. */
export const isDeferred = ({ guard }: Refusal): boolean => guard === 'batch-limit';

/** The findings of the interfaces that a second look would decide. */
export function suspectsOf({ audit, plan }: Pick<CleanupReport, 'audit' | 'plan'>): Finding[] {
  const ids = new Set(plan.refusals.filter(isSuspect).map(({ interfaceId }) => interfaceId));
  return audit.findings.filter(({ leftover, subject }) => leftover === 'branch' && ids.has(subject.id));
}
