// The proof that an interface is an orphan: design.md, "Orphans: the proof". Each point is printed as evidence.
import type { NetworkInterface, Slices } from '../domain/inventory.ts';
import type { ProofPoint } from '../domain/verdict.ts';
import { clusterGone } from './cluster.ts';
import { instanceGone, trunkAndInstanceGone } from './node.ts';
import { controllerOwned, notManaged, ownAccount, statusAvailable } from './ownership.ts';

/** The slices that the proof reads besides the interfaces themselves. */
export type ProofSlices = Pick<Slices, 'clusters' | 'trunks' | 'instances'>;

/** Points 1 to 4 for a branch interface. What is left to show is that it stays so: `seenTwice`. */
export function proveAbandoned(eni: NetworkInterface, slices: ProofSlices, accountId: string): ProofPoint[] {
  return [
    controllerOwned(eni),
    ownAccount(eni, accountId),
    statusAvailable(eni),
    notManaged(eni),
    clusterGone(eni, slices.clusters),
    trunkAndInstanceGone(eni, slices.trunks, slices.instances),
  ];
}

/** The same for a trunk interface. */
export function proveTrunkAbandoned(trunk: NetworkInterface, slices: Omit<ProofSlices, 'trunks'>, accountId: string): ProofPoint[] {
  return [
    controllerOwned(trunk),
    ownAccount(trunk, accountId),
    statusAvailable(trunk),
    notManaged(trunk),
    clusterGone(trunk, slices.clusters),
    instanceGone(trunk, slices.instances),
  ];
}

/** How a proof stands: `proven`; `refuted` by something certain; `undecided` for want of a fact or of a read. */
export type Standing = 'proven' | 'refuted' | 'waiting' | 'undecidable' | 'unread';

// What is certain goes first: an alive cluster refutes the proof whatever else could not be read.
const STANDINGS = [
  ['fails', 'refuted'],
  ['waits', 'waiting'],
  ['undecidable', 'undecidable'],
  ['unread', 'unread'],
] as const;

/** The standing of a proof, and the points that decide it. */
export function standing(points: readonly ProofPoint[]): { standing: Standing; because: readonly ProofPoint[] } {
  for (const [outcome, stands] of STANDINGS) {
    const because = points.filter((point) => point.outcome === outcome);
    if (because.length > 0) return { standing: stands, because };
  }
  return { standing: 'proven', because: points };
}
