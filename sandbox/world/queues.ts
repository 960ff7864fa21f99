import { randomUUID } from 'node:crypto';
import { attributesSize, type MessageAttributes } from '../messages/attributes.ts';
import type { Queue, QueueMessage } from './messaging.ts';
import { existing, type Place } from './place.ts';

/** Seconds, as SQS's attributes are. */
export interface GivenQueue {
  /** 30 unless said otherwise. */
  visibilityTimeout?: number;
  /** 0 unless said otherwise. */
  delaySeconds?: number;
  /** 345600 (4 days) unless said otherwise. */
  messageRetentionPeriod?: number;
  /** 1 MiB unless said otherwise. */
  maximumMessageSize?: number;
  /** The name of a queue of the same region. */
  deadLetterQueue?: string;
  /** After so many receipts a message goes to the dead-letter queue: 3 unless said otherwise. */
  maxReceiveCount?: number;
}

const NAME = /^[A-Za-z0-9_-]{1,80}$/;

const within = (name: string, value: number, least: number, most: number): number => {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`A queue's ${name} must be a whole number from ${least} to ${most}; it is ${value}.`);
};

/** A standard queue. */
export function createQueue({ state, timeline, accountId, endpoint }: Place, name: string, given: GivenQueue = {}): Queue {
  if (!NAME.test(name)) throw new Error(`A queue's name has 1 to 80 letters, digits, hyphens and underscores; it is "${name}".`);
  if (state.queues.has(name)) throw new Error(`The sandbox has a queue ${name} already.`);
  const { deadLetterQueue, maxReceiveCount } = given;
  if (maxReceiveCount !== undefined && deadLetterQueue === undefined)
    throw new Error(`Queue ${name}: maxReceiveCount needs a deadLetterQueue.`);
  if (deadLetterQueue !== undefined) existing(state.queues, deadLetterQueue, 'queue');
  const queue: Queue = {
    name,
    arn: `arn:aws:sqs:${state.region}:${accountId}:${name}`,
    url: `${endpoint()}/${accountId}/${name}`,
    createdAt: timeline.now().getTime(),
    visibilityTimeout: within('visibilityTimeout', given.visibilityTimeout ?? 30, 0, 43_200),
    delaySeconds: within('delaySeconds', given.delaySeconds ?? 0, 0, 900),
    messageRetentionPeriod: within('messageRetentionPeriod', given.messageRetentionPeriod ?? 345_600, 60, 1_209_600),
    maximumMessageSize: within('maximumMessageSize', given.maximumMessageSize ?? 1_048_576, 1024, 1_048_576),
    ...(deadLetterQueue === undefined
      ? {}
      : { redrive: { deadLetterQueue, maxReceiveCount: within('maxReceiveCount', maxReceiveCount ?? 3, 1, 1000) } }),
    messages: [],
  };
  state.queues.set(name, queue);
  return queue;
}

/** How many bytes of a queue's limit a message takes. */
export const messageSize = (body: string, attributes: MessageAttributes): number => Buffer.byteLength(body) + attributesSize(attributes);

/** Puts a message into a queue. */
export function enqueue(
  queue: Queue,
  {
    body,
    attributes,
    senderId,
    now,
    delaySeconds,
  }: Pick<QueueMessage, 'body' | 'attributes' | 'senderId'> & { now: Date; delaySeconds?: number },
): QueueMessage {
  const sentAt = now.getTime();
  const visibleAt = sentAt + (delaySeconds ?? queue.delaySeconds) * 1000;
  const message: QueueMessage = { id: randomUUID(), body, attributes, senderId, sentAt, visibleAt, receiveCount: 0 };
  queue.messages.push(message);
  return message;
}

/** Takes away what has been in a queue for longer than it keeps messages. */
export function expire(queue: Queue, now: Date): void {
  const oldest = now.getTime() - queue.messageRetentionPeriod * 1000;
  queue.messages = queue.messages.filter(({ sentAt }) => sentAt > oldest);
}
