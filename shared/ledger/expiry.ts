import type { LedgerBody } from '../model/ledger.ts';

const DAY_MS = 86_400_000;
// A quarter and a year, each with some days to spare: what settled is looked up in reviews, a teardown also in audits of the year.
const RESOLVED_FINDING_DAYS = 90;
const CLOSED_TEARDOWN_DAYS = 400;

/** When a record written now may be forgotten; undefined: never. What is open, seen or still owed to anybody never is. */
export function expiryOf(body: LedgerBody, now: Date): Date | undefined {
  const days = daysToKeep(body);
  return days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
}

function daysToKeep(body: LedgerBody): number | undefined {
  if (body.kind === 'sighting' || body.kind === 'list-read' || body.kind === 'deletion' || body.state.pending.length > 0) return undefined;
  if (body.kind === 'finding') return body.state.status === 'resolved' ? RESOLVED_FINDING_DAYS : undefined;
  return body.state.teardown.status === 'closed' ? CLOSED_TEARDOWN_DAYS : undefined;
}
