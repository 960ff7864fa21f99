import { items } from '../../content/blocks.ts';
import type { Section } from '../../content/document.ts';
import { sentenceOf } from '../../content/words.ts';
import type { TransitionKind } from '../../domain/finding.ts';
import type { AuditReport } from '../audit-report.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';

// What opened or changed is in the findings above; what went away is nowhere else.
const ABOVE: readonly TransitionKind[] = ['opened', 'changed'];

/** What changed since the ledger's last audit. */
export function sinceSection({ ledger, transitions }: AuditReport): Section[] {
  if (ledger === undefined || transitions.length === 0) return [];
  const counts = ABOVE.map((kind) => `${transitions.filter((each) => each.kind === kind).length} ${kind}`).join(', ');
  const others = transitions
    .filter(({ kind }) => !ABOVE.includes(kind))
    .map(({ kind, says, details }) => `${kind}: ${sentenceOf({ summary: says, ...(details === undefined ? {} : { details }) })}`);
  const blocks = [...items('transitions', others.slice(0, MOST_ROWS)), ...andMore(others.length)];
  return [{ kind: 'section', key: 'since', heading: `Since the last audit: ${counts} (above)`, blocks }];
}
