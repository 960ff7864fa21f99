import { PublishBatchCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import type { Announcement, Delivery } from '../content/announcement.ts';
import { packed } from '../content/packs.ts';
import { labelsOf } from '../render/announced.ts';
import { type Batch, batchesOf } from '../render/batches.ts';
import { BATCH_MESSAGES, MESSAGE_BYTES } from '../render/limits.ts';
import type { Publisher } from './publisher.ts';
import { reasonOf, refusal } from './reason.ts';
import { chatEntry, type Entry, entryBytes, findingsEntry } from './sns-entry.ts';

/** The IAM actions that publishing takes: PublishBatch has none of its own. */
export const actions = ['sns:Publish'] as const;

// Explicit, because the SDK's defaults change with its releases. What three attempts do not deliver stays pending to the next run, and
// a topic that hangs must not use up the time of the audit that publishes to it.
const RELIABILITY = {
  maxAttempts: 3,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

/** The client of the region that the topics are in. */
export const snsClient = (region: string, overrides: Pick<SNSClientConfig, 'credentials' | 'endpoint'> = {}): SNSClient =>
  new SNSClient({ region, ...RELIABILITY, ...overrides });

export interface Topic {
  client: SNSClient;
  topicArn: string;
  /** Stable: what is pending names its publishers. */
  name: string;
}

/** Publishes to the findings topic, for programs and people. */
export const snsPublisher = (topic: Topic): TopicPublisher => topicPublisher(topic, findingsEntry);

/** Publishes to the topic that Amazon Q Developer in chat applications reads. */
export const chatPublisher = (topic: Topic): TopicPublisher => topicPublisher(topic, chatEntry);

/** A topic remembers nothing between runs. */
interface TopicPublisher extends Publisher {
  publish(announcements: readonly Announcement[]): Promise<readonly Delivery[]>;
}

/** A message, and the announcements that are delivered with it. */
interface Outgoing {
  batch: Batch;
  entry: Entry;
}

/** Why each announcement of a batch was not delivered, or undefined. */
type Outcome = readonly [Batch, reason: string | undefined];

function topicPublisher(topic: Topic, render: (batch: Batch) => Entry): TopicPublisher {
  return {
    name: topic.name,
    publish: async (announcements) => {
      const outcomes: Outcome[] = [];
      // One that cannot be rendered holds up no other.
      const attempt = <T>(batch: Batch, make: () => T[]): T[] => {
        try {
          return make();
        } catch (error) {
          outcomes.push([batch, `${topic.name} could not make a message of it: ${reasonOf(error)}`]);
          return [];
        }
      };
      const known = announcements.filter((announcement) => attempt([announcement], () => [labelsOf(announcement)]).length > 0);
      const batches = attempt(known, () => batchesOf(known));
      const outgoing = batches.flatMap((batch) => attempt(batch, (): Outgoing[] => [{ batch, entry: render(batch) }]));
      // 10 messages at most, which together are no larger than one may be.
      const requests = packed(outgoing, { most: BATCH_MESSAGES, size: MESSAGE_BYTES }, ({ entry }) => entryBytes(entry));
      for (const request of requests) outcomes.push(...(await send(topic, request)));
      return deliveriesOf(announcements, outcomes);
    },
  };
}

async function send({ client, topicArn }: Topic, request: readonly Outgoing[]): Promise<Outcome[]> {
  const entries = request.map(({ entry }, index) => ({ Id: String(index), ...entry }));
  try {
    const { Successful = [], Failed = [] } = await client.send(
      new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }),
    );
    const taken = new Set(Successful.map(({ Id }) => Id));
    const refused = new Map(Failed.map((failed) => [failed.Id, refusal(topicArn, failed)]));
    return request.map(({ batch }, index) => {
      const id = String(index);
      // An entry that the answer does not name was not taken as far as anybody knows.
      return [batch, refused.get(id) ?? (taken.has(id) ? undefined : `${topicArn} gave no answer for it`)];
    });
  } catch (error) {
    const reason = `sns:Publish to ${topicArn} failed: ${reasonOf(error)}`;
    return request.map(({ batch }) => [batch, reason]);
  }
}

function deliveriesOf(announcements: readonly Announcement[], outcomes: readonly Outcome[]): Delivery[] {
  const reasons = new Map(outcomes.flatMap(([batch, reason]) => batch.map((announcement) => [announcement, reason] as const)));
  return announcements.map((announcement) => {
    const { id } = announcement;
    // Nothing may pass for delivered because it was forgotten.
    const reason = reasons.has(announcement) ? reasons.get(announcement) : 'it was put into no message';
    return reason === undefined ? { id, delivered: true } : { id, delivered: false, reason };
  });
}
