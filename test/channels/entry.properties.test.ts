import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chatEntry, findingsEntry } from '../../shared/channels/sns-entry.ts';
import { batchesOf } from '../../shared/render/batches.ts';
import { asText } from '../../shared/render/chat-text.ts';
import { announcement, text } from '../render/hostile.ts';
import { runs } from '../support/runs.ts';
import { chatViolations, markupIn, snsViolations } from './sns-limits.ts';

describe('whatever is announced', () => {
  it('every message is one that SNS, SQS and e-mail take', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        expect(snsViolations(findingsEntry([one]))).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  it('every chat message is one that Amazon Q Developer takes, and shows as text', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        const entry = chatEntry([one]);
        expect([...snsViolations(entry), ...chatViolations(entry.Message)]).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  it('so is every digest', () => {
    fc.assert(
      fc.property(fc.array(announcement, { minLength: 11, maxLength: 30 }), (all) => {
        const batches = batchesOf(all);
        expect(batches.flat()).toHaveLength(all.length);
        expect(new Set(batches.flat())).toEqual(new Set(all));
        for (const batch of batches) {
          const chat = chatEntry(batch);
          expect([...snsViolations(findingsEntry(batch)), ...snsViolations(chat), ...chatViolations(chat.Message)]).toEqual([]);
        }
      }),
      { numRuns: runs(20) },
    );
  });

  it('the same announcement makes the same message', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        expect(findingsEntry([one])).toEqual(findingsEntry([structuredClone(one)]));
      }),
      { numRuns: runs(50) },
    );
  });

  it('any name is text in a chat', () => {
    fc.assert(fc.property(text, (name) => expect(markupIn(asText(name))).toEqual([])));
  });
});
