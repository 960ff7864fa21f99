import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { wholeOf } from '../json/protocol.ts';
import type { MessageAttributes } from '../messages/attributes.ts';
import type { Queue, QueueMessage } from '../world/messaging.ts';
import { handleOf, namedQueue } from './queue.ts';
import { md5 } from './send.ts';

/** ReceiveMessage. It never waits: the sandbox's clock stands still, so nothing could arrive. */
export function receiveMessage(params: Params, context: CallContext) {
  const queue = namedQueue(params, context);
  const most = wholeOf(params, 'MaxNumberOfMessages', 1, 10) ?? 1;
  const hidden = wholeOf(params, 'VisibilityTimeout', 0, 43_200) ?? queue.visibilityTimeout;
  wholeOf(params, 'WaitTimeSeconds', 0, 20);
  const now = context.now.getTime();
  const due = redrive(queue, context).slice(0, most);
  for (const message of due) {
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    message.visibleAt = now + hidden * 1000;
  }
  const system = new Set([...namesOf(params.MessageSystemAttributeNames), ...namesOf(params.AttributeNames)]);
  return due.length === 0 ? {} : { Messages: due.map((message) => render(queue, message, system, namesOf(params.MessageAttributeNames))) };
}

/** The messages that can be received now; those that were received too often go to the dead-letter queue instead. */
function redrive(queue: Queue, { world, now }: CallContext): QueueMessage[] {
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt <= now.getTime());
  const policy = queue.redrive;
  const target = policy && world.state.queues.get(policy.deadLetterQueue);
  if (!policy || !target) return visible;
  const exhausted = new Set(visible.filter(({ receiveCount }) => receiveCount >= policy.maxReceiveCount));
  queue.messages = queue.messages.filter((message) => !exhausted.has(message));
  for (const message of exhausted) {
    const { firstReceivedAt: _, ...moved } = message;
    target.messages.push({ ...moved, visibleAt: now.getTime(), deadLetterSource: queue.arn });
  }
  return visible.filter((message) => !exhausted.has(message));
}

const namesOf = (value: Params[string] | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

function render(queue: Queue, message: QueueMessage, system: ReadonlySet<string>, wanted: readonly string[]) {
  const known: Record<string, string | undefined> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  const Attributes = Object.fromEntries(
    Object.entries(known).filter(([name, value]) => value !== undefined && (system.has(name) || system.has('All'))),
  );
  const attributes = chosen(message.attributes, wanted);
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(queue, message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  };
}

function chosen(attributes: MessageAttributes, wanted: readonly string[]) {
  const isWanted = (name: string) =>
    wanted.some((each) => each === name || each === 'All' || (each.endsWith('.*') && name.startsWith(each.slice(0, -1))));
  return Object.entries(attributes)
    .filter(([name]) => isWanted(name))
    .map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { DataType: dataType, ...(stringValue === undefined ? { BinaryValue: binaryValue } : { StringValue: stringValue }) },
    ]);
}
