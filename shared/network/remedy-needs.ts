import type { AddressFamily, Side } from '../domain/security-group.ts';
import type { HostClass } from './endpoint.ts';
import type { HostPair } from './host-pairs.ts';
import { type Interval, type Intervals, unionOf } from './intervals.ts';

/** What one side lacks: rules in the groups of `locals` that admit what is blocked of `others`. */
export interface Need {
  side: Side;
  locals: readonly HostClass[];
  others: readonly HostClass[];
  /** The addresses of `others` that are blocked. */
  blocked: Readonly<Record<AddressFamily, Intervals>>;
}

/** What the sides lack that certainly block something, egress first. */
export const needsOf = (pairs: readonly HostPair[]): Need[] => [...needOf('egress', pairs), ...needOf('ingress', pairs)];

function needOf(side: Side, pairs: readonly HostPair[]): Need[] {
  const [locals, others] = [new Set<HostClass>(), new Set<HostClass>()];
  const blocked: Record<AddressFamily, Interval[]> = { ipv4: [], ipv6: [] };
  for (const each of pairs) {
    const { no } = each[side];
    if (no.length === 0) continue;
    const [local, other, space] = side === 'egress' ? [each.senders, each.receivers, each.to] : [each.receivers, each.senders, each.from];
    locals.add(local);
    others.add(other);
    if (space !== 'unplaced') blocked[space].push(...no);
  }
  if (locals.size === 0) return [];
  return [{ side, locals: [...locals], others: [...others], blocked: { ipv4: unionOf(blocked.ipv4), ipv6: unionOf(blocked.ipv6) } }];
}
