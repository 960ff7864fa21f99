import { expect, it } from '@jest/globals';
import deleted from '../../../shared/rules/paths/security-group-deleted-but-referenced.ts';
import { denied } from '../../support/interfaces.ts';
import { group, NODE_GROUP, ok, POD_GROUP, pathSlices, refersTo, rule, rulesOf } from '../../support/path-slices.ts';
import { evaluate, type RuleCase, testRule } from '../../support/rule-tester.ts';

const GONE = 'sg-000000000000000dd';
const PEERED = { vpcId: 'vpc-00000000000000002', vpcPeeringConnectionId: 'pcx-00000000000000001', peeringStatus: 'active' };
const slices = (...changes: Parameters<typeof pathSlices>[1][]) => pathSlices(deleted, Object.assign({}, ...changes));
const referring = (peer: ReturnType<typeof refersTo>) => rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, { isEgress: false, peer })]) });
const asked = (answer: unknown) => ({ referencedGroups: { [GONE]: answer } }) as Parameters<typeof pathSlices>[1];
const expecting = (verdict: RuleCase['expect'][string]) => ({ expect: { [POD_GROUP]: verdict } });
const NOT_FOUND = asked(ok({ found: false }));

testRule(deleted, [
  { name: 'no rule refers to a group', slices: slices(), ...expecting('pass') },
  { name: 'the group exists', slices: slices(referring(refersTo(NODE_GROUP))), ...expecting('pass') },
  { name: 'EC2 knows no such group', slices: slices(referring(refersTo(GONE)), NOT_FOUND), ...expecting('fail') },
  { name: 'it exists, in another VPC', slices: slices(referring(refersTo(GONE)), asked(ok(group(GONE)))), ...expecting('pass') },
  {
    name: 'it could not be read',
    slices: slices(referring(refersTo(GONE)), asked(denied('ec2:DescribeSecurityGroups', GONE))),
    ...expecting('unknown'),
  },
  {
    name: 'a peer’s group without its owner',
    slices: slices(referring(refersTo(GONE, { ...PEERED, userId: undefined })), NOT_FOUND),
    ...expecting('fail'),
  },
  {
    name: 'a peer’s group of another account, which EC2 does not show us',
    slices: slices(referring(refersTo(GONE, { ...PEERED, userId: '999999999999' }))),
    ...expecting('pass'),
  },
  {
    name: 'it was not asked for, because nobody knows whose account the rule’s own group is',
    slices: slices(referring(refersTo(GONE)), { securityGroups: { [POD_GROUP]: denied('ec2:DescribeSecurityGroups', POD_GROUP) } }),
    ...expecting('unknown'),
  },
  {
    name: 'another account’s group in the same VPC',
    slices: slices(referring(refersTo(GONE, { userId: '999999999999' }))),
    ...expecting('pass'),
  },
  {
    name: 'the rules could not be read',
    slices: slices(rulesOf({ [POD_GROUP]: denied('ec2:DescribeSecurityGroupRules', POD_GROUP) })),
    ...expecting('unknown'),
  },
]);

it('gives the command that takes the dead rule away', () => {
  const [judged] = evaluate(deleted, { slices: slices(referring(refersTo(GONE)), NOT_FOUND) });
  expect(judged?.remedy?.commands).toEqual([
    expect.stringMatching(/^aws ec2 revoke-security-group-ingress .* --security-group-rule-ids sgr-\w+$/),
  ]);
});
