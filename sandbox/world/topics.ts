import { checkFilterPolicy, type FilterPolicy } from '../sns/filter.ts';
import type { Subscription, Topic } from './messaging.ts';
import { existing, type Place } from './place.ts';

export interface GivenTopic {
  /** The key of an encrypted topic. */
  kmsKeyId?: string;
}

export interface GivenSubscription {
  /** The message alone, without SNS's envelope. */
  rawMessageDelivery?: boolean;
  /** On message attributes. */
  filterPolicy?: FilterPolicy;
}

const NAME = /^[A-Za-z0-9_-]{1,256}$/;

/** A standard topic. */
export function createTopic({ state, accountId }: Place, name: string, given: GivenTopic = {}): Topic {
  if (!NAME.test(name)) throw new Error(`A topic's name has 1 to 256 letters, digits, hyphens and underscores; it is "${name}".`);
  const arn = `arn:aws:sns:${state.region}:${accountId}:${name}`;
  if (state.topics.has(arn)) throw new Error(`The sandbox has a topic ${name} already.`);
  const topic: Topic = { name, arn, ...given, subscriptions: [] };
  state.topics.set(arn, topic);
  return topic;
}

/** Subscribes a queue of the same region, by its ARN. */
export function subscribe(place: Place, topicArn: string, protocol: 'sqs', endpoint: string, given: GivenSubscription = {}): Subscription {
  const topic = existing(place.state.topics, topicArn, 'topic');
  const queues = new Map([...place.state.queues.values()].map((queue) => [queue.arn, queue]));
  existing(queues, endpoint, 'queue');
  const { filterPolicy, rawMessageDelivery = false } = given;
  if (filterPolicy) checkFilterPolicy(filterPolicy);
  const arn = `${topicArn}:${place.newId('subscription').slice('subscription-'.length)}`;
  const subscription = { arn, protocol, endpoint, rawMessageDelivery, ...(filterPolicy ? { filterPolicy } : {}) };
  topic.subscriptions.push(subscription);
  return subscription;
}
