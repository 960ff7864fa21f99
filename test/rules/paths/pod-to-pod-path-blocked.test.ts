import { expect, it } from '@jest/globals';
import podToPod from '../../../shared/rules/paths/pod-to-pod-path-blocked.ts';
import { denied } from '../../support/interfaces.ts';
import { NODE_GROUP, ok, POD_GROUP, pathSlices, refersTo, rule, rulesOf } from '../../support/path-slices.ts';
import { evaluate, type RuleCase, testRule } from '../../support/rule-tester.ts';

const slices = (...changes: Parameters<typeof pathSlices>[1][]) => pathSlices(podToPod, Object.assign({}, ...changes));
const groupHas = (...rules: ReturnType<typeof rule>[]) => rulesOf({ [POD_GROUP]: ok(rules) });
const expecting = (verdict: RuleCase['expect'][string]) => ({ expect: { [POD_GROUP]: verdict } });
const SELF = { isEgress: false, peer: refersTo(POD_GROUP) };

testRule(podToPod, [
  { name: 'all is open', slices: slices(), ...expecting('pass') },
  {
    name: 'the group lets itself in on one port',
    slices: slices(groupHas(rule(POD_GROUP), rule(POD_GROUP, { ...SELF, ipProtocol: 'udp', fromPort: 7946, toPort: 7946 }))),
    ...expecting('pass'),
  },
  {
    name: 'the group lets others in only',
    slices: slices(groupHas(rule(POD_GROUP), rule(POD_GROUP, { ...SELF, peer: refersTo(NODE_GROUP) }))),
    ...expecting('fail:blocked'),
  },
  { name: 'the group lets itself in, but nothing out', slices: slices(groupHas(rule(POD_GROUP, SELF))), ...expecting('fail:blocked') },
  {
    name: 'ICMP alone is no path',
    slices: slices(groupHas(rule(POD_GROUP, { ipProtocol: 'icmp' }), rule(POD_GROUP, { ...SELF, ipProtocol: 'icmp' }))),
    ...expecting('fail:blocked'),
  },
  {
    name: 'the rules could not be read',
    slices: slices(rulesOf({ [POD_GROUP]: denied('ec2:DescribeSecurityGroupRules', POD_GROUP) })),
    ...expecting('unknown'),
  },
]);

it('is low: isolation may be meant, and nothing is proposed that nobody asked for', () => {
  const [judged] = evaluate(podToPod, { slices: slices(groupHas()) });
  expect(podToPod.meta.severity).toBe('low');
  expect(judged?.remedy?.commands).toEqual([]);
  expect(judged?.evidence.paths).toMatchObject([
    { protocol: 'tcp', port: 'any', open: false },
    { protocol: 'udp', port: 'any', open: false },
  ]);
});
