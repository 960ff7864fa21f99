// The digest of a day for people: how it stands, oldest first; then what came and went, what is not known, what waits.
import { type Announce, type Of, placeOf, URGENCY } from '../content/announce.ts';
import { fact, firstOf, items, section } from '../content/blocks.ts';
import { auditCommand } from '../content/command-line.ts';
import type { Block, Message } from '../content/document.ts';
import { dayOf, minuteOf } from '../content/time.ts';
import { clusterName, count, shortList, thousands } from '../content/words.ts';
import type { Remedy } from '../domain/verdict.ts';
import type { DailyDigest, GoneGroup, Numbers, OpenGroup, Some } from './digest.ts';
import { headlineOf, spanOf } from './headline.ts';

const MOST_OPEN = 15;
const MOST_REGIONS = 5;
const MOST_SLICES = 6;

/** The digest of a day. */
function content({ digest, target }: Of<'daily'>): Message {
  const { regions, at, since, tone } = digest;
  const { unreadable, plans, gone } = digest;
  return {
    tag: tone === 'quiet' ? 'ALL QUIET' : 'DAILY',
    about: '',
    headline: headlineOf(digest),
    where: regions.count === 1 ? (regions.first[0]?.region ?? target.region) : count(regions.count, 'region'),
    at,
    blocks: [
      ...standsBlocks(digest),
      ...staleBlocks(digest),
      ...some('unreadable', 'Not readable, and nothing is known of what depends on it', unreadable, ({ region, says, slices }) => {
        return `${region}: ${says} (${shortList(slices, MOST_SLICES)})`;
      }),
      ...some('plans', 'Plans that wait for an answer', plans, ({ id, interfaces, cluster, region, expiresAt }) => {
        return `plan ${id}: ${count(interfaces, 'interface')} of ${clusterName(cluster)} in ${region}, until ${minuteOf(expiresAt)}`;
      }),
      ...openBlocks(digest),
      ...some('gone', 'Gone', gone, goneLine),
      ...acceptedBlocks(digest),
    ],
    steps: stepsOf(digest),
    footer: [auditsLine(digest), `Account ${target.accountId}, ${minuteOf(at)}; what is new is so since ${minuteOf(since)}.`],
  };
}

const some = <T>(key: string, heading: string, { count: all, first }: Some<T>, line: (each: T) => string): Block[] =>
  section(key, heading, items(`${key}-list`, firstOf(first.map(line), first.length, { all })));

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
function standsBlocks({ now, before }: DailyDigest): Block[] {
  const says = MEASURES.filter(([name]) => now[name] > 0 || (before?.numbers[name] ?? 0) > 0).map(
    ([name, one, many]) => `${count(now[name], one, many)}${before ? ` (${thousands(before.numbers[name])})` : ''}`,
  );
  return fact('numbers', before ? 'Now and a week ago' : 'Now', says.join(', '), 'summary');
}

const openBlocks = ({ open, at }: DailyDigest): Block[] => {
  const lines = open.first.map((group) => openLine(group, at));
  const what = ` ${open.count - Math.min(lines.length, MOST_OPEN) === 1 ? 'kind' : 'kinds'} of finding; an audit lists them`;
  return section('open', 'Open, oldest first', items('open-list', firstOf(lines, MOST_OPEN, { all: open.count, what })));
};

const whose = (cluster: string | null, region: string): string => `${clusterName(cluster)} in ${region}`;

function openLine(group: OpenGroup, at: string): string {
  const { region, cluster, ruleId, state, severity, count: all, fresh, addresses: held, oldest, example } = group;
  const details = [
    ...(held > 0 ? [count(held, 'address')] : []),
    ...(fresh > 0 ? [fresh === all ? 'new' : `${thousands(fresh)} new`] : []),
    `${all > 1 ? 'oldest ' : ''}for ${spanOf(oldest, at)}`,
  ];
  const what = `${thousands(all)} ${ruleId}${state ? ` (${state})` : ''}, ${whose(cluster, region)}, ${severity}`;
  return `${what}: ${details.join(', ')}${all === 1 ? `; ${example}` : ''}`;
}

const goneLine = ({ how, region, cluster, ruleId, count: all }: GoneGroup): string =>
  `${thousands(all)} ${ruleId} ${how === 'cleaned' ? 'cleaned up' : 'resolved'}, ${whose(cluster, region)}`;

const staleBlocks = ({ regions }: DailyDigest): Block[] =>
  regions.first
    .filter(({ isStale }) => isStale)
    .flatMap(({ region, lastAudit }) => {
      const last = lastAudit ? `last ${minuteOf(lastAudit)}` : 'never';
      return fact('stale', 'Not audited', `${region}, ${last}: what this message says of it may be old`, 'summary');
    });

function acceptedBlocks({ now, expiring }: DailyDigest): Block[] {
  if (now.accepted === 0) return [];
  return [
    ...fact('accepted', 'Accepted', `${count(now.accepted, 'finding')}; every audit shows them, and they alert no one`, 'summary'),
    ...some('expiring', 'Acceptances that end within a week', expiring, ({ region, summary, owner, until }) => {
      return `${dayOf(until)}, ${owner}: ${summary} (${region})`;
    }),
  ];
}

function auditsLine({ regions, toldAt, at }: DailyDigest): string {
  const all = regions.first.reduce((sum, region) => sum + region.audits, 0);
  const audits = `${count(all, 'audit')}${toldAt ? ` in ${spanOf(toldAt, at)}` : ''}`;
  const gaps = regions.first.flatMap(({ region, lastIncomplete }) => (lastIncomplete ? [{ region, ...lastIncomplete }] : []));
  const [last] = gaps.toSorted((a, b) => b.at.localeCompare(a.at));
  if (!last) return `${audits}; none has met a gap so far.`;
  const isNews = toldAt === undefined || Date.parse(last.at) > Date.parse(toldAt);
  const where = `${minuteOf(last.at)}, ${last.region} (${last.says})`;
  return isNews
    ? `${audits}; the last that could not read everything: ${where}.`
    : `${audits}, all complete; the last gap was met ${where}.`;
}

/** Where to see it all, region by region; first where something is open. */
function stepsOf({ tone, open, plans, unreadable, regions }: DailyDigest): Remedy[] {
  const concerned = new Set([...open.first, ...plans.first, ...unreadable.first].map(({ region }) => region));
  if (tone === 'quiet' || concerned.size === 0) return [];
  const shown = regions.first.filter(({ region }) => concerned.has(region)).slice(0, MOST_REGIONS);
  const summary = `See all of it, with proofs and commands (${shortList([...concerned], MOST_REGIONS)}):`;
  return [{ summary, commands: shown.flatMap(({ region, ledger }) => auditCommand(region, null, ledger)) }];
}

/** How everything that is watched stands. */
export const DAILY_NEWS: Announce<Of<'daily'>> = {
  kind: 'daily',
  about: ({ id }) => id,
  // Nothing in it is news: everything was announced before, with its severity, and no pager should ring once more.
  labels: (news) => {
    const labels = { severity: 'low', cluster: null, subject: dayOf(news.digest.at) } as const;
    return { kind: 'daily', ...placeOf(news), ...labels, urgency: URGENCY.alone, isOver: false };
  },
  content,
  machine: ({ digest }) => ({ at: digest.at, summary: headlineOf(digest), daily: digest }),
};
