import type { LedgerBody } from '../model/ledger.ts';
import { isOpenPlan } from '../model/plan.ts';

const DAY_MS = 86_400_000;
// A quarter and a year, each with some days to spare: what settled is looked up in reviews, a teardown also in audits of the year.
const RESOLVED_FINDING_DAYS = 90;
const CLOSED_TEARDOWN_DAYS = 400;
// Who approved what, and what came of it, is asked in audits of the year.
const ENDED_PLAN_DAYS = 400;
const DECISION_DAYS = 400;
// EventBridge delivers again for a day at most. A region may see thousands of changes, and every run reads what is kept.
const JUDGED_CHANGE_DAYS = 2;
const CHANGE_NOTICE_DAYS = 30;
// Whoever looks for the message of an old finding: after that a new one is posted.
const SLACK_MESSAGE_DAYS = 400;
// Requests that Slack did not sign are anybody's: what they leave behind must not grow for a year.
const UNSIGNED_CLICK_DAYS = 90;
// An acceptance lasts a year at most; who accepted what is asked for some time after it ended.
const ACCEPTANCE_DAYS = 800;

/** When a record written now may be forgotten; undefined: never. What is open, seen or still owed to anybody never is. */
export function expiryOf(body: LedgerBody, now: Date): Date | undefined {
  const days = daysToKeep(body);
  return days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
}

function daysToKeep(body: LedgerBody): number | undefined {
  switch (body.kind) {
    case 'sighting':
    case 'list-read':
    case 'deletion':
    case 'judging':
    case 'watch':
    case 'daily':
      return undefined;
    case 'decision':
      return DECISION_DAYS;
    case 'slack-message':
      return SLACK_MESSAGE_DAYS;
    case 'click':
      return body.click.by === '-' ? UNSIGNED_CLICK_DAYS : DECISION_DAYS;
    case 'acceptance':
      return ACCEPTANCE_DAYS;
    case 'change':
      return body.state.status === 'judged' ? JUDGED_CHANGE_DAYS : undefined;
    case 'change-notice':
      return body.state.pending.length > 0 ? undefined : CHANGE_NOTICE_DAYS;
    default:
      return body.state.pending.length > 0 ? undefined : daysAfterTheEnd(body);
  }
}

function daysAfterTheEnd(body: Extract<LedgerBody, { kind: 'finding' | 'teardown' | 'plan' }>): number | undefined {
  if (body.kind === 'finding') return body.state.status === 'resolved' ? RESOLVED_FINDING_DAYS : undefined;
  if (body.kind === 'teardown') return body.state.teardown.status === 'closed' ? CLOSED_TEARDOWN_DAYS : undefined;
  const { status } = body.state.plan;
  // As long as its orphans are there, a rejection is an answer that is not asked for again.
  return isOpenPlan(status) || status === 'rejected' ? undefined : ENDED_PLAN_DAYS;
}
