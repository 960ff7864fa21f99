import { randomUUID } from 'node:crypto';
import { awsError } from '../aws-error.ts';
import { isFields, type Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { checkBatch, runBatch } from '../messages/batch.ts';
import { structures, text } from '../query/params.ts';
import type { XmlValue } from '../query/xml.ts';
import type { Topic } from '../world/messaging.ts';
import { deliver } from './deliver.ts';
import { MAX_SIZE, readMessage, type TopicMessage } from './message.ts';

type Result = Readonly<Record<string, XmlValue>>;

/** Publish: to a topic; the sandbox has no phones and no mobile endpoints. */
export function publish(params: Params, context: CallContext): Result {
  const topic = namedTopic(params, context);
  return { MessageId: accept(topic, readMessage(params), context) };
}

/** PublishBatch: what is wrong with one entry fails that entry, with 200. */
export function publishBatch(params: Params, context: CallContext): Result {
  const topic = namedTopic(params, context);
  const { PublishBatchRequestEntries: given } = params;
  const entries = isFields(given) ? structures(given, 'member') : [];
  checkBatch(entries);
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MAX_SIZE) {
    throw awsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_SIZE} bytes. You have sent ${bytes} bytes.`);
  }
  const { successful, failed } = runBatch(entries, context.entryFault, (entry) => ({
    MessageId: accept(topic, readMessage(entry), context),
  }));
  return { Successful: successful, Failed: failed };
}

function sizeOf(entry: Params): number {
  try {
    return readMessage(entry).size;
  } catch {
    return Buffer.byteLength(typeof entry.Message === 'string' ? entry.Message : '');
  }
}

function namedTopic(params: Params, { state }: CallContext): Topic {
  const arn = text(params, 'TopicArn');
  if (!arn) throw awsError('InvalidParameter', 'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter');
  if (!/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+$/.test(arn)) {
    throw awsError('InvalidParameter', `Invalid parameter: TopicArn Reason: ${arn} is not the ARN of a topic`);
  }
  const topic = state.topics.get(arn);
  if (!topic) throw awsError('NotFound', 'Topic does not exist', 404);
  return topic;
}

function accept(topic: Topic, message: TopicMessage, context: CallContext): string {
  const messageId = randomUUID();
  if (topic.kmsKeyId !== undefined) {
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: the publisher needs both on the topic's key.
    context.onBehalf('kms:GenerateDataKey');
    context.onBehalf('kms:Decrypt');
  }
  const { size: _, ...told } = message;
  const outcome = deliver(topic, message, messageId, context);
  context.published({ at: context.now, region: context.world.region, topicArn: topic.arn, messageId, ...told, ...outcome });
  return messageId;
}
