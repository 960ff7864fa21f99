import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostThatFit, trim } from '../../shared/render/json.ts';

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
