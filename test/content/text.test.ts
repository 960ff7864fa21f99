import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ascii, bytesOf, cut, linesWithin } from '../../shared/content/text.ts';

describe('cut', () => {
  it('keeps what fits, and never half a character', () => {
    expect([cut('abc', 3), cut('abcd', 3), cut('ééé', 6), cut('😀😀', 7), cut('abcdef', 5, '...')]).toEqual([
      'abc',
      '…',
      'ééé',
      '😀…',
      'ab...',
    ]);
  });

  it('never exceeds its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 40 }), (text, most) => {
        const short = cut(text, most);
        expect(bytesOf(short)).toBeLessThanOrEqual(most);
        if (bytesOf(text) <= most) expect(short).toBe(text);
      }),
    );
  });
});

it('keeps whole lines only', () => {
  expect(linesWithin(12, ['one', 'two', 'three'])).toEqual(['one', 'two', '…']);
  expect(linesWithin(20, ['one', 'two', 'three'])).toEqual(['one', 'two', 'three']);
});

it('makes ASCII of a text as near as it comes', () => {
  expect(ascii(' Zürich\t東京 ﬁ\u0000 ')).toBe('Zurich ?? fi');
});
