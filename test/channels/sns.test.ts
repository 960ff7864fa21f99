import { describe, expect, it } from '@jest/globals';
import { actions, chatPublisher, snsClient, snsPublisher } from '../../shared/channels/sns.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { many, orphan, suspect, told } from '../render/announcements.ts';
import { leftover } from '../support/leftovers.ts';
import { eniId } from '../support/reports.ts';
import { publisherConformance } from './publisher-conformance.ts';
import { sizeOf, snsViolations } from './sns-limits.ts';
import { fakeTopic, posted, TOPIC_ARN } from './sns-topic.ts';

publisherConformance('snsPublisher', () =>
  posted('sns', snsPublisher, (message) => {
    const { subject, cluster, kind, planId } = JSON.parse(JSON.parse(message).default);
    return kind === 'digest' ? undefined : (subject?.id ?? planId ?? cluster);
  }),
);
publisherConformance('chatPublisher', () =>
  posted('chat', chatPublisher, (message) => {
    const { additionalContext, eventType } = JSON.parse(message).metadata;
    return eventType === 'digest' ? undefined : additionalContext.subject;
  }),
);

const heavy = (n: number): Announcement =>
  told('opened', { ...leftover(n), evidence: { list: Array.from({ length: 35 }, () => 'x'.repeat(3_500)) } });

