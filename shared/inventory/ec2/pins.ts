import type { EC2Client } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { eachItem } from '../../aws/each-item.ts';
import type { Holders, NetworkInterface, Pins } from '../../domain/inventory.ts';
import { type ItemReads, itemOf, type Read, readFailed } from '../../domain/read.ts';
import { clusterNamesOf, isVpcId } from '../../domain/tags.ts';
import { defineSlice, itemFailures, valueOr } from '../define.ts';
import { listed } from '../listed.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';
import { collectReferences, DESCRIBE_SECURITY_GROUPS } from './references.ts';

type HolderFilter = 'group-id' | 'subnet-id' | 'vpc-id';

// An interface in use is never a leftover, and most things that are held by others are held by one in use: so those are asked
// for first, on the smallest page. Only what nothing uses is read in full.
const IN_USE = { Name: 'status', Values: ['in-use', 'associated', 'attaching', 'detaching'] };
const SMALLEST_PAGE = 5;

/** Reads the holders of one thing until the first that is no leftover: one is enough to say that orphans are not alone. */
function readHolders(
  ec2: EC2Client,
  filter: HolderFilter,
  id: string,
  leftovers: ReadonlySet<string>,
  clock: () => Date,
): Promise<Read<Holders>> {
  return attempt({ action: DESCRIBE_INTERFACES, item: id }, clock, async () => {
    const held = new Set<string>();
    let other: Holders['other'];
    let name = '';
    const visit = (interfaces: readonly NetworkInterface[]) => {
      for (const eni of interfaces) {
        name ||= eni.groups.find((group) => group.id === id)?.name ?? '';
        // One that came into use since it was listed is no leftover any more.
        if (leftovers.has(eni.id) && eni.status === 'available') held.add(eni.id);
        else other ??= { id: eni.id, description: eni.description, status: eni.status };
      }
      return other === undefined;
    };
    const holding = { Name: filter, Values: [id] };
    await readInterfaces(ec2, [holding, IN_USE], visit, SMALLEST_PAGE);
    if (!other) await readInterfaces(ec2, [holding], visit);
    return { name, leftovers: [...held].sort(), other, referencedBy: [] };
  });
}

/** The groups' holders, with the groups whose rules refer to them: such a reference forbids the deletion as well. */
async function withReferences(ec2: EC2Client, groups: ItemReads<Holders>, clock: () => Date): Promise<ItemReads<Holders>> {
  const freeOfOthers = Object.entries(groups).flatMap(([id, read]) => (read.ok && !read.value.other ? [id] : []));
  const references = await collectReferences(ec2, freeOfOthers, clock);
  const merge = ([id, read]: [string, Read<Holders>]): [string, Read<Holders>] => {
    if (!read.ok || read.value.other) return [id, read];
    return [
      id,
      references.ok ? { ...read, value: { ...read.value, referencedBy: references.value.get(id) ?? [] } } : readFailed(references.reason),
    ];
  };
  return Object.fromEntries(Object.entries(groups).map(merge));
}

/**
 * What the given interfaces pin, and who else holds it. `leftovers` are all ids of the available branch and trunk lists,
 * `candidates` those of them whose groups, subnets and VPCs are asked for.
 */
async function collectPins(
  ec2: EC2Client,
  candidates: readonly NetworkInterface[],
  leftovers: ReadonlySet<string>,
  clock: () => Date,
): Promise<Pins> {
  const holders = (filter: HolderFilter, ids: readonly string[]): Promise<ItemReads<Holders>> => {
    const asked = [...new Set(ids)].filter((id) => id !== '').sort();
    return eachItem(asked, (id) => readHolders(ec2, filter, id, leftovers, clock));
  };
  const groups = await holders(
    'group-id',
    candidates.flatMap((eni) => eni.groups.map((group) => group.id)),
  );
  return {
    securityGroups: await withReferences(ec2, groups, clock),
    subnets: await holders(
      'subnet-id',
      candidates.map((eni) => eni.subnetId),
    ),
    vpcs: await holders(
      'vpc-id',
      candidates.map((eni) => eni.vpcId),
    ),
  };
}

export const pins = defineSlice({
  name: 'pins',
  reads: 'what they keep from being deleted',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES, DESCRIBE_SECURITY_GROUPS],
  // All three must be there: a leftover missing from a list would look like another holder.
  after: ['branchEnis', 'trunkEnis', 'clusters'],
  failures: ({ securityGroups, subnets, vpcs }) => [securityGroups, subnets, vpcs].flatMap(itemFailures),
  read: async ({ clients, clock }, { branchEnis, trunkEnis, clusters }) => {
    const known = valueOr(clusters, {});
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
    const all = listed(branchEnis, trunkEnis);
    if (!all.ok) return all;
    const ids = new Set(all.value.map((eni) => eni.id));
    return { ...all, value: await collectPins(clients.ec2, all.value.filter(isLeftover), ids, clock) };
  },
});
