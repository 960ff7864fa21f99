import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { AwsService, CallContext } from '../http/service.ts';
import { jsonAnswer, readJson } from '../json/protocol.ts';
import { getQueueAttributes } from './attributes.ts';
import { receiveMessage } from './receive.ts';
import { sendMessage, sendMessageBatch } from './send.ts';
import { changeMessageVisibility, deleteMessage, deleteMessageBatch } from './settle.ts';

const ACTIONS: Readonly<Record<string, (params: Params, context: CallContext) => unknown>> = {
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  ReceiveMessage: receiveMessage,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  ChangeMessageVisibility: changeMessageVisibility,
  GetQueueAttributes: getQueueAttributes,
};

// SQS spoke the Query protocol once; a header still tells what such a client would have got.
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
};

/** Amazon SQS: AWS JSON 1.0. Queues are made by `world()`. */
export const sqs: AwsService = {
  recognise: (request) => {
    const { action, params } = readJson(request, 'AmazonSQS');
    if (!ACTIONS[action]) {
      const known = Object.keys(ACTIONS).join(', ');
      throw awsError('UnsupportedOperation', `The sandbox's SQS has no ${action}. It has: ${known}.`);
    }
    return { action, params, mutating: action !== 'GetQueueAttributes' };
  },
  answer: ({ action, params }, context) => jsonAnswer(200, ACTIONS[action]?.(params, context), context.requestId),
  fail: ({ code, message, status }, requestId) =>
    jsonAnswer(status, { __type: `com.amazonaws.sqs#${code}`, message }, requestId, {
      'x-amzn-query-error': `${QUERY_CODES[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}`,
    }),
  denied: ({ action, params }, caller) => {
    // IAM knows no batch calls of SQS.
    const needed = `sqs:${action.replace(/Batch$/, '').toLowerCase()}`;
    const resource = String(params.QueueUrl).split('/').at(-1);
    return awsError(
      'AccessDenied',
      `User: ${caller} is not authorized to perform: ${needed} on resource: ${resource} because no identity-based policy allows the ${needed} action`,
      403,
    );
  },
  throttled: () => awsError('RequestThrottled', 'Rate exceeded', 403),
};
