import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import type { Queue } from '../world/messaging.ts';
import { namedQueue } from './queue.ts';

/** GetQueueAttributes. Its counts are exact, which AWS's are not. */
export function getQueueAttributes(params: Params, context: CallContext) {
  const queue = namedQueue(params, context);
  const wanted = Array.isArray(params.AttributeNames) ? params.AttributeNames.map(String) : [];
  const known = attributesOf(queue, context);
  const strangers = wanted.filter((name) => name !== 'All' && !(name in known));
  if (strangers.length > 0) throw awsError('InvalidAttributeName', `Unknown Attribute ${strangers.join(', ')}.`);
  const Attributes = Object.fromEntries(
    Object.entries(known).filter(([name, value]) => value !== undefined && (wanted.includes(name) || wanted.includes('All'))),
  );
  return Object.keys(Attributes).length > 0 ? { Attributes } : {};
}

function attributesOf(queue: Queue, { now, world }: CallContext): Record<string, string | undefined> {
  const waiting = queue.messages.filter(({ visibleAt }) => visibleAt > now.getTime());
  const delayed = waiting.filter(({ receiveCount }) => receiveCount === 0).length;
  const seconds = String(Math.floor(queue.createdAt / 1000));
  const target = queue.redrive && world.state.queues.get(queue.redrive.deadLetterQueue);
  const policy = { deadLetterTargetArn: target?.arn, maxReceiveCount: queue.redrive?.maxReceiveCount };
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(queue.messages.length - waiting.length),
    ApproximateNumberOfMessagesNotVisible: String(waiting.length - delayed),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds,
    LastModifiedTimestamp: seconds,
    VisibilityTimeout: String(queue.visibilityTimeout),
    DelaySeconds: String(queue.delaySeconds),
    MaximumMessageSize: String(queue.maximumMessageSize),
    MessageRetentionPeriod: String(queue.messageRetentionPeriod),
    ReceiveMessageWaitTimeSeconds: '0',
    RedrivePolicy: queue.redrive ? JSON.stringify(policy) : undefined,
  };
}
