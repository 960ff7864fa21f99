import type { TransitionKind } from '../../../shared/model/finding.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { BLANK, type Line } from '../layout.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';

// What opened or changed is in the findings above; what went away is nowhere else.
const ABOVE: readonly TransitionKind[] = ['opened', 'changed'];

/** What changed since the ledger's last audit. */
export function sinceSection({ ledger, transitions }: AuditReport): Line[] {
  if (ledger === undefined || transitions.length === 0) return [];
  const counts = ABOVE.map((kind) => `${transitions.filter((each) => each.kind === kind).length} ${kind}`).join(', ');
  const told = transitions.filter(({ kind }) => !ABOVE.includes(kind));
  return [
    { text: `Since the last audit: ${counts} (above)`, tone: 'title' },
    ...told.slice(0, MOST_ROWS).map(({ kind, says }): Line => ({ text: `- ${kind}: ${says}`, indent: 2, hang: 2 })),
    ...andMore(told.length, 2),
    BLANK,
  ];
}
