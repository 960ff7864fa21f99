import type { Inventory, NetworkInterface, SliceName } from '../model/inventory.ts';
import { type ItemReads, itemOf, type Read, readFailed, readOk } from '../model/read.ts';
import {
  BRANCH_DESCRIPTION,
  clusterNamesOf,
  INSTANCE_TAG,
  isClusterName,
  isInstanceId,
  isInterfaceId,
  isVpcId,
  TRUNK_DESCRIPTION,
  TRUNK_TAG,
} from '../model/tags.ts';
import { collectAvailable } from './available-enis.ts';
import type { AwsClients } from './clients.ts';
import { clustersOf, describeClusters } from './clusters.ts';
import { collectPaths, type PathRequest } from './collect-paths.ts';
import { collectInstances } from './instances.ts';
import { collectPins } from './pins.ts';
import { collectInterfaces, collectTrunks } from './trunks.ts';

/** Clusters narrow the path slices only. The leftover lists are read whole: half of one makes false orphans. */
export interface CollectRequest extends PathRequest {
  /** Interfaces of open findings; those that the lists do not show are asked for by id. */
  knownInterfaces: readonly string[];
}

type Enis = readonly NetworkInterface[];
type ListRead = Read<Enis>;

/**
 * Reads the slices that are needed, each answering for itself. What may be deleted is read first and its owners second: a
 * pod that is born in between cannot make its interface look abandoned.
 */
export async function collect(clients: AwsClients, request: CollectRequest, clock: () => Date): Promise<Inventory> {
  const { needs, onProgress } = request;
  const wants = (slice: SliceName) => needs.has(slice);
  const list = (description: string) => collectAvailable(clients.ec2, description, clock);
  onProgress?.('reading available branch and trunk interfaces');
  const branchEnis = wants('branchEnis') ? await list(BRANCH_DESCRIPTION) : undefined;
  const trunkEnis = wants('trunkEnis') ? await list(TRUNK_DESCRIPTION) : undefined;
  const enis = listed(branchEnis, trunkEnis);
  const branches = listed(branchEnis);

  onProgress?.(`reading the owners of ${enis.ok ? enis.value.length : 0} interfaces`);
  const described = wants('clusters')
    ? await perItem(enis, clusterNames, (names) => describeClusters(clients.eks, names, clock))
    : undefined;
  const clusters = described?.ok ? { ...described, value: clustersOf(described.value) } : described;
  const trunks = wants('trunks') ? await perItem(branches, trunkIds, (ids) => collectTrunks(clients.ec2, ids, clock)) : undefined;
  const instances = wants('instances') ? await perItem(enis, instanceIds, (ids) => collectInstances(clients.ec2, ids, clock)) : undefined;

  onProgress?.('reading what they keep from being deleted');
  const pins = wants('pins') ? await readPins(clients, branchEnis, trunkEnis, clusters, clock) : undefined;
  const absent = (all: Enis) => {
    const listedIds = new Set(all.map((eni) => eni.id));
    return request.knownInterfaces.filter((id) => !listedIds.has(id));
  };
  const absentees = wants('absentees') ? await perItem(enis, absent, (ids) => collectInterfaces(clients.ec2, ids, clock)) : undefined;
  const leftovers = defined({ branchEnis, trunkEnis, clusters, trunks, instances, pins, absentees });
  return { ...leftovers, ...(await collectPaths(clients, { ...request, described: described?.ok ? described.value : {} }, clock)) };
}

const clusterNames = (enis: Enis) => enis.flatMap((eni) => clusterNamesOf(eni.tags)).filter(isClusterName);
const trunkIds = (enis: Enis) => enis.map((eni) => eni.tags[TRUNK_TAG] ?? '').filter(isInterfaceId);
const instanceIds = (enis: Enis) => enis.map((eni) => eni.tags[INSTANCE_TAG] ?? '').filter(isInstanceId);

/** The interfaces of the lists that were read; failed only when none of them was. */
function listed(...lists: readonly (ListRead | undefined)[]): ListRead {
  const read = lists.filter((each) => each !== undefined);
  const ok = read.filter((each) => each.ok);
  const [first] = ok;
  if (first) return { ...first, value: ok.flatMap((each) => each.value) };
  return read.find((each) => !each.ok) ?? readOk([], new Date(0));
}

/** A slice that depends on another one, which failed (or was not needed, and then neither is this). */
function notAsked<T>(read: Exclude<Read<unknown>, { ok: true }> | undefined): Read<T> {
  return readFailed(
    read
      ? { ...read.reason, cause: 'not-asked' }
      : { action: 'ec2:DescribeNetworkInterfaces', message: 'not asked for', cause: 'not-asked' },
  );
}

/** A slice that is read item by item, for the items that the interfaces name. */
async function perItem<T>(
  enis: ListRead,
  itemsOf: (enis: Enis) => readonly string[],
  read: (items: readonly string[]) => Promise<ItemReads<T>>,
): Promise<Read<ItemReads<T>>> {
  if (!enis.ok) return notAsked(enis);
  return { ok: true, value: await read([...new Set(itemsOf(enis.value))].sort()), readAt: enis.readAt };
}

async function readPins(
  clients: AwsClients,
  branchEnis: ListRead | undefined,
  trunkEnis: ListRead | undefined,
  clusters: Inventory['clusters'],
  clock: () => Date,
): Promise<NonNullable<Inventory['pins']>> {
  // All three must be there: a leftover missing from a list would look like another holder.
  if (!branchEnis?.ok) return notAsked(branchEnis);
  if (!trunkEnis?.ok) return notAsked(trunkEnis);
  if (!clusters?.ok) return notAsked(clusters);
  const known = clusters.value;
  // What a cluster of today certainly uses is not asked for: the cost follows the leftovers. A cluster that could not be read
  // is no such certainty: not asking would look as if nothing were pinned any more.
  const isAlive = (name: string, eni: NetworkInterface) => {
    const read = itemOf(known, name);
    if (read?.ok !== true || !read.value.found) return false;
    return !(isVpcId(read.value.vpcId) && isVpcId(eni.vpcId) && read.value.vpcId !== eni.vpcId);
  };
  const isLeftover = (eni: NetworkInterface) => {
    const names = clusterNamesOf(eni.tags);
    return names.length > 0 && !names.some((name) => isAlive(name, eni));
  };
  const all = [...branchEnis.value, ...trunkEnis.value];
  const value = await collectPins(clients.ec2, all.filter(isLeftover), new Set(all.map((eni) => eni.id)), clock);
  return { ok: true, value, readAt: branchEnis.readAt };
}

/** Leaves out the slices that were not asked for. */
function defined(slices: { [S in SliceName]?: Inventory[S] | undefined }): Inventory {
  return Object.fromEntries(Object.entries(slices).filter(([, read]) => read !== undefined));
}
