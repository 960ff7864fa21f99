import type { PathOutcome, PathProof, Traffic, Unsettled } from '../domain/security-group.ts';
import type { CompiledFacts } from './compile.ts';
import type { CompiledEndpoint } from './endpoint.ts';
import { blockedExtent, NO_EXTENT, openExtent, unknownExtent } from './extent.ts';
import { type HostPair, hasBlocked, hasOpen, hasUnknown, hostPairs, sharedFamilies, unsettledOf } from './host-pairs.ts';
import { blockedSides, openPairs } from './proof.ts';
import { type CompiledTraffic, compileTraffic } from './traffic.ts';

/** May the hosts of `from` open connections to the hosts of `to`? */
export interface Path {
  from: CompiledEndpoint;
  to: CompiledEndpoint;
  traffic: Traffic;
}

/**
 * What the security groups of both ends say about a path: of every packet between any host of `from` and any host of `to`, whether it
 * passes. Throws a RangeError when what is asked about can be no packet, e.g. TCP without a port.
 */
export function evaluate(facts: CompiledFacts, path: Path): PathProof {
  const traffic = compileTraffic(path.traffic);
  const families = sharedFamilies(path.from, path.to, traffic);
  const context = { facts, traffic, families };
  const pairs = families.length > 0 ? hostPairs(context, path.from, path.to) : [];
  if (pairs.length === 0) return proof(traffic, 'unknown', { unsettled: [nobodyMeets(path)] });
  const outcome = outcomeOf(pairs);
  return proof(traffic, outcome, {
    openedBy: openPairs(pairs, traffic),
    blockedBy: blockedSides(pairs, context),
    unsettled: distinct(pairs.flatMap(unsettledOf)),
    isSettled: !pairs.some(({ egress, ingress }) => egress.maybe.length + ingress.maybe.length > 0),
    ...extents(outcome, pairs, path),
  });
}

/** The outcome of a path alone, for when its proof is not asked for. */
export function outcomeOfPath(facts: CompiledFacts, path: Path): PathOutcome {
  const traffic = compileTraffic(path.traffic);
  const families = sharedFamilies(path.from, path.to, traffic);
  return families.length > 0 ? outcomeOf(hostPairs({ facts, traffic, families }, path.from, path.to)) : 'unknown';
}

const proof = (traffic: CompiledTraffic, outcome: PathOutcome, found: Partial<PathProof>): PathProof => ({
  outcome,
  protocol: traffic.name,
  port: traffic.port,
  openedBy: [],
  blockedBy: [],
  unsettled: [],
  isSettled: false,
  open: NO_EXTENT,
  blocked: NO_EXTENT,
  unknown: NO_EXTENT,
  ...found,
});

/** What all pairs of two ends come to. */
export function outcomeOf(pairs: readonly HostPair[]): PathOutcome {
  const [open, blocked] = [pairs.some(hasOpen), pairs.some(hasBlocked)];
  if (open && blocked) return 'some';
  if (pairs.some(hasUnknown) || open === blocked) return 'unknown';
  return open ? 'open' : 'blocked';
}

function extents(outcome: PathOutcome, pairs: readonly HostPair[], { from, to }: Path): Partial<PathProof> {
  const everybody = { from: from.labels, to: to.labels };
  if (outcome === 'open') return { open: everybody };
  if (outcome === 'blocked') return { blocked: everybody };
  return { open: openExtent(pairs), blocked: blockedExtent(pairs), unknown: unknownExtent(pairs) };
}

/** An end without hosts is nothing that is fine: nobody looked at it. */
function nobodyMeets({ from, to }: Path): Unsettled {
  for (const { endpoint } of [from, to])
    if (endpoint.hosts.length === 0) return { what: 'host', id: endpoint.label, says: `no host of ${endpoint.label} is known` };
  const says = `no host of ${from.endpoint.label} has an address of the same family as a host of ${to.endpoint.label}`;
  return { what: 'host', id: to.endpoint.label, says };
}

function distinct(unsettled: readonly Unsettled[]): Unsettled[] {
  return [...new Map(unsettled.map((each) => [`${each.what} ${each.id} ${each.says}`, each])).values()];
}
