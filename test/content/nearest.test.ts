import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../shared/content/nearest.ts';

const COMMANDS = ['audit', 'preflight', 'rules'];

describe('the nearest known word', () => {
  it.each([
    ['adit', 'audit'],
    ['auidt', 'audit'],
    ['AUDIT', 'audit'],
    ['pre', 'preflight'],
    ['prefligth', 'preflight'],
    ['rule', 'rules'],
    ['x', undefined],
    ['deploy', undefined],
    ['', undefined],
    ['a'.repeat(10_000), undefined],
  ])('to %s is %s', (word, meant) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });
});
