// The digest of a day for people: how it stands, oldest first; then what came and went, what is not known, what waits.
import type { Announcement } from '../model/announcement.ts';
import type { DailyDigest, GoneGroup, Numbers, OpenGroup, Some } from '../model/daily.ts';
import type { Remedy } from '../model/verdict.ts';
import { auditCommand } from './command-line.ts';
import { addresses, clusterName } from './plan-facts.ts';
import type { Story } from './story.ts';
import { count, minuteOf, shortList, thousands } from './text.ts';

type Lines = Story['lines'];

const HOUR_MS = 3_600_000;
const MOST_OPEN = 15;
const MOST_REGIONS = 5;
// What a person in a hurry reads first; the rest is in the text.
const LONG_DAYS = 2;

export const dailyTag = ({ tone }: DailyDigest): string => (tone === 'quiet' ? 'ALL QUIET' : 'DAILY');

/** How it stands, in one clause. */
export function dailyHeadline(digest: DailyDigest): string {
  const { now, tone, fresh, cleaned, resolved, unreadable, plans, regions } = digest;
  if (tone === 'quiet') {
    const audits = regions.first.reduce((sum, region) => sum + region.audits, 0);
    const still = now.open > 0 ? `only ${thousands(now.open)} of low severity open` : 'nothing open';
    return `${still}, ${count(audits, 'audit')}${digest.toldAt ? ` in ${spanOf(digest.toldAt, digest.at)}` : ''}`;
  }
  const changes = [
    ...(fresh > 0 ? [`${thousands(fresh)} new`] : []),
    ...(cleaned > 0 ? [`${thousands(cleaned)} cleaned up`] : []),
    ...(resolved > 0 ? [`${thousands(resolved)} resolved`] : []),
    ...(plans.count > 0 ? [`${count(plans.count, 'plan')} to answer`] : []),
    ...(unreadable.count > 0 ? [`${count(unreadable.count, 'gap')}`] : []),
    ...(regions.first.some(({ isStale }) => isStale) ? ['regions not audited'] : []),
  ];
  const held = now.addresses > 0 ? `, ${addresses(now.addresses)} held` : '';
  const stands = now.open > 0 ? `${thousands(now.open)} open${held}` : 'nothing open';
  return `${stands}${changes.length > 0 ? `; ${changes.join(', ')}` : ''}`;
}

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
      ...openLines(digest),
      ...section('Came and went', digest.gone, goneLine),
      ...section('Not readable: nothing is known of what depends on it', digest.unreadable, ({ region, says }) => `${region}: ${says}`),
      ...staleLines(digest),
      ...section('Plans that wait for an answer', digest.plans, (plan) => {
        const what = `${count(plan.interfaces, 'interface')} of ${clusterName(plan.cluster)} in ${plan.region}`;
        return `plan ${plan.id}: ${what}, until ${minuteOf(plan.expiresAt)}`;
      }),
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

const MEASURES: readonly (readonly [keyof Numbers, string])[] = [
  ['open', 'open'],
  ['orphans', 'orphans'],
  ['suspects', 'suspects'],
  ['addresses', 'addresses held'],
  ['dnsSets', 'sets without DNS'],
  ['probeSets', 'sets without probes'],
  ['accepted', 'accepted'],
];

/** Each number that is not nothing, now or then. */
function standsLines({ now, before }: DailyDigest): Lines {
  const told = MEASURES.filter(([name]) => now[name] > 0 || (before?.numbers[name] ?? 0) > 0);
  if (told.length === 0) return [];
  const says = told.map(([name, label]) => `${thousands(now[name])} ${label}${before ? ` (${thousands(before.numbers[name])})` : ''}`);
  return [[before ? 'Now (and a week ago)' : 'Now', says.join(', ')]];
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
    ...(held > 0 ? [addresses(held)] : []),
    ...(fresh > 0 ? [fresh === all ? 'new' : `${thousands(fresh)} new`] : []),
    `${all > 1 ? 'oldest ' : ''}for ${spanOf(oldest, at)}`,
  ];
  return `${what}: ${details.join(', ')}${all === 1 ? `; ${example}` : ''}`;
}

/** A span in hours, or in days where that is enough. */
function spanOf(from: string, to: string): string {
  const hours = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / HOUR_MS));
  return hours < LONG_DAYS * 24 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
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
  const soon = section(
    'Acceptances that end within a week',
    expiring,
    ({ region, summary, owner, until }) => `${until.slice(0, 10)}, ${owner}: ${summary} (${region})`,
  );
  return [...accepted, ...soon];
}

function auditsLine({ regions, toldAt, at }: DailyDigest): string {
  const audits = regions.first.reduce((sum, region) => sum + region.audits, 0);
  const gaps = regions.first.flatMap(({ region, lastIncomplete }) => (lastIncomplete ? [{ region, ...lastIncomplete }] : []));
  const [last] = gaps.toSorted((a, b) => b.at.localeCompare(a.at));
  const gap = last
    ? `the last one that could not read everything: ${minuteOf(last.at)}, ${last.region}, ${last.says}`
    : 'none of them met a gap';
  return `${count(audits, 'audit')}${toldAt ? ` in ${spanOf(toldAt, at)}` : ''}; ${gap}.`;
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
