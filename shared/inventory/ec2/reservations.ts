import type { Instance, Reservation } from '@aws-sdk/client-ec2';
import { MalformedAnswer } from '../../domain/errors.ts';

/** The instances of a page. One without its id, or a reservation without instances, is no answer of EC2's: its absence must not look like a termination. */
export function instancesOf(reservations: readonly Reservation[]): (Instance & { InstanceId: string })[] {
  return reservations.flatMap(({ Instances }) => {
    if (!Instances?.length) throw new MalformedAnswer('the answer holds a reservation without instances');
    return Instances.map((instance) => {
      if (!instance.InstanceId) throw new MalformedAnswer('the answer holds an instance without its id');
      return { ...instance, InstanceId: instance.InstanceId };
    });
  });
}
