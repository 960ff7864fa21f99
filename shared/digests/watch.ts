import type { Coverage } from '../findings/audit-report.ts';
import type { Watch } from './digest.ts';

/** What is kept of a region's audits after one more. */
export function watched(before: Watch | undefined, coverage: readonly Coverage[], at: Date): Watch {
  const time = at.toISOString();
  const [gap, ...more] = coverage.filter(({ ok }) => !ok);
  // Why is in the findings of that audit; a digest says what.
  const says = `${gap?.slice}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  return {
    audits: (before?.audits ?? 0) + 1,
    first: before?.first ?? time,
    last: time,
    ...(gap ? { incomplete: { at: time, says } } : before?.incomplete ? { incomplete: before.incomplete } : {}),
  };
}
