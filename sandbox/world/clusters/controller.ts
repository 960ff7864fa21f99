import { CLUSTER_NAME, CNI, clusterTag, OWNER, VRC } from '../marks.ts';
import { removeInterface } from '../network/interfaces.ts';
import type { Place } from '../place.ts';
import type { Cluster, NetworkInterface } from '../state.ts';
import { isServed } from './pods.ts';

const PASS_MINUTES = 30;

/** The VPC resource controller's cleaner: every 30 minutes, deletes what this pass and the one before saw available. */
export function runController(place: Place, cluster: Cluster): void {
  if (place.state.clusters.get(cluster.name) !== cluster || cluster.status === 'DELETING') return;
  if (isServed(cluster)) pass(place, cluster);
  else cluster.controllerSaw = [];
  place.timeline.after(PASS_MINUTES, () => runController(place, cluster));
}

function pass(place: Place, cluster: Cluster): void {
  const leaked = [...place.state.interfaces.values()].filter((eni) => isLeak(place, cluster, eni)).map(({ id }) => id);
  const seenBefore = new Set(cluster.controllerSaw);
  for (const id of leaked.filter((id) => seenBefore.has(id))) removeInterface(place, id);
  cluster.controllerSaw = leaked.filter((id) => !seenBefore.has(id));
}

// The filters of its eni_cleanup.go: no description, type or age; one VPC; either cluster tag.
const isLeak = (place: Place, cluster: Cluster, eni: NetworkInterface): boolean =>
  eni.status === 'available' &&
  [VRC, CNI].includes(eni.tags[OWNER] ?? '') &&
  eni.vpcId === cluster.vpcId &&
  (eni.tags[clusterTag(cluster.name)] === 'owned' || eni.tags[CLUSTER_NAME] === cluster.name) &&
  eni.ownerId === place.accountId &&
  !eni.operator?.managed;
