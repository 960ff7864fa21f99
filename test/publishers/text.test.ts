import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostThatFit, trim } from '../../shared/publishers/json.ts';
import { afterFirstClause, ascii, bytesOf, cut, firstClause, linesWithin, minuteOf, names } from '../../shared/publishers/text.ts';

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

describe('a sentence', () => {
  it.each([
    ['eni-1 is gone: EC2 said so', 'eni-1 is gone', 'EC2 said so'],
    ['sg-1 is held; 2 addresses: back', 'sg-1 is held', '2 addresses: back'],
    ['Nothing is left.', 'Nothing is left', ''],
    ['at 18:00 in arn:aws:eks', 'at 18:00 in arn:aws:eks', ''],
    ['', '', ''],
  ])('%j says %j, and in detail %j', (sentence, clause, details) => {
    expect([firstClause(sentence), afterFirstClause(sentence)]).toEqual([clause, details]);
  });

  it('names a cluster only as a word of its own', () => {
    expect([names('the cluster a-b', 'a-b'), names('the cluster a-b', 'a'), names('eni-1 of e', 'e')]).toEqual([true, false, true]);
  });
});

describe('lines and times', () => {
  it('whole lines only', () => {
    expect(linesWithin(12, ['one', 'two', 'three'])).toEqual(['one', 'two', '…']);
    expect(linesWithin(20, ['one', 'two', 'three'])).toEqual(['one', 'two', 'three']);
  });

  it('times to the minute, and what is none as it is', () => {
    expect([minuteOf('2026-11-20T18:00:59.999Z'), minuteOf('yesterday')]).toEqual(['2026-11-20 18:00 UTC', 'yesterday']);
  });

  it('ASCII as near as it comes', () => {
    expect(ascii(' Zürich\t東京 ﬁ\u0000 ')).toBe('Zurich ?? fi');
  });
});

describe('trim', () => {
  const caps = { text: 8, items: 2, depth: 2, details: true };

  it.each<[string, unknown, unknown, boolean]>([
    ['what fits', { a: ['x', 1, null, true].slice(0, 2) }, { a: ['x', 1] }, false],
    ['a long text', 'abcdefghijk', 'abcde…', true],
    ['many items', [1, 2, 3], [1, 2], true],
    ['many keys', { a: 1, b: 2, c: 3 }, { a: 1, b: 2 }, true],
    ['depth', { a: { b: { c: 1 } } }, { a: { b: '…' } }, true],
    ['what JSON lacks', [undefined, 10n], [null, '10'], false],
    ['no number', Number.NaN, 'NaN', false],
  ])('%s', (_, from, to, trimmed) => {
    expect(trim(from, caps)).toEqual({ value: to, trimmed });
  });
});

it('mostThatFit finds the most', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (all, limit) => {
      expect(mostThatFit(all, (n) => n <= limit)).toBe(Math.min(all, limit));
    }),
  );
});
