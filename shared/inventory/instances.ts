import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import type { InstanceAnswer } from '../model/inventory.ts';
import type { ItemReads, Read } from '../model/read.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { filterBatches, PAGE_SIZE, readPages } from './pages.ts';
import { instancesOf } from './reservations.ts';

const DESCRIBE_INSTANCES = 'ec2:DescribeInstances';
export const actions = [DESCRIBE_INSTANCES];

async function describe(ec2: EC2Client, ids: string[]): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  const ask = async (NextToken: string | undefined) => {
    const answer = await ec2.send(
      new DescribeInstancesCommand({
        Filters: [{ Name: 'instance-id', Values: ids }],
        MaxResults: PAGE_SIZE,
        IncludeManagedResources: true,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    return { items: answer.Reservations, nextToken: answer.NextToken };
  };
  await readPages('reservationSet', ask, (reservations) => {
    for (const { InstanceId, State } of instancesOf(reservations)) states.set(InstanceId, State?.Name ?? 'of unknown state');
    return true;
  });
  return states;
}

/** One instance, asked for by itself: gone only by EC2's exact code. */
export function collectInstance(ec2: EC2Client, id: string, clock: () => Date): Promise<Read<InstanceAnswer>> {
  return attempt({ action: DESCRIBE_INSTANCES, item: id }, clock, async () => {
    try {
      const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id], IncludeManagedResources: true }));
      if (!answer.Reservations) throw new MalformedAnswer('the answer holds no reservationSet; it is not from EC2 or was cut');
      const instance = instancesOf(answer.Reservations).find((each) => each.InstanceId === id);
      if (!instance) throw new MalformedAnswer(`the answer does not describe ${id}`);
      return { found: true, state: instance.State?.Name ?? 'of unknown state' };
    } catch (error) {
      if (isNotFound(error, 'InvalidInstanceID.NotFound')) return { found: false };
      throw error;
    }
  });
}

/** An answer per id, asked in batches by an id filter; an id that the complete answer does not hold counts as gone. */
export async function collectInstances(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<InstanceAnswer>> {
  const batches = await pMap(
    filterBatches(ids),
    async (batch): Promise<[string, Read<InstanceAnswer>][]> => {
      const read = await attempt({ action: DESCRIBE_INSTANCES, item: batch.join(', ') }, clock, () => describe(ec2, batch));
      return batch.map((id) => {
        if (!read.ok) return [id, { ok: false, reason: { ...read.reason, item: id } }];
        const state = read.value.get(id);
        return [id, { ...read, value: state === undefined ? { found: false } : { found: true, state } }];
      });
    },
    { concurrency: 4 },
  );
  return Object.fromEntries(batches.flat());
}
