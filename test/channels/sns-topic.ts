// An SNS client that answers as a topic would, and keeps what it was sent.
import { type BatchResultErrorEntry, PublishBatchCommand, type PublishBatchRequestEntry, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import type { Publisher } from '../../shared/channels/publisher.ts';
import type { Topic } from '../../shared/channels/sns.ts';
import type { Posted } from './publisher-conformance.ts';

export const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:findings';

export type Refuse = (entry: PublishBatchRequestEntry) => Pick<BatchResultErrorEntry, 'Code' | 'Message'> | undefined;

export interface FakeTopic {
  topic: Topic;
  /** The entries of each request that reached the topic. */
  requests: PublishBatchRequestEntry[][];
  taken: PublishBatchRequestEntry[];
  answer: (refuse: Refuse) => void;
  fail: (error: Error) => void;
}

/** A topic that takes everything until it is told otherwise. */
export function fakeTopic(name: string): FakeTopic {
  const client = new SNSClient({ region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const mock = mockClient(client);
  const requests: PublishBatchRequestEntry[][] = [];
  const taken: PublishBatchRequestEntry[] = [];
  const answer = (refuse: Refuse) => {
    mock.on(PublishBatchCommand).callsFake(({ PublishBatchRequestEntries }: { PublishBatchRequestEntries: PublishBatchRequestEntry[] }) => {
      requests.push(PublishBatchRequestEntries);
      const refusals = PublishBatchRequestEntries.map((entry) => ({ entry, refused: refuse(entry) }));
      taken.push(...refusals.flatMap(({ entry, refused }) => (refused ? [] : [entry])));
      return {
        Successful: refusals.flatMap(({ entry, refused }) => (refused ? [] : [{ Id: entry.Id, MessageId: `message-${entry.Id}` }])),
        Failed: refusals.flatMap(({ entry, refused }) => (refused ? [{ Id: entry.Id, SenderFault: true, ...refused }] : [])),
      };
    });
  };
  answer(() => undefined);
  const fail = (error: Error) => {
    mock.on(PublishBatchCommand).rejects(error);
  };
  return { topic: { client, topicArn: TOPIC_ARN, name }, requests, taken, answer, fail };
}

/** A topic with a publisher, for the suite that every publisher passes. */
export function posted(name: string, make: (topic: Topic) => Publisher, subjectOf: (message: string) => string | undefined): Posted {
  const { topic, taken, answer, fail } = fakeTopic(name);
  return {
    publisher: make(topic),
    arrived: () => taken.flatMap(({ Message = '' }) => subjectOf(Message) ?? []),
    breakDown: (reason) => fail(new Error(reason)),
    refuse: (subject, Message) =>
      answer((entry) => (subjectOf(entry.Message ?? '') === subject ? { Code: 'InvalidParameter', Message } : undefined)),
    recover: () => answer(() => undefined),
  };
}
