import { expect, it } from '@jest/globals';
import { problemWith } from '../../../scripts/gen/scaffold.ts';

it.each(['orphaned-branch-eni', 'dns-path-blocked', 'ipv6-path-2'])('accepts the id %s', (id) => {
  expect(problemWith('paths', id)).toBeUndefined();
});

it.each(['', 'rule', 'OneRule', 'One-Rule', 'a_rule', 'a-rule-', 'a--rule', '2-rules', '../up-there', '--help', 'a-rule.ts', 'a-rule\n'])(
  'refuses the id %j, and names it',
  (id) => {
    expect(problemWith('paths', id)).toContain(JSON.stringify(id));
  },
);
