import { DescribeNetworkInterfacesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { inBatches } from '../../aws/batches.ts';
import { eachItem } from '../../aws/each-item.ts';
import { isNotFound } from '../../aws/errors.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { InterfaceAnswer, NetworkInterface } from '../../domain/inventory.ts';
import type { ItemReads, Read } from '../../domain/read.ts';
import { isInterfaceId, TRUNK_TAG } from '../../domain/tags.ts';
import { defineSlice, itemFailures } from '../define.ts';
import { askedOf, bothLists, listed } from '../listed.ts';
import { DESCRIBE_INTERFACES, projectInterface, readInterfaces } from './network-interface.ts';

/**
 * An answer per id, asked in batches by an id filter. An id that the complete answer does not hold counts as gone: good
 * enough for an audit, not for a deletion.
 */
function collectTrunks(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<InterfaceAnswer>> {
  return inBatches<InterfaceAnswer>({ action: DESCRIBE_INTERFACES, ids, clock, absent: { found: false } }, async (batch) => {
    const found = new Map<string, InterfaceAnswer>();
    await readInterfaces(ec2, [{ Name: 'network-interface-id', Values: batch }], (interfaces) => {
      for (const eni of interfaces) found.set(eni.id, { found: true, interface: eni });
    });
    return found;
  });
}

/** An interface with all that EC2 said of it, for the record of its deletion. */
export type InterfaceRecordAnswer = { found: false } | { found: true; interface: NetworkInterface; raw: Readonly<Record<string, unknown>> };

/** One interface, asked for by itself: gone only by EC2's exact code. */
export async function collectInterface(ec2: EC2Client, id: string, clock: () => Date): Promise<Read<InterfaceAnswer>> {
  const read = await collectInterfaceRecord(ec2, id, clock);
  return read.ok && read.value.found ? { ...read, value: { found: true, interface: read.value.interface } } : read;
}

/** The same with the whole of EC2's answer. */
export function collectInterfaceRecord(ec2: EC2Client, id: string, clock: () => Date): Promise<Read<InterfaceRecordAnswer>> {
  return attempt({ action: DESCRIBE_INTERFACES, item: id }, clock, async () => {
    try {
      const answer = await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id], IncludeManagedResources: true }));
      const eni = answer.NetworkInterfaces?.find((each) => each.NetworkInterfaceId === id);
      if (!eni) throw new MalformedAnswer(`the answer does not describe ${id}`);
      return { found: true, interface: projectInterface(eni), raw: JSON.parse(JSON.stringify(eni)) };
    } catch (error) {
      if (isNotFound(error, 'InvalidNetworkInterfaceID.NotFound')) return { found: false };
      throw error;
    }
  });
}

/** An answer per id, each asked for by itself: what an absence must not be mistaken for. */
// One at a time: after a cleanup by hand these are hundreds, and live clusters' controllers share EC2's bucket.
export const collectInterfaces = (ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<InterfaceAnswer>> =>
  eachItem(ids, (id) => collectInterface(ec2, id, clock), 1);

export const trunks = defineSlice({
  name: 'trunks',
  reads: 'the trunks that they name',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  beside: ['branchEnis'],
  failures: itemFailures,
  read: ({ clients, clock }, { branchEnis }) =>
    askedOf(
      listed(branchEnis),
      (enis) => enis.map(({ tags }) => tags[TRUNK_TAG] ?? '').filter(isInterfaceId),
      (ids) => collectTrunks(clients.ec2, ids, clock),
    ),
});

export const absentees = defineSlice({
  name: 'absentees',
  reads: 'interfaces that are not listed any more',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  beside: ['branchEnis', 'trunkEnis'],
  failures: itemFailures,
  read: ({ clients, clock, request }, read) => {
    const absent = (enis: readonly NetworkInterface[]) => {
      const ids = new Set(enis.map(({ id }) => id));
      return request.knownInterfaces.filter((id) => !ids.has(id));
    };
    return askedOf(bothLists(read), absent, (ids) => collectInterfaces(clients.ec2, ids, clock));
  },
});
