import type { Params } from '../http/param.ts';
import type { Queue, Sandbox } from '../index.ts';
import { existing } from '../world/place.ts';
import type { DeployedFunction, Invocation } from './deployed-function.ts';
import { callSqs, structuresOf } from './sqs-call.ts';
import { sqsRecord } from './sqs-record.ts';

export interface MappingSettings {
  /** 10 unless said otherwise; the sandbox takes 1 to 10. */
  batchSize?: number;
  /** ReportBatchItemFailures: a batch may succeed in part. True unless said otherwise. */
  partialResponses?: boolean;
}

/** A queue whose messages a function gets. */
export interface Mapping {
  queue: Queue;
  /** Hands over what is there now, one batch; undefined when nothing is. */
  poll(): Promise<Invocation | undefined>;
}

/** Refuses what Lambda refuses. */
export function mapQueue(sandbox: Sandbox, queueName: string, target: DeployedFunction, settings: MappingSettings = {}): Mapping {
  const { batchSize = 10, partialResponses = true } = settings;
  const queue = existing(sandbox.world().state.queues, queueName, 'queue');
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 10)
    throw new Error(`batchSize must be from 1 to 10; it is ${batchSize}.`);
  if (queue.visibilityTimeout < target.timeoutSeconds) {
    throw new Error(
      `Queue visibility timeout: ${queue.visibilityTimeout} seconds is less than Function timeout: ${target.timeoutSeconds} seconds (${queueName}, ${target.name}).`,
    );
  }
  const call = (action: string, params: Params) => callSqs(sandbox, target.accessKeyId, action, { QueueUrl: queue.url, ...params });
  let known = false;
  return {
    queue,
    poll: async () => {
      // Lambda asks for these with the function's role, so that role needs all three.
      if (!known) await call('GetQueueAttributes', { AttributeNames: ['QueueArn'] });
      known = true;
      const names = { MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] };
      const messages = structuresOf((await call('ReceiveMessage', { MaxNumberOfMessages: batchSize, ...names })).Messages);
      if (messages.length === 0) return undefined;
      const invocation = await target.invoke({ Records: messages.map((message) => sqsRecord(message, queue.arn)) });
      const failed = failedIds(invocation, new Set(messages.map(({ MessageId }) => String(MessageId))), partialResponses);
      const done = messages.filter(({ MessageId }) => !failed.has(String(MessageId)));
      const Entries = done.map(({ ReceiptHandle = '' }, index) => ({ Id: String(index), ReceiptHandle }));
      // A deletion that fails brings the messages back: SQS delivers at least once.
      if (Entries.length > 0) await call('DeleteMessageBatch', { Entries }).catch(() => {});
      return invocation;
    },
  };
}

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
function failedIds({ error, result }: Invocation, all: ReadonlySet<string>, partialResponses: boolean): ReadonlySet<string> {
  if (error) return all;
  const listed = partialResponses && isFields(result) ? (result.batchItemFailures ?? []) : [];
  if (!Array.isArray(listed)) return all;
  const ids = listed.map((each: unknown) => (isFields(each) ? each.itemIdentifier : undefined));
  const known = ids.filter((id): id is string => typeof id === 'string' && all.has(id));
  return known.length < ids.length ? all : new Set(known);
}
const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
