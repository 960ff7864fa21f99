import { DescribeInstancesCommand, type EC2Client, type InstanceState } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { inBatches } from '../../aws/batches.ts';
import { isNotFound } from '../../aws/errors.ts';
import { eachPage, PAGE_SIZE } from '../../aws/pages.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { InstanceAnswer } from '../../domain/inventory.ts';
import type { ItemReads, Read } from '../../domain/read.ts';
import { INSTANCE_TAG, isInstanceId } from '../../domain/tags.ts';
import { defineSlice, itemFailures } from '../define.ts';
import { askedOf, bothLists } from '../listed.ts';
import { instancesOf } from './reservations.ts';

const DESCRIBE_INSTANCES = 'ec2:DescribeInstances';
const answerOf = (state: InstanceState | undefined): InstanceAnswer => ({ found: true, state: state?.Name ?? 'of unknown state' });

async function describe(ec2: EC2Client, ids: string[]): Promise<Map<string, InstanceAnswer>> {
  const states = new Map<string, InstanceAnswer>();
  await eachPage(
    [
      ec2,
      DescribeInstancesCommand,
      {
        Filters: [{ Name: 'instance-id', Values: ids }],
        MaxResults: PAGE_SIZE,
        IncludeManagedResources: true,
      },
      'Reservations',
    ],
    (reservations) => {
      for (const { InstanceId, State } of instancesOf(reservations)) states.set(InstanceId, answerOf(State));
    },
  );
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
const collectInstances = (ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<InstanceAnswer>> =>
  inBatches<InstanceAnswer>({ action: DESCRIBE_INSTANCES, ids, clock, absent: { found: false } }, (batch) => describe(ec2, batch));

export const instances = defineSlice({
  name: 'instances',
  reads: 'the instances that they name',
  service: 'ec2',
  actions: [DESCRIBE_INSTANCES],
  beside: ['branchEnis', 'trunkEnis'],
  failures: itemFailures,
  read: ({ clients, clock }, read) =>
    askedOf(
      bothLists(read),
      (enis) => enis.map(({ tags }) => tags[INSTANCE_TAG] ?? '').filter(isInstanceId),
      (ids) => collectInstances(clients.ec2, ids, clock),
    ),
});
