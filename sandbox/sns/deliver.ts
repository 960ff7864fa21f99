import type { CallContext } from '../http/service.ts';
import type { MessageAttributes } from '../messages/attributes.ts';
import type { Queue, Subscription, Topic } from '../world/messaging.ts';
import { enqueue, messageSize } from '../world/queues.ts';
import { passes } from './filter.ts';
import type { TopicMessage } from './message.ts';
import type { Published } from './published.ts';

// Lambda and others pass on at most so many of a raw message; SNS gives a delivery with more up.
const MAX_RAW_ATTRIBUTES = 10;

/** Brings a message to the queues whose filter policy lets it through. */
export function deliver(
  topic: Topic,
  message: TopicMessage,
  messageId: string,
  { world, now }: CallContext,
): Pick<Published, 'deliveredTo' | 'dropped'> {
  const deliveredTo: string[] = [];
  const dropped: { endpoint: string; reason: string }[] = [];
  for (const subscription of topic.subscriptions) {
    const { endpoint, filterPolicy, rawMessageDelivery } = subscription;
    if (filterPolicy && !passes(filterPolicy, message.attributes)) continue;
    const queue = [...world.state.queues.values()].find(({ arn }) => arn === endpoint);
    const body = rawMessageDelivery ? textFor(message) : envelope(topic, subscription, message, messageId, now);
    const attributes = rawMessageDelivery ? message.attributes : {};
    const reason = refusal(queue, body, attributes);
    if (!queue || reason !== undefined) {
      dropped.push({ endpoint, reason: reason ?? 'the queue does not exist' });
      continue;
    }
    enqueue(queue, { body, attributes, senderId: 'AIDASNSSANDBOX0000000', now });
    deliveredTo.push(endpoint);
  }
  return { deliveredTo, dropped };
}

const textFor = ({ texts, message }: TopicMessage): string => texts.sqs ?? texts.default ?? message;

function refusal(queue: Queue | undefined, body: string, attributes: MessageAttributes): string | undefined {
  if (Object.keys(attributes).length > MAX_RAW_ATTRIBUTES) return `raw delivery takes ${MAX_RAW_ATTRIBUTES} attributes at most`;
  if (queue && messageSize(body, attributes) > queue.maximumMessageSize) return `larger than the queue's ${queue.maximumMessageSize} bytes`;
  return undefined;
}

// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html; the signature signs nothing.
function envelope(topic: Topic, subscription: Subscription, message: TopicMessage, messageId: string, now: Date): string {
  const host = `https://sns.${topic.arn.split(':')[3]}.amazonaws.com`;
  const attributes = Object.entries(message.attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
    name,
    { Type: dataType, Value: stringValue ?? binaryValue },
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topic.arn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: textFor(message),
    Timestamp: now.toISOString(),
    SignatureVersion: '1',
    Signature: 'U0FOREJPWA==',
    SigningCertURL: `${host}/SimpleNotificationService-00000000000000000000000000000000.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  });
}
