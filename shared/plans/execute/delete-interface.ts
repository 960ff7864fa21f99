import { DeleteNetworkInterfaceCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { causeOf, codeOf, isNotFound, messageOf } from '../../aws/errors.ts';

export const actions = ['ec2:DeleteNetworkInterface'];

/** What EC2 made of one request to delete. `unanswered`: it may have happened, and only a look will tell. */
export type DeleteAnswer =
  | { kind: 'deleted' | 'not-found' }
  | { kind: 'denied' | 'throttled' | 'in-use' | 'unanswered' | 'refused'; says: string };

// What EC2 says of an interface that something holds. It says nothing of the kind for a branch interface in use.
const IN_USE = new Set(['InvalidNetworkInterface.InUse', 'InvalidParameterValue']);
// EC2 answered, and the answer is a refusal: certainly nothing happened.
const REFUSED = new Set(['OperationNotPermitted', 'InvalidNetworkInterfaceId.Malformed', 'DependencyViolation']);

/** Asks EC2 to delete, once: the client must be made with one attempt, because a second one has to pass the guards again. */
export async function deleteInterface(ec2: EC2Client, id: string): Promise<DeleteAnswer> {
  try {
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    return { kind: 'deleted' };
  } catch (error) {
    return answerOf(error);
  }
}

function answerOf(error: unknown): DeleteAnswer {
  if (isNotFound(error, 'InvalidNetworkInterfaceID.NotFound')) return { kind: 'not-found' };
  const [cause, code] = [causeOf(error), codeOf(error) ?? ''];
  const says = `${code ? `${code}: ` : ''}${messageOf(error)}`;
  if (cause === 'denied') return { kind: 'denied', says };
  // Not a missing permission: who asks is not known any more, and nothing happened.
  if (cause === 'credentials') return { kind: 'refused', says };
  if (cause === 'throttled') return { kind: 'throttled', says };
  if (IN_USE.has(code)) return { kind: 'in-use', says };
  return { kind: REFUSED.has(code) ? 'refused' : 'unanswered', says };
}
