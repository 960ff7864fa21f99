import { expect, it } from '@jest/globals';
import type { ReadFailure } from '../../../shared/domain/read.ts';
import rule from '../../../shared/rules/coverage/coverage-gap.ts';
import { evaluate, testRule } from '../../support/rule-tester.ts';

const failure = (item: string, changes: Partial<ReadFailure> = {}): ReadFailure => ({
  cause: 'denied',
  action: 'eks:DescribeCluster',
  item,
  code: 'AccessDeniedException',
  message: 'not authorized',
  ...changes,
});

testRule(rule, [
  { name: 'read in full', slices: { coverage: [{ slice: 'clusters', failures: [] }] }, expect: { clusters: 'pass' } },
  { name: 'one item denied', slices: { coverage: [{ slice: 'clusters', failures: [failure('a')] }] }, expect: { clusters: 'fail' } },
  {
    name: 'not asked for because of an earlier gap',
    slices: { coverage: [{ slice: 'trunks', failures: [failure('a', { cause: 'not-asked' })] }] },
    expect: { trunks: 'unknown' },
  },
]);

it('names the missing permission and every item', () => {
  const [judgement] = evaluate(rule, { slices: { coverage: [{ slice: 'clusters', failures: [failure('a'), failure('b')] }] } });
  expect(judgement?.evidence).toMatchObject({ permission: 'eks:DescribeCluster', items: [{ item: 'a' }, { item: 'b' }] });
  expect(judgement?.remedy?.summary).toContain('Allow eks:DescribeCluster');
});

it('means the same whichever items are denied, and something else when the cause changes', () => {
  const meaning = (...failures: ReadFailure[]) => evaluate(rule, { slices: { coverage: [{ slice: 'clusters', failures }] } })[0]?.meaning;
  expect(meaning(failure('a'), failure('b'))).toBe(meaning(failure('c')));
  expect(meaning(failure('a'))).not.toBe(meaning(failure('a', { cause: 'throttled' })));
});
