// The digest of a day: what is open, what came and went, what is not known. Pure: what the ledgers hold and the time in, one message out.

import type { Acceptance } from '../domain/acceptance.ts';
import type { Finding, FindingState } from '../domain/finding.ts';
import { SEVERITIES } from '../domain/verdict.ts';
import type { DeletionRecord } from '../plans/deletion.ts';
import type { ProposedPlan } from '../plans/plan.ts';
import type { Counted, DailyDigest, GoneGroup, OpenGroup, Some, Watch, WatchedRegion } from './digest.ts';
import { addressesHeld, isAccepted, isGap, numbersOf, openFindings, sumOf } from './tally.ts';

const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
// Sweeps are half an hour apart; a retry comes half an hour later.
const STALE_MS = 2 * 3_600_000;

// What one message can hold, and a person read.
const MOST_GROUPS = 25;
const MOST_OTHERS = 10;
// More than AWS has.
const MOST_REGIONS = 60;
const EXAMPLE_CHARACTERS = 300;

/** What the ledger of one region holds. */
export interface RegionLedger {
  region: string;
  ledger: string;
  states: readonly FindingState[];
  deletions: readonly DeletionRecord[];
  plans: readonly ProposedPlan[];
  acceptances: readonly Acceptance[];
  watch: Watch | undefined;
}

export interface Span {
  at: Date;
  /** What is new is so since then. */
  since: string;
  toldAt: string | undefined;
  before: Counted | undefined;
  /** How many audits of each region were counted at the last message. */
  auditsThen: Readonly<Record<string, number>>;
}

type Placed = Finding & { region: string };

/** What there is to tell, whether it is worth a message or not (`tone`). */
export function dailyDigest(ledgers: readonly RegionLedger[], { at, since, toldAt, before, auditsThen }: Span): DailyDigest {
  const findings = ledgers.flatMap(({ region, states }) => openFindings(states).map((finding): Placed => ({ ...finding, region })));
  const ours = findings.filter((finding) => !isGap(finding) && !isAccepted(finding, at));
  const accepted = findings.filter((finding) => isAccepted(finding, at));
  const open = openGroups(ours, since);
  const gone = goneGroups(ledgers, since);
  const regions = ledgers.map((ledger) => watchedRegion(ledger, auditsThen[ledger.region] ?? 0, at));
  const unreadable = unreadableOf(findings.filter(isGap));
  const lapsed = lapsedIn(ledgers, ours, since, at);
  const expiring = accepted.flatMap(expiringBy(at.getTime() + WEEK_MS)).toSorted((a, b) => order(a.until, b.until));
  const plans = ledgers.flatMap(({ region, plans: all }) => all.filter(({ status }) => status === 'waiting').map(waitingIn(region)));
  const digest = {
    at: at.toISOString(),
    since,
    toldAt,
    now: numbersOf(findings, at),
    before,
    fresh: open.reduce((sum, group) => sum + group.fresh, 0),
    open: some(open, MOST_GROUPS),
    gone: some(gone, MOST_OTHERS),
    ...{ resolved: countOf(gone, 'resolved'), cleaned: countOf(gone, 'cleaned') },
    unreadable: some(unreadable, MOST_OTHERS),
    lapsed,
    expiring: some(expiring, MOST_OTHERS),
    plans: some(plans, MOST_OTHERS),
    regions: some(staleFirst(regions), MOST_REGIONS),
  };
  const isWorthTelling =
    digest.fresh + digest.resolved + digest.cleaned + unreadable.length + plans.length + lapsed > 0 ||
    open.some(({ severity }) => severity !== 'low') ||
    regions.some(({ isStale }) => isStale) ||
    expiring.some(({ until }) => isNewlyClose(until, since, at));
  return { tone: isWorthTelling ? 'open' : 'quiet', ...digest };
}

