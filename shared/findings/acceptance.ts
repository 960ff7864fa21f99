// Whether somebody answers for a finding, and whether anybody may. Pure: the finding and the time in, the answer out.
import type { Acceptance } from '../domain/acceptance.ts';
import type { FindingState } from '../domain/finding.ts';
import { SEVERITIES, type Severity, type Verdict } from '../domain/verdict.ts';
import { meaningOf } from './meaning.ts';

const DAY_MS = 86_400_000;
// Longer than that nobody remembers why, nor is still the owner.
const LONGEST_DAYS = 366;

/** Whether an acceptance holds for what a rule says now: its time is not over, and the finding did not get worse. What is milder is covered. */
export function standing(acceptance: Acceptance, verdict: Verdict, at: Date): boolean {
  if (at.getTime() >= Date.parse(acceptance.until)) return false;
  // A leak whose sightings began again says nothing new.
  if (verdict.quiet) return true;
  // What looks otherwise only because a read failed is no worse.
  if (verdict.isPartial && SEVERITIES.indexOf(verdict.severity) <= SEVERITIES.indexOf(acceptance.severity)) return true;
  return isNoWorse(acceptance, verdict.severity, meaningOf(verdict));
}

/** Whether what was accepted covers this. */
function isNoWorse(acceptance: Acceptance, severity: Severity, meaning: string): boolean {
  const [now, then] = [SEVERITIES.indexOf(severity), SEVERITIES.indexOf(acceptance.severity)];
  return now < then || (now === then && meaning === acceptance.meaning);
}

export interface AcceptanceRequest {
  findingId: string;
  reason: string;
  owner: string;
  /** The end of the last day that it holds. */
  until: Date;
  by: string;
  /**
   * A click in Slack, on a message that told this meaning: it is for no other, and takes no other acceptance's place. At a terminal somebody
   * has the finding before their eyes, and may say it anew.
   */
  clickedOn?: { meaning: string };
}

export type AcceptanceAnswer = { accepted: true; acceptance: Acceptance; says: string } | { accepted: false; says: string };

/** The acceptance that somebody asks for, or why there is none. `state` and `before` are what the ledger has of the finding. */
export function accept(
  state: FindingState | undefined,
  request: AcceptanceRequest,
  at: Date,
  before?: Acceptance | undefined,
): AcceptanceAnswer {
  const refusal = whyNot(state, request, at) ?? (state && whyNoClick(state, request, at, before));
  if (refusal !== undefined || !state) return { accepted: false, says: refusal ?? '' };
  const { findingId, reason, owner, until, by } = request;
  const { finding, meaning } = state;
  const times = { until: until.toISOString(), at: at.toISOString() };
  const acceptance = { findingId, reason, owner, by, ...times, severity: finding.severity, meaning };
  return {
    accepted: true,
    acceptance,
    says: `${finding.subject.id} is accepted until ${times.until.slice(0, 10)}; ${owner} answers for it`,
  };
}

function whyNot(state: FindingState | undefined, { findingId, until, reason, owner }: AcceptanceRequest, at: Date): string | undefined {
  if (reason.trim() === '' || owner.trim() === '') return 'an acceptance needs a reason and an owner';
  if (until.getTime() <= at.getTime()) return `${until.toISOString().slice(0, 10)} is over: an acceptance needs a day to come`;
  if (until.getTime() - at.getTime() > LONGEST_DAYS * DAY_MS) {
    return `${until.toISOString().slice(0, 10)} is more than a year ahead: accept it for a year at most, and look again then`;
  }
  if (!state) return `the ledger knows no finding ${findingId}`;
  if (state.status !== 'open') return `${findingId} is not open: it was resolved at ${state.resolvedAt}`;
  // What cannot be read may hide anything: a silence about it would look like health.
  if (state.finding.topic === 'coverage') return 'what could not be read is not accepted: allow the read, or do not audit that region';
  if (state.quiet) return `${findingId} alerts nobody as it is, so there is nothing to accept`;
  return undefined;
}

/** What is in the way of a click besides. */
function whyNoClick(
  { finding, meaning }: FindingState,
  { clickedOn }: AcceptanceRequest,
  at: Date,
  before: Acceptance | undefined,
): string | undefined {
  if (!clickedOn) return undefined;
  if (clickedOn.meaning !== meaning) return `${finding.subject.id} has changed since that message was written; look at it as it is now`;
  const isOver = !before || at.getTime() >= Date.parse(before.until);
  if (isOver || !isNoWorse(before, finding.severity, meaning)) return undefined;
  return `${finding.subject.id} is already accepted until ${before.until.slice(0, 16).replace('T', ' ')} UTC by ${before.by}: ${before.reason}`;
}
