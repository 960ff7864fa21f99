// The digest of a day for people: how it stands, oldest first; then what came and went, what is not known, what waits.

import { dayOf, minuteOf } from '../content/time.ts';
import { count, shortList, thousands, verb } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { DailyDigest, GoneGroup, Numbers, OpenGroup, Some } from '../model/daily.ts';
import type { Remedy } from '../model/verdict.ts';
import { auditCommand } from './command-line.ts';
import { clusterName } from './plan-facts.ts';
import type { Story } from './story.ts';
import { firstClause } from './text.ts';

type Lines = Story['lines'];

const HOUR_MS = 3_600_000;
const MOST_OPEN = 15;
const MOST_REGIONS = 5;
const MOST_SLICES = 6;
const DAY_HOURS = 24;
// Up to then hours say more than days.
const LONG_HOURS = 48;

export const dailyTag = ({ tone }: DailyDigest): string => (tone === 'quiet' ? 'ALL QUIET' : 'DAILY');

/** How it stands, in one clause: what a phone shows of it. */
export function dailyHeadline(digest: DailyDigest): string {
  if (digest.tone === 'quiet') return quietHeadline(digest);
  const { now } = digest;
  const worst = [...(now.dnsSets > 0 ? [`${sets(now.dnsSets)} without DNS`] : []), ...(now.orphans > 0 ? [holdersOf(now)] : [])];
  const stands = now.open > 0 ? `${thousands(now.open)} open${worst.length > 0 ? `: ${worst.join(', ')}` : ''}` : 'nothing open';
  const changes = changesOf(digest);
  return `${stands}${changes.length > 0 ? `; ${changes.join(', ')}` : ''}`;
}

function quietHeadline({ now, regions, toldAt, at }: DailyDigest): string {
  const still = now.open > 0 ? `only ${thousands(now.open)} of low severity open` : 'nothing open';
  return `${still}, ${count(auditsIn(regions), 'audit')}${toldAt ? ` in ${spanOf(toldAt, at)}` : ''}`;
}

/** What is worth knowing before the message is opened, the more urgent first. */
function changesOf({ fresh, cleaned, resolved, unreadable, plans, regions, lapsed, expiring, at }: DailyDigest): string[] {
  const unread = [...new Set(unreadable.first.map(({ region }) => region))];
  const stale = regions.first.flatMap(({ region, isStale }) => (isStale ? [region] : []));
  const soon = expiring.first.filter(({ until }) => Date.parse(until) - Date.parse(at) <= DAY_HOURS * HOUR_MS).length;
  return [
    ...(stale.length > 0 ? [`${shortList(stale, 1)} not audited`] : []),
    ...(unread.length > 0 ? [`${shortList(unread, 1)} not fully readable`] : []),
    ...(plans.count > 0 ? [`${count(plans.count, 'plan')} to answer`] : []),
    ...(fresh > 0 ? [`${thousands(fresh)} new`] : []),
    ...(lapsed > 0 ? [`${thousands(lapsed)} not accepted any more`] : []),
    ...(soon > 0 ? [`${count(soon, 'acceptance')} about to end`] : []),
    ...(cleaned > 0 ? [`${thousands(cleaned)} cleaned up`] : []),
    ...(resolved > 0 ? [`${thousands(resolved)} resolved`] : []),
  ];
}

/** Suspects hold addresses, too, and theirs are counted: not the orphans alone hold them. */
function holdersOf({ orphans, suspects, addresses: held }: Numbers): string {
  const all = count(orphans, 'orphan');
  return suspects > 0 ? `${all}, ${count(held, 'address')} held` : `${all} ${verb(orphans, 'hold')} ${count(held, 'address')}`;
}

const sets = (n: number): string => count(n, 'set');
const auditsIn = (regions: DailyDigest['regions']): number => regions.first.reduce((sum, region) => sum + region.audits, 0);

/** The digest of a day. */
export function dailyStory({ digest, target }: Extract<Announcement, { kind: 'daily' }>): Story {
  const { regions, at, since } = digest;
  const where = regions.count === 1 ? (regions.first[0]?.region ?? target.region) : count(regions.count, 'region');
  return {
    tag: dailyTag(digest),
    about: '',
    headline: dailyHeadline(digest),
    where,
    lines: [
      ...standsLines(digest),
      ...staleLines(digest),
      ...section('Not readable, and nothing is known of what depends on it', digest.unreadable, ({ region, says, slices }) => {
        return `${region}: ${says} (${shortList(slices, MOST_SLICES)})`;
      }),
      ...section('Plans that wait for an answer', digest.plans, (plan) => {
        const what = `${count(plan.interfaces, 'interface')} of ${clusterName(plan.cluster)} in ${plan.region}`;
        return `plan ${plan.id}: ${what}, until ${minuteOf(plan.expiresAt)}`;
      }),
      ...openLines(digest),
      ...section('Gone', digest.gone, goneLine),
      ...acceptedLines(digest),
    ],
    steps: stepsOf(digest),
    footer: [auditsLine(digest), `Account ${target.accountId}, ${minuteOf(at)}; what is new is so since ${minuteOf(since)}.`],
  };
}

const item = (text: string) => ['', `- ${text}`] as const;

