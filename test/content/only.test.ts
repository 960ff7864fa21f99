import { expect, it } from '@jest/globals';
import { only } from '../../shared/content/only.ts';

it('gives the fields that are named, in that order, and of them those that are known', () => {
  const from: { a: number; b?: string | undefined; secret: string; c: null } = { a: 1, b: undefined, secret: 'x', c: null };
  expect(Object.entries(only(from, 'c', 'b', 'a'))).toEqual([
    ['c', null],
    ['a', 1],
  ]);
});
