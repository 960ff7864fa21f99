import untagged from '../../../shared/rules/paths/untagged-for-load-balancer-controller.ts';
import { CLUSTER, denied } from '../../support/interfaces.ts';
import { group, OTHER_GROUP, ok, POD_GROUP, pathSlices, pod } from '../../support/path-slices.ts';
import { type RuleCase, testRule } from '../../support/rule-tester.ts';

const KEY = `kubernetes.io/cluster/${CLUSTER}`;
const BOTH = `${POD_GROUP}+${OTHER_GROUP}`;
const two = { podEnis: [pod({ groups: [POD_GROUP, OTHER_GROUP].map((id) => ({ id, name: '' })) })] };
const slices = (...changes: Parameters<typeof pathSlices>[1][]) => pathSlices(untagged, Object.assign({}, ...changes));
const tagged = (...each: Record<string, string>[]) => ({
  securityGroups: Object.fromEntries([POD_GROUP, OTHER_GROUP].map((id, index) => [id, ok(group(id, { tags: each[index] ?? {} }))])),
});
const expecting = (verdict: RuleCase['expect'][string]) => ({ expect: { [BOTH]: verdict } });

testRule(untagged, [
  { name: 'one group needs no tag', slices: slices(), expect: { [POD_GROUP]: 'pass' } },
  { name: 'none of two', slices: slices(two), ...expecting('fail') },
  { name: 'one of two, shared', slices: slices(two, tagged({ [KEY]: 'shared' })), ...expecting('pass') },
  { name: 'one of two, owned', slices: slices(two, tagged({}, { [KEY]: 'owned' })), ...expecting('pass') },
  { name: 'both', slices: slices(two, tagged({ [KEY]: 'owned' }, { [KEY]: 'shared' })), ...expecting('fail') },
  {
    name: 'one of two, with another cluster',
    slices: slices(two, tagged({ 'kubernetes.io/cluster/other': 'owned' })),
    ...expecting('fail'),
  },
  {
    name: 'the tags of one could not be read',
    slices: slices(two, {
      securityGroups: { ...tagged({ [KEY]: 'owned' }).securityGroups, [OTHER_GROUP]: denied('ec2:DescribeSecurityGroups', OTHER_GROUP) },
    }),
    ...expecting('unknown'),
  },
  {
    name: 'one of them is gone, says EC2',
    slices: slices(two, { securityGroups: { ...tagged({ [KEY]: 'owned' }).securityGroups, [OTHER_GROUP]: ok({ found: false }) } }),
    ...expecting('unknown'),
  },
]);