function section<T>(title: string, { count: all, first }: Some<T>, line: (each: T) => string): Lines {
  if (all === 0) return [];
  return [
    ['', `${title}:`],
    ...first.map((each) => item(line(each))),
    ...(all > first.length ? [item(`and ${thousands(all - first.length)} more`)] : []),
  ];
}

const MEASURES: readonly (readonly [keyof Numbers, one: string, many: string])[] = [
  ['open', 'open', 'open'],
  ['orphans', 'orphan', 'orphans'],
  ['suspects', 'suspect', 'suspects'],
  ['addresses', 'address held', 'addresses held'],
  ['dnsSets', 'set without DNS', 'sets without DNS'],
  ['probeSets', 'set without probes', 'sets without probes'],
  ['accepted', 'accepted', 'accepted'],
];

/** Each number that is not nothing, now or then. */
function standsLines({ now, before }: DailyDigest): Lines {
  const told = MEASURES.filter(([name]) => now[name] > 0 || (before?.numbers[name] ?? 0) > 0);
  if (told.length === 0) return [];
  const says = told.map(
    ([name, one, many]) =>
      `${thousands(now[name])} ${now[name] === 1 ? one : many}${before ? ` (${thousands(before.numbers[name])})` : ''}`,
  );
  return [[before ? 'Now and a week ago' : 'Now', says.join(', ')]];
}

function openLines({ open, at }: DailyDigest): Lines {
  if (open.count === 0) return [];
  const shown = open.first.slice(0, MOST_OPEN);
  const rest = open.count - shown.length;
  return [
    ['', 'Open, oldest first:'],
    ...shown.map((group) => item(openLine(group, at))),
    ...(rest > 0 ? [item(`and ${count(rest, 'other kind')} of finding; an audit lists them`)] : []),
  ];
}

function openLine(
  { region, cluster, ruleId, state, severity, count: all, fresh, addresses: held, oldest, example }: OpenGroup,
  at: string,
): string {
  const what = `${thousands(all)} ${ruleId}${state ? ` (${state})` : ''}, ${cluster === null ? 'no cluster' : clusterName(cluster)} in ${region}, ${severity}`;
  const details = [
    ...(held > 0 ? [count(held, 'address')] : []),
    ...(fresh > 0 ? [fresh === all ? 'new' : `${thousands(fresh)} new`] : []),
    `${all > 1 ? 'oldest ' : ''}for ${spanOf(oldest, at)}`,
  ];
  return `${what}: ${details.join(', ')}${all === 1 ? `; ${firstClause(example)}` : ''}`;
}

/** A span in hours, or in days where that is enough. */
function spanOf(from: string, to: string): string {
  const hours = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / HOUR_MS));
  return hours < LONG_HOURS ? count(hours, 'hour') : count(Math.round(hours / DAY_HOURS), 'day');
}

const goneLine = ({ how, region, cluster, ruleId, count: all }: GoneGroup): string =>
  `${thousands(all)} ${ruleId} ${how === 'cleaned' ? 'cleaned up' : 'resolved'}, ${cluster === null ? 'no cluster' : clusterName(cluster)} in ${region}`;

function staleLines({ regions }: DailyDigest): Lines {
  const stale = regions.first.filter(({ isStale }) => isStale);
  return stale.map(({ region, lastAudit }) => [
    'Not audited',
    `${region}, ${lastAudit ? `last ${minuteOf(lastAudit)}` : 'never'}: what is said of it may be old`,
  ]);
}

function acceptedLines({ now, expiring }: DailyDigest): Lines {
  if (now.accepted === 0) return [];
  const accepted: Lines = [['Accepted', `${count(now.accepted, 'finding')}, shown by every audit, alerting nobody`]];
  const soon = section('Acceptances that end within a week', expiring, ({ region, summary, owner, until }) => {
    return `${dayOf(until)}, ${owner}: ${firstClause(summary)} (${region})`;
  });
  return [...accepted, ...soon];
}

function auditsLine({ regions, toldAt, at }: DailyDigest): string {
  const audits = `${count(auditsIn(regions), 'audit')}${toldAt ? ` in ${spanOf(toldAt, at)}` : ''}`;
  const gaps = regions.first.flatMap(({ region, lastIncomplete }) => (lastIncomplete ? [{ region, ...lastIncomplete }] : []));
  const [last] = gaps.toSorted((a, b) => b.at.localeCompare(a.at));
  if (!last) return `${audits}; none has met a gap so far.`;
  const isNews = toldAt === undefined || Date.parse(last.at) > Date.parse(toldAt);
  const where = `${minuteOf(last.at)}, ${last.region} (${firstClause(last.says)})`;
  return isNews
    ? `${audits}; the last that could not read everything: ${where}.`
    : `${audits}, all complete; the last gap was met ${where}.`;
}

/** Where to see it all, region by region; first where something is open. */
function stepsOf({ tone, open, plans, unreadable, regions }: DailyDigest): Remedy[] {
  const concerned = new Set([...open.first, ...plans.first, ...unreadable.first].map(({ region }) => region));
  if (tone === 'quiet' || concerned.size === 0) return [];
  const shown = regions.first.filter(({ region }) => concerned.has(region)).slice(0, MOST_REGIONS);
  const names = shortList([...concerned], MOST_REGIONS);
  return [
    {
      summary: `See all of it, with proofs and commands (${names}):`,
      commands: shown.flatMap(({ region, ledger }) => auditCommand(region, null, ledger)),
    },
  ];
}
