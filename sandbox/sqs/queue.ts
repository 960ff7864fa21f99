import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { textOf } from '../json/protocol.ts';
import type { Queue, QueueMessage } from '../world/messaging.ts';
import { expire } from '../world/queues.ts';

export const missing = (name: string) => awsError('MissingParameter', `The request must contain the parameter ${name}.`);

/** The queue that a request names by its URL, without what it has kept for too long. */
export function namedQueue(params: Params, { world, accountId, now }: CallContext): Queue {
  const url = textOf(params, 'QueueUrl');
  if (!url) throw missing('QueueUrl');
  const [name, account] = url.split('/').reverse();
  const queue = account === accountId ? world.state.queues.get(name ?? '') : undefined;
  if (!queue) throw awsError('QueueDoesNotExist', 'The specified queue does not exist.');
  expire(queue, now);
  return queue;
}

/** The receipt handle of a message's newest receipt: an older one deletes nothing. */
export const handleOf = (queue: Queue, { id, receiveCount }: QueueMessage): string =>
  Buffer.from(JSON.stringify([queue.name, id, receiveCount])).toString('base64');

/** The message that a handle names; undefined when it is gone, or was received again since. */
export function messageOf(queue: Queue, handle: string | undefined): QueueMessage | undefined {
  if (!handle) throw missing('ReceiptHandle');
  const [queueName, id, receiveCount] = readHandle(handle);
  const invalid = `The input receipt handle "${handle}" is not a valid receipt handle.`;
  if (queueName !== queue.name) throw awsError('ReceiptHandleIsInvalid', invalid, 404);
  return queue.messages.find((message) => message.id === id && message.receiveCount === receiveCount);
}

function readHandle(handle: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(handle, 'base64').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
