import { expect, it } from '@jest/globals';
import { labelsOf } from '../../shared/publishers/labels.ts';
import { memoryPublisher } from '../../shared/publishers/memory.ts';
import { suspect } from './announcements.ts';
import { publisherConformance } from './publisher-conformance.ts';

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
