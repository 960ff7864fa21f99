import { createHash } from 'node:crypto';
import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { listOf, mapOf, textOf, wholeOf } from '../json/protocol.ts';
import { readAttributes } from '../messages/attributes.ts';
import { checkBatch, runBatch } from '../messages/batch.ts';
import type { Queue } from '../world/messaging.ts';
import { enqueue, messageSize } from '../world/queues.ts';
import { missing, namedQueue } from './queue.ts';

// Of a batch as a whole, whatever the queue's own limit.
const MAX_BATCH_SIZE = 1_048_576;
const MAX_ATTRIBUTES = 10;

// What XML 1.0 can carry: https://www.w3.org/TR/REC-xml/#charsets
const SENDABLE = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

export const sendMessage = (params: Params, context: CallContext) => send(namedQueue(params, context), params, context);

export function sendMessageBatch(params: Params, context: CallContext) {
  const queue = namedQueue(params, context);
  const entries = listOf(params, 'Entries');
  checkBatch(entries);
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(String(entry.MessageBody ?? '')), 0);
  if (bytes > MAX_BATCH_SIZE) {
    throw awsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BATCH_SIZE} bytes. You have sent ${bytes} bytes.`);
  }
  const { successful, failed } = runBatch(entries, context.entryFault, (entry) => send(queue, entry, context));
  return { Successful: successful, Failed: failed };
}

function send(queue: Queue, params: Params, { now }: CallContext): { MessageId: string; MD5OfMessageBody: string } {
  const body = textOf(params, 'MessageBody');
  if (!body) throw missing('MessageBody');
  if (!SENDABLE.test(body)) {
    throw awsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  if (params.MessageDeduplicationId !== undefined) {
    throw awsError(
      'InvalidParameterValue',
      'The request includes a parameter that is not valid for this queue type: MessageDeduplicationId.',
    );
  }
  const delaySeconds = wholeOf(params, 'DelaySeconds', 0, 900);
  const refuse = (why: string) => awsError('InvalidParameterValue', why);
  const attributes = readAttributes(mapOf(params, 'MessageAttributes'), { dataType: /^(?:String|Number|Binary)(?:\..+)?$/, refuse });
  if (Object.keys(attributes).length > MAX_ATTRIBUTES) throw refuse(`Number of message attributes must be at most ${MAX_ATTRIBUTES}.`);
  if (messageSize(body, attributes) > queue.maximumMessageSize) {
    throw refuse(`One or more parameters are invalid. Reason: Message must be shorter than ${queue.maximumMessageSize} bytes.`);
  }
  const senderId = 'AIDASANDBOX0000000000';
  const message = enqueue(queue, { body, attributes, senderId, now, ...(delaySeconds === undefined ? {} : { delaySeconds }) });
  return { MessageId: message.id, MD5OfMessageBody: md5(body) };
}

// The SDK compares it with what it sent.
export const md5 = (body: string): string => createHash('md5').update(body).digest('hex');
