import { describe, expect, it } from '@jest/globals';
import { count, list, names, shortList, verb } from '../../shared/content/words.ts';

describe('count and verb', () => {
  it.each([
    [1, 'branch interface', 'serve', '1 branch interface serves'],
    [2, 'branch interface', 'serve', '2 branch interfaces serve'],
    [0, 'address', 'be', '0 addresses are'],
    [1, 'address', 'be', '1 address is'],
    [1_200, 'policy', 'have', '1,200 policies have'],
    [1, 'policy', 'have', '1 policy has'],
    [2, 'day', 'pass', '2 days pass'],
    [1, 'switch', 'pass', '1 switch passes'],
    [3, 'box', 'carry', '3 boxes carry'],
    [1, 'box', 'carry', '1 box carries'],
  ])('%d %s %s', (n, noun, does, says) => {
    expect(`${count(n, noun)} ${verb(n, does)}`).toBe(says);
  });

  it('takes the plural of what is no single word', () => {
    expect(count(2, 'set without DNS', 'sets without DNS')).toBe('2 sets without DNS');
  });
});

it('makes lists as English has them', () => {
  expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c, d'])]).toEqual(['', 'a', 'a and b', 'a, b and c, d']);
  expect([shortList(['a', 'b'], 2), shortList(['a', 'b', 'c'], 1)]).toEqual(['a, b', 'a and 2 more']);
});

it('names a cluster only as a word of its own', () => {
  expect([names('the cluster a-b', 'a-b'), names('the cluster a-b', 'a'), names('eni-1 of e', 'e')]).toEqual([true, false, true]);
});
