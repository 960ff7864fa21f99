// Which hosts have a part in what is open, blocked or unknown.
import type { Extent } from '../domain/security-group.ts';
import type { CompiledHost, Space } from './endpoint.ts';
import { type HostPair, hasBlocked, hasOpen, hasUnknown } from './host-pairs.ts';
import { type Intervals, overlap, unionOf } from './intervals.ts';

export const NO_EXTENT: Extent = { from: [], to: [] };

interface Part {
  from: Intervals;
  to: Intervals;
}

const whole = ({ senders, receivers, from, to }: HostPair): Part => ({ from: senders.spaces[from], to: receivers.spaces[to] });
const either = (a: Intervals, b: Intervals): Intervals => unionOf([...a, ...b]);

/** The hosts with an open packet. */
export const openExtent = (pairs: readonly HostPair[]): Extent =>
  extentOf(pairs.filter(hasOpen), ({ egress, ingress }) => ({ from: ingress.yes, to: egress.yes }));

/** The hosts with a blocked packet: where one side blocks an address, it blocks it for everybody at the other end. */
export const blockedExtent = (pairs: readonly HostPair[]): Extent =>
  extentOf(pairs.filter(hasBlocked), (each) => ({
    from: each.egress.no.length > 0 ? whole(each).from : each.ingress.no,
    to: each.ingress.no.length > 0 ? whole(each).to : each.egress.no,
  }));

/** The hosts with a packet of which it cannot be told. */
export const unknownExtent = (pairs: readonly HostPair[]): Extent =>
  extentOf(pairs.filter(hasUnknown), ({ egress, ingress }) => ({
    from: egress.maybe.length > 0 ? either(ingress.yes, ingress.maybe) : ingress.maybe,
    to: ingress.maybe.length > 0 ? either(egress.yes, egress.maybe) : egress.maybe,
  }));

function extentOf(pairs: readonly HostPair[], partOf: (each: HostPair) => Part): Extent {
  const [from, to] = [new Map<number, string>(), new Map<number, string>()];
  for (const each of pairs) {
    const part = partOf(each);
    collect(each.senders.hosts, each.from, part.from, from);
    collect(each.receivers.hosts, each.to, part.to, to);
  }
  return { from: inOrder(from), to: inOrder(to) };
}

function collect(hosts: readonly CompiledHost[], space: Space, set: Intervals, found: Map<number, string>): void {
  for (const { index, label, spaces } of hosts) if (!found.has(index) && overlap(spaces[space], set)) found.set(index, label);
}

const inOrder = (found: Map<number, string>): string[] => [...found].sort(([a], [b]) => a - b).map(([, label]) => label);
