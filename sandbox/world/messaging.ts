import type { MessageAttributes } from '../messages/attributes.ts';
import type { FilterPolicy } from '../sns/filter.ts';

/** Times are milliseconds of the sandbox's clock. */
export interface QueueMessage {
  id: string;
  body: string;
  attributes: MessageAttributes;
  senderId: string;
  sentAt: number;
  /** Nobody receives it before this. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Where it came from, when this is a dead-letter queue. */
  deadLetterSource?: string;
}

/** Times are seconds, as SQS's attributes are. */
export interface Queue {
  name: string;
  arn: string;
  url: string;
  createdAt: number;
  visibilityTimeout: number;
  delaySeconds: number;
  messageRetentionPeriod: number;
  maximumMessageSize: number;
  /** After so many receipts a message goes to another queue, by its name. */
  redrive?: { deadLetterQueue: string; maxReceiveCount: number };
  messages: QueueMessage[];
}

export interface Subscription {
  arn: string;
  protocol: 'sqs';
  endpoint: string;
  rawMessageDelivery: boolean;
  filterPolicy?: FilterPolicy;
}

export interface Topic {
  name: string;
  arn: string;
  /** The key that it is encrypted with; publishing then uses that key with the publisher's permissions. */
  kmsKeyId?: string;
  subscriptions: Subscription[];
}

/** A DynamoDB table of the ledger's shape; its items live in dynalite. */
export interface Table {
  name: string;
}
