// What is shown of an answer: rules that open, and packets that fail.
import type { BlockedSide, OpenPair, Packet, Side } from '../domain/security-group.ts';
import { printAddress } from './address.ts';
import type { HostClass, Space } from './endpoint.ts';
import { type HostPair, hasOpen, type PairContext } from './host-pairs.ts';
import type { Interval, Intervals } from './intervals.ts';
import { nearestMiss } from './nearest-miss.ts';
import type { CompiledTraffic } from './traffic.ts';

/** The pairs of rules that open what is open, each once, with a packet that passes by them. */
export function openPairs(pairs: readonly HostPair[], traffic: CompiledTraffic): OpenPair[] {
  const found = new Map<string, OpenPair>();
  for (const each of pairs.filter(hasOpen))
    for (const egress of each.egress.covers)
      for (const ingress of each.ingress.covers) {
        const key = `${egress.rule.id} ${ingress.rule.id}`;
        const [from, to] = [ingress.admits[0], egress.admits[0]];
        if (!found.has(key) && from && to)
          found.set(key, { egress: egress.rule, ingress: ingress.rule, packet: packetOf(each, from, to, traffic) });
      }
  return [...found.values()];
}

/** Each class of hosts whose groups block something, with one packet that they block; egress first. */
export const blockedSides = (pairs: readonly HostPair[], context: PairContext): BlockedSide[] => [
  ...blockedBy('egress', pairs, context),
  ...blockedBy('ingress', pairs, context),
];

function blockedBy(side: Side, pairs: readonly HostPair[], context: PairContext): BlockedSide[] {
  const sides = new Map<HostClass, BlockedSide>();
  for (const each of pairs) {
    const [local, other, space] =
      side === 'egress' ? ([each.senders, each.receivers, each.to] as const) : ([each.receivers, each.senders, each.from] as const);
    if (each[side].no.length === 0 || sides.has(local)) continue;
    const { from, to } = failing(each);
    const packet = packetOf(each, from, to, context.traffic);
    const question = { ...context, side, local, other, space };
    sides.set(local, { side, groupIds: local.groupIds, packet, nearestMiss: nearestMiss(question, side === 'egress' ? to : from, packet) });
  }
  return [...sides.values()];
}

/** One pair of addresses that both sides block, where there is one: fixing one side will then not open it. */
function failing({ senders, receivers, from, to, egress, ingress }: HostPair): { from: Interval; to: Interval } {
  const first = (blocked: Intervals, all: Intervals) => (blocked[0] ?? all[0]) as Interval;
  return { from: first(ingress.no, senders.spaces[from]), to: first(egress.no, receivers.spaces[to]) };
}

function packetOf({ senders, receivers, from, to }: HostPair, source: Interval, target: Interval, traffic: CompiledTraffic): Packet {
  return {
    from: speaker(senders, from, source),
    to: speaker(receivers, to, target),
    protocol: traffic.name,
    port: traffic.port,
  };
}

/** The host at the beginning of an interval, and its address there. */
function speaker({ hosts }: HostClass, space: Space, { start }: Interval): Packet['from'] {
  // Any interval will do that begins there: hosts do not share addresses, and where they do either is right.
  const host = hosts.find(({ spaces }) => spaces[space].some((each) => each.start <= start && start < each.end));
  return { host: host?.label ?? '', address: space === 'unplaced' ? undefined : printAddress(start) };
}
