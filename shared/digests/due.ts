// When the daily digest is due, and what the ledger keeps of it.

import { dailyDigest, type RegionLedger, WEEK_MS } from './daily.ts';
import type { Counted, DailyState } from './digest.ts';
import { numbersOf, openFindings } from './tally.ts';

const DAY_MS = 86_400_000;
// One for each day of a week, today's, and one to spare.
const KEPT_DAYS = 9;
// Where nobody takes them for long, the newest say how it stands; more would grow past what a ledger's record holds.
const MOST_PENDING = 7;
// A sweep comes within half an hour of the time; days of 24 hours must not make a week of eight days.
const SLACK_MS = DAY_MS / 2;

/** The last time before now that the clock showed this hour. */
export function lastDue(at: Date, hourUtc: number): Date {
  const today = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), hourUtc);
  return new Date(today <= at.getTime() ? today : today - DAY_MS);
}

/**
 * The state after a digest was due: with the message, if there is something to say, or nobody was told anything for a week. The first
 * time there is none: what a new stack sees in its first minutes is no day.
 */
export function nextDaily(
  before: DailyState | undefined,
  ledgers: readonly RegionLedger[],
  due: Date,
  at: Date,
  publishers: readonly string[],
): DailyState {
  const time = at.toISOString();
  const findings = ledgers.flatMap(({ states }) => openFindings(states));
  const counted = { at: time, numbers: numbersOf(findings, at) };
  const audits = Object.fromEntries(ledgers.map(({ region, watch }) => [region, watch?.audits ?? 0]));
  if (!before) return { due: due.toISOString(), at: time, auditsThen: audits, history: [counted], pending: [] };
  const { history, auditsThen } = before;
  const digest = dailyDigest(ledgers, { at, since: before.at, toldAt: before.sentAt, before: aWeekAgo(history, at), auditsThen });
  const looked = { due: due.toISOString(), at: time, history: [...history, counted].slice(-KEPT_DAYS) };
  const isToTell = digest.tone === 'open' || before.sentAt === undefined || at.getTime() - Date.parse(before.sentAt) >= WEEK_MS - SLACK_MS;
  if (!isToTell || publishers.length === 0) return { ...before, ...looked };
  const pending = [...before.pending, { digest, recipients: [...publishers] }].slice(-MOST_PENDING);
  return { ...looked, sentAt: time, auditsThen: audits, pending };
}

/** What was counted a week ago, give or take half a day. */
function aWeekAgo(history: readonly Counted[], at: Date): Counted | undefined {
  const off = ({ at: then }: Counted) => Math.abs(at.getTime() - WEEK_MS - Date.parse(then));
  const [closest] = history.toSorted((a, b) => off(a) - off(b));
  return closest && off(closest) <= SLACK_MS ? closest : undefined;
}