const short = (text: string): string => (text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS)}…` : text).toWellFormed();
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const some = <T>(all: readonly T[], most: number): Some<T> => ({ count: all.length, first: all.slice(0, most) });
const isAfter = (time: string | undefined, since: string): boolean => time !== undefined && Date.parse(time) > Date.parse(since);
const staleFirst = (regions: readonly WatchedRegion[]) => regions.toSorted((a, b) => Number(b.isStale) - Number(a.isStale));
const countOf = (gone: readonly GoneGroup[], how: GoneGroup['how']): number =>
  gone.reduce((sum, group) => sum + (group.how === how ? group.count : 0), 0);

/** By region, cluster, rule and state, the oldest first; of the same age the more severe first. What may be meant to be so comes last. */
function openGroups(findings: readonly Placed[], since: string): OpenGroup[] {
  const groups = Map.groupBy(findings, ({ region, cluster, ruleId, state, severity }) =>
    JSON.stringify([region, cluster, ruleId, state, severity]),
  );
  return [...groups.values()]
    .flatMap((all): OpenGroup[] => {
      const oldest = all.reduce((first, each) => (order(each.firstSeen, first.firstSeen) < 0 ? each : first));
      const { region, cluster, ruleId, state, severity, firstSeen, summary } = oldest;
      const named = { region, cluster, ruleId, ...(state === undefined ? {} : { state }), severity };
      const fresh = all.filter((each) => isAfter(each.firstSeen, since)).length;
      return [{ ...named, count: all.length, fresh, addresses: sumOf(all, addressesHeld), oldest: firstSeen, example: short(summary) }];
    })
    .toSorted(
      (a, b) =>
        Number(a.severity === 'low') - Number(b.severity === 'low') ||
        order(a.oldest, b.oldest) ||
        SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
    );
}

/** What went away: cleaned up by us, or resolved otherwise. What nobody was told of went without a word. */
function goneGroups(ledgers: readonly RegionLedger[], since: string): GoneGroup[] {
  const all = ledgers.flatMap(({ region, states, deletions }) => {
    const cleaned = new Set(
      deletions.filter(({ status, at }) => status === 'deleted' && isAfter(at, since)).map(({ findingId }) => findingId),
    );
    return states
      .filter(({ status, quiet, resolvedAt, finding }) => status === 'resolved' && !quiet && !isGap(finding) && isAfter(resolvedAt, since))
      .map(({ finding: { id, cluster, ruleId } }) => ({
        how: cleaned.has(id) ? ('cleaned' as const) : ('resolved' as const),
        region,
        cluster,
        ruleId,
      }));
  });
  const groups = Map.groupBy(all, ({ how, region, cluster, ruleId }) => JSON.stringify([how, region, cluster, ruleId]));
  return [...groups.values()].flatMap(([first, ...more]) => (first ? [{ ...first, count: more.length + 1 }] : []));
}

/** Once for each call that failed, with all that it leaves unknown. */
function unreadableOf(gaps: readonly Placed[]): DailyDigest['unreadable']['first'] {
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
  const told = gaps.map(({ region, subject, summary, evidence: { action, cause } }) => {
    const says = textOf(action) && textOf(cause) ? `${textOf(action)} ${textOf(cause)}` : short(summary);
    return { region, says, slice: subject.id };
  });
  return [...Map.groupBy(told, ({ region, says }) => JSON.stringify([region, says])).values()].flatMap(([first, ...more]) =>
    first ? [{ region: first.region, says: first.says, slices: [first, ...more].map(({ slice }) => slice) }] : [],
  );
}

/** How many open findings were accepted until some time since the last digest. */
function lapsedIn(ledgers: readonly RegionLedger[], open: readonly Finding[], since: string, at: Date): number {
  const ended = ledgers.flatMap(({ acceptances }) =>
    acceptances.filter(({ until }) => isAfter(until, since) && Date.parse(until) <= at.getTime()),
  );
  const ids = new Set(ended.map(({ findingId }) => findingId));
  return open.filter(({ id }) => ids.has(id)).length;
}

const expiringBy =
  (end: number) =>
  ({ id, region, summary, accepted }: Placed): DailyDigest['expiring']['first'] =>
    accepted && Date.parse(accepted.until) <= end
      ? [{ findingId: id, region, summary: short(summary), owner: accepted.owner, until: accepted.until }]
      : [];

/** It came within a week of its end since the last digest, or within a day: told twice, not seven times. */
const isNewlyClose = (until: string, since: string, at: Date): boolean =>
  Date.parse(until) - WEEK_MS > Date.parse(since) || Date.parse(until) - DAY_MS <= at.getTime();

const waitingIn =
  (region: string) =>
  ({ id, cluster, plan, expiresAt }: ProposedPlan): DailyDigest['plans']['first'][number] => ({
    id,
    region,
    cluster,
    interfaces: plan.deletions.length,
    expiresAt,
  });

function watchedRegion({ region, ledger, watch }: RegionLedger, then: number, at: Date): WatchedRegion {
  return {
    region,
    ledger,
    audits: Math.max(0, (watch?.audits ?? 0) - then),
    lastAudit: watch?.last,
    lastIncomplete: watch?.incomplete,
    isStale: !watch || at.getTime() - Date.parse(watch.last) > STALE_MS,
  };
}
