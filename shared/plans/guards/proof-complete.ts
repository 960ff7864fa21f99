import { describeFailure, type ItemReads, itemOf, type ReadFailure } from '../../domain/read.ts';
import { clusterNamesOf, INSTANCE_TAG, TRUNK_TAG } from '../../domain/tags.ts';
import type { FoundCandidate, Guard } from '../deletion.ts';

/** The failures among the answers that the proof of this interface needs; an answer that was never asked for is one, too. */
function unread({ eni, interfaceId, clusters, trunks, instances }: FoundCandidate): string[] {
  const needed = (items: ItemReads<unknown>, item: string): string[] => {
    const read = itemOf(items, item);
    const failure: ReadFailure | undefined = read
      ? read.ok
        ? undefined
        : read.reason
      : { cause: 'not-asked', action: 'a read', item, message: 'not asked for' };
    return failure ? [describeFailure(failure)] : [];
  };
  const [trunk, instance] = [eni.tags[TRUNK_TAG], eni.tags[INSTANCE_TAG]];
  return [
    ...(eni.id === interfaceId ? [] : [`EC2 described ${eni.id || 'no id'} instead of ${interfaceId}`]),
    ...clusterNamesOf(eni.tags).flatMap((name) => needed(clusters, name)),
    ...(trunk === undefined ? [] : needed(trunks, trunk)),
    ...(instance === undefined ? [] : needed(instances, instance)),
  ];
}

/** The reads that the proof needs all succeeded: not every read of the run, but every one about this interface. */
export const proofComplete: Guard = {
  id: 'proof-complete',
  says: 'Everything that its proof needs could be read.',
  judge: (candidate) => {
    const failures = unread(candidate);
    return failures.length === 0 ? { allows: true } : { allows: false, reason: failures.join('; ') };
  },
};
