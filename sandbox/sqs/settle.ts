import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { listOf, textOf, wholeOf } from '../json/protocol.ts';
import { runBatch } from '../messages/batch.ts';
import type { Queue } from '../world/messaging.ts';
import { messageOf, missing, namedQueue } from './queue.ts';

/** DeleteMessage succeeds for a message that is gone, and does nothing for one that was received again since. */
export function deleteMessage(params: Params, context: CallContext) {
  remove(namedQueue(params, context), params);
  return {};
}

export function deleteMessageBatch(params: Params, context: CallContext) {
  const queue = namedQueue(params, context);
  const { successful, failed } = runBatch(listOf(params, 'Entries'), context.entryFault, (entry) => remove(queue, entry));
  return { Successful: successful, Failed: failed };
}

function remove(queue: Queue, params: Params): Record<never, never> {
  const gone = messageOf(queue, textOf(params, 'ReceiptHandle'));
  queue.messages = queue.messages.filter((message) => message !== gone);
  return {};
}

/** ChangeMessageVisibility: 0 gives a message back at once. */
export function changeMessageVisibility(params: Params, context: CallContext) {
  const message = messageOf(namedQueue(params, context), textOf(params, 'ReceiptHandle'));
  const seconds = wholeOf(params, 'VisibilityTimeout', 0, 43_200);
  if (seconds === undefined) throw missing('VisibilityTimeout');
  const now = context.now.getTime();
  if (!message || message.visibleAt <= now) {
    throw awsError('MessageNotInflight', 'The message referred to is not in flight.');
  }
  message.visibleAt = now + seconds * 1000;
  return {};
}
