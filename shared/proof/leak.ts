import type { NetworkInterface, Slices } from '../domain/inventory.ts';
import type { ProofPoint } from '../domain/verdict.ts';
import { clusterFates } from './cluster.ts';
import { controllerOwned, notManaged, ownAccount, statusAvailable } from './ownership.ts';

function clusterAlive(eni: NetworkInterface, clusters: Slices['clusters']): ProofPoint {
  const fates = clusterFates(eni, clusters);
  const point = 'cluster-alive';
  const alive = fates.find((each) => each.fate === 'alive');
  if (alive) return { point, outcome: 'holds', says: alive.says };
  const unread = fates.find((each) => each.fate === 'unread');
  if (unread) return { point, outcome: 'unread', says: unread.says };
  return { point, outcome: 'fails', says: fates.map((each) => each.says).join('; ') || 'no tag names a cluster' };
}

/** That a live cluster's controller should have collected this branch interface. What is left to show is that it stays so. */
export function proveLeaked(eni: NetworkInterface, clusters: Slices['clusters'], accountId: string): ProofPoint[] {
  return [controllerOwned(eni), ownAccount(eni, accountId), statusAvailable(eni), notManaged(eni), clusterAlive(eni, clusters)];
}

/** The live cluster that the interface belongs to, or undefined. */
export const liveClusterOf = (eni: NetworkInterface, clusters: Slices['clusters']): string | undefined =>
  clusterFates(eni, clusters).find((each) => each.fate === 'alive')?.name;
