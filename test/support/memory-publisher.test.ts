import { expect, it } from '@jest/globals';
import { labelsOf } from '../../shared/render/announced.ts';
import { publisherConformance } from '../channels/publisher-conformance.ts';
import { suspect } from '../render/announcements.ts';
import { memoryPublisher } from './memory-publisher.ts';

publisherConformance('memoryPublisher', () => {
  const publisher = memoryPublisher('memory');
  return {
    publisher,
    arrived: () => publisher.delivered.map((announcement) => labelsOf(announcement).subject),
    breakDown: (reason) => publisher.fail(() => reason),
    refuse: (subject, reason) => publisher.fail((announcement) => (labelsOf(announcement).subject === subject ? reason : undefined)),
    recover: () => publisher.fail(undefined),
  };
});

it('records what it was given, not what becomes of it', async () => {
  const publisher = memoryPublisher();
  const announcement = suspect(1);
  await publisher.publish([announcement]);
  Object.assign(announcement, { id: 'changed' });
  expect(publisher.delivered).toEqual([suspect(1)]);
});
