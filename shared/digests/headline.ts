// How a day stands, in one clause: what a phone shows of its digest.
import { count, shortList, thousands, verb } from '../content/words.ts';
import type { DailyDigest, Numbers } from './digest.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
// Up to then hours say more than days.
const LONG_HOURS = 48;

/** How it stands, in one clause. */
export function headlineOf(digest: DailyDigest): string {
  const { now, tone, regions, toldAt, at } = digest;
  if (tone === 'quiet') {
    const still = now.open > 0 ? `only ${thousands(now.open)} of low severity open` : 'nothing open';
    const audits = regions.first.reduce((sum, region) => sum + region.audits, 0);
    return `${still}, ${count(audits, 'audit')}${toldAt ? ` in ${spanOf(toldAt, at)}` : ''}`;
  }
  const worst = [...(now.dnsSets > 0 ? [`${count(now.dnsSets, 'set')} without DNS`] : []), ...(now.orphans > 0 ? [holdersOf(now)] : [])];
  const stands = now.open > 0 ? `${thousands(now.open)} open${worst.length > 0 ? `: ${worst.join(', ')}` : ''}` : 'nothing open';
  return [stands, changesOf(digest).join(', ')].filter(Boolean).join('; ');
}

/** What is worth knowing before the message is opened, the more urgent first. */
function changesOf({ fresh, cleaned, resolved, unreadable, plans, regions, lapsed, expiring, at }: DailyDigest): string[] {
  const unread = [...new Set(unreadable.first.map(({ region }) => region))];
  const stale = regions.first.flatMap(({ region, isStale }) => (isStale ? [region] : []));
  const soon = expiring.first.filter(({ until }) => Date.parse(until) - Date.parse(at) <= DAY_HOURS * HOUR_MS).length;
  const some = (n: number, words: string): string[] => (n > 0 ? [words] : []);
  return [
    ...some(stale.length, `${shortList(stale, 1)} not audited`),
    ...some(unread.length, `${shortList(unread, 1)} not fully readable`),
    ...some(plans.count, `${count(plans.count, 'plan')} to answer`),
    ...some(fresh, `${thousands(fresh)} new`),
    ...some(lapsed, `${thousands(lapsed)} not accepted any more`),
    ...some(soon, `${count(soon, 'acceptance')} about to end`),
    ...some(cleaned, `${thousands(cleaned)} cleaned up`),
    ...some(resolved, `${thousands(resolved)} resolved`),
  ];
}

/** Suspects hold addresses, too, and theirs are counted: not the orphans alone hold them. */
function holdersOf({ orphans, suspects, addresses }: Numbers): string {
  const [all, held] = [count(orphans, 'orphan'), count(addresses, 'address')];
  return suspects > 0 ? `${all}, ${held} held` : `${all} ${verb(orphans, 'hold')} ${held}`;
}

/** A span in hours, or in days where that is enough. */
export function spanOf(from: string, to: string): string {
  const hours = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / HOUR_MS));
  return hours < LONG_HOURS ? count(hours, 'hour') : count(Math.round(hours / DAY_HOURS), 'day');
}
