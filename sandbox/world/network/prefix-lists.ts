import type { Place } from '../place.ts';
import { existing } from '../place.ts';
import type { PrefixList, PrefixListEntry } from '../state.ts';

type GivenEntry = string | PrefixListEntry;
export type GivenPrefixList = Partial<Omit<PrefixList, 'entries'>> & { entries?: readonly GivenEntry[] };

const toEntry = (given: GivenEntry): PrefixListEntry => (typeof given === 'string' ? { cidr: given } : given);

/** A prefix list of this account, unless an owner is given: another account that shares it, or `AWS`. */
export function createPrefixList(place: Place, given: GivenPrefixList = {}): PrefixList {
  const entries = (given.entries ?? []).map(toEntry);
  const id = given.id ?? place.newId('pl');
  const list: PrefixList = {
    name: id,
    addressFamily: entries[0]?.cidr.includes(':') ? 'IPv6' : 'IPv4',
    state: 'create-complete',
    ownerId: place.accountId,
    maxEntries: Math.max(entries.length, 1),
    tags: {},
    version: 1,
    ...given,
    id,
    entries: { [given.version ?? 1]: entries },
  };
  place.state.prefixLists.set(id, list);
  return list;
}

/** Replaces the entries: a new version, and the earlier ones stay readable. */
export function modifyPrefixList(place: Place, id: string, entries: readonly GivenEntry[]): PrefixList {
  const list = existing(place.state.prefixLists, id, 'prefix list');
  list.version += 1;
  list.entries[list.version] = entries.map(toEntry);
  list.state = 'modify-complete';
  return list;
}
