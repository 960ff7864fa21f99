import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asText } from '../../shared/publishers/chat-text.ts';
import { chatEntry, findingsEntry } from '../../shared/publishers/entry.ts';
import { parcelsOf } from '../../shared/publishers/parcels.ts';
import { announcement, text } from './hostile.ts';
import { chatViolations, markupIn, snsViolations } from './sns-limits.ts';

describe('whatever is announced', () => {
  it('every message is one that SNS, SQS and e-mail take', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        expect(snsViolations(findingsEntry([one]))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('every chat message is one that Amazon Q Developer takes, and shows as text', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        const entry = chatEntry([one]);
        expect([...snsViolations(entry), ...chatViolations(entry.Message)]).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('so is every digest', () => {
    fc.assert(
      fc.property(fc.array(announcement, { minLength: 11, maxLength: 30 }), (all) => {
        const parcels = parcelsOf(all);
        expect(parcels.flat()).toHaveLength(all.length);
        expect(new Set(parcels.flat())).toEqual(new Set(all));
        for (const parcel of parcels) {
          const chat = chatEntry(parcel);
          expect([...snsViolations(findingsEntry(parcel)), ...snsViolations(chat), ...chatViolations(chat.Message)]).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same announcement makes the same message', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        expect(findingsEntry([one])).toEqual(findingsEntry([structuredClone(one)]));
      }),
      { numRuns: 50 },
    );
  });

  it('any name is text in a chat', () => {
    fc.assert(
      fc.property(text, (name) => expect(markupIn(asText(name))).toEqual([])),
      { numRuns: 20000 },
    );
  });
});
