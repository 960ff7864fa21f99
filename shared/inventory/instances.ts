import { DescribeInstancesCommand, type EC2Client, type InstanceState } from '@aws-sdk/client-ec2';
import type { InstanceAnswer } from '../model/inventory.ts';
import type { ItemReads, Read } from '../model/read.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { inBatches } from './batches.ts';
import { PAGE_SIZE, readPages } from './pages.ts';
import { instancesOf } from './reservations.ts';

const DESCRIBE_INSTANCES = 'ec2:DescribeInstances';
export const actions = [DESCRIBE_INSTANCES];

const answerOf = (state: InstanceState | undefined): InstanceAnswer => ({ found: true, state: state?.Name ?? 'of unknown state' });

async function describe(ec2: EC2Client, ids: string[]): Promise<Map<string, InstanceAnswer>> {
  const states = new Map<string, InstanceAnswer>();
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
    for (const { InstanceId, State } of instancesOf(reservations)) states.set(InstanceId, answerOf(State));
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
      return answerOf(instance.State);
    } catch (error) {
      if (isNotFound(error, 'InvalidInstanceID.NotFound')) return { found: false };
      throw error;
    }
  });
}

/** An answer per id, asked in batches by an id filter; an id that the complete answer does not hold counts as gone. */
export const collectInstances = (ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<InstanceAnswer>> =>
  inBatches<InstanceAnswer>({ action: DESCRIBE_INSTANCES, ids, clock, absent: { found: false } }, (batch) => describe(ec2, batch));