describe('what is sent to the findings topic', () => {
  it('is a batch of messages: programs get JSON, e-mail gets the text, a text message the subject', async () => {
    const { topic, requests } = fakeTopic('sns');
    await snsPublisher(topic).publish([orphan(1)]);
    expect(requests).toHaveLength(1);
    const [entry, ...more] = requests[0] ?? [];
    expect(more).toEqual([]);
    expect(entry).toEqual({
      Id: '0',
      Subject: '[HIGH] eni-00000000000000001 is an orphan of the deleted cluster payments (eu-west-1)',
      Message: expect.any(String),
      MessageStructure: 'json',
      MessageAttributes: expect.objectContaining({ transition: { DataType: 'String', StringValue: 'changed' } }),
    });
    const forms = JSON.parse(entry?.Message ?? '');
    expect(Object.keys(forms).sort()).toEqual(['default', 'email', 'sms']);
    expect(JSON.parse(forms.default)).toMatchObject({ schemaVersion: 1, kind: 'transition', id: orphan(1).id });
    expect(forms.email).toContain('What to do: Delete it; nothing uses it any more.\n    aws ec2 delete-network-interface');
    expect(forms.sms).toBe(entry?.Subject);
  });

  it('is one request for ten, and one message for many', async () => {
    const { topic, requests } = fakeTopic('sns');
    const publisher = snsPublisher(topic);
    await publisher.publish(many(10));
    await publisher.publish(many(5_000));
    expect(requests.map((entries) => entries.map(({ Id }) => Id))).toEqual([['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], ['0']]);
    expect(requests.flat().flatMap(snsViolations)).toEqual([]);
  });

  it('is split where a batch would be larger than SNS takes', async () => {
    const { topic, requests } = fakeTopic('sns');
    await snsPublisher(topic).publish([heavy(1), suspect(2), heavy(3), suspect(4)]);
    expect(requests.map((entries) => entries.length)).toEqual([2, 2]);
    for (const entries of requests) expect(entries.reduce((sum, entry) => sum + sizeOf(entry), 0)).toBeLessThanOrEqual(200 * 1024);
  });
});

describe('what is sent to the chat topic', () => {
  it('is the schema and nothing else', async () => {
    const { topic, requests } = fakeTopic('chat');
    await chatPublisher(topic).publish([orphan(1)]);
    expect(requests.flat()).toEqual([{ Id: '0', Message: expect.any(String), MessageAttributes: expect.any(Object) }]);
    expect(JSON.parse(requests.flat()[0]?.Message ?? '')).toMatchObject({ version: '1.0', source: 'custom' });
  });
});

describe('what SNS does not take', () => {
  it('is undelivered for the reason that SNS gives, with what to do about it', async () => {
    const { topic, answer } = fakeTopic('sns');
    answer(({ Id }) => (Id === '1' ? { Code: 'KMSAccessDenied', Message: 'not authorized' } : undefined));
    const [first, refused] = await snsPublisher(topic).publish([suspect(1), suspect(2)]);
    expect(first).toEqual({ id: suspect(1).id, delivered: true });
    expect(refused).toHaveProperty(
      'reason',
      expect.stringMatching(/^arn:aws:sns:\S+ refused it: KMSAccessDenied: not authorized; allow kms:GenerateDataKey/),
    );
  });

  it('takes all that a refused digest told of with it', async () => {
    const { topic, answer } = fakeTopic('sns');
    answer(() => ({ Code: 'InternalError', Message: 'again' }));
    const deliveries = await snsPublisher(topic).publish(many(30));
    expect(new Set(deliveries.map((delivery) => (delivery.delivered ? '' : delivery.reason)))).toEqual(
      new Set([`${TOPIC_ARN} refused it: InternalError: again`]),
    );
  });

  it('is what its answer does not name', async () => {
    const { topic } = fakeTopic('sns');
    topic.client.send = async () => ({ Successful: [{ Id: '0' }] });
    expect(await snsPublisher(topic).publish([suspect(1), suspect(2)])).toEqual([
      { id: suspect(1).id, delivered: true },
      { id: suspect(2).id, delivered: false, reason: `${TOPIC_ARN} gave no answer for it` },
    ]);
  });

  it('holds up no other batch', async () => {
    const { topic, requests, taken, answer } = fakeTopic('sns');
    answer(() => {
      if (requests.length === 1) throw Object.assign(new Error('no'), { name: 'AuthorizationErrorException' });
      return undefined;
    });
    const deliveries = await snsPublisher(topic).publish([heavy(1), heavy(2)]);
    expect(deliveries.map(({ delivered }) => delivered)).toEqual([false, true]);
    expect(deliveries[0]).toHaveProperty(
      'reason',
      expect.stringMatching(/^sns:Publish to arn:.* failed: Author.*: no; allow sns:Publish on the topic/),
    );
    expect(taken).toHaveLength(1);
  });

  it('is what cannot be rendered; the others go out', async () => {
    const { topic, taken } = fakeTopic('sns');
    const evidence = {
      get proof(): never {
        throw new Error('broken evidence');
      },
    };
    const broken = told('opened', { ...leftover(2), evidence });
    const deliveries = await snsPublisher(topic).publish([suspect(1), broken]);
    expect(deliveries).toEqual([
      { id: suspect(1).id, delivered: true },
      { id: broken.id, delivered: false, reason: 'sns could not make a message of it: broken evidence' },
    ]);
    expect(taken.map(({ Message = '' }) => JSON.parse(JSON.parse(Message).default).subject.id)).toEqual([eniId(1)]);
  });
});

describe('an announcement of no known shape', () => {
  it('is undelivered, and holds up nobody', async () => {
    const { topic, taken } = fakeTopic('sns');
    const strange: Announcement = JSON.parse('{"id": "x", "kind": "gossip"}');
    const [refused, ...others] = await snsPublisher(topic).publish([strange, ...many(2)]);
    expect(refused).toEqual({ id: 'x', delivered: false, reason: expect.stringContaining('could not make a message of it') });
    expect(others.map(({ delivered }) => delivered)).toEqual([true, true]);
    expect(taken).toHaveLength(2);
  });
});

describe('the client', () => {
  it('has explicit retries, and an end to waiting', async () => {
    const client = snsClient('eu-central-1', { endpoint: 'http://127.0.0.1:1' });
    expect(await client.config.maxAttempts()).toBe(3);
    expect(await client.config.region()).toBe('eu-central-1');
  });

  it('needs no other permission than sns:Publish', () => {
    expect(actions).toEqual(['sns:Publish']);
  });
});
