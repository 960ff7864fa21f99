import { expect, it } from '@jest/globals';
import { ENFORCING_MODE_TAG, PROBE_PORTS_TAG } from '../../../shared/domain/tags.ts';
import probes from '../../../shared/rules/paths/probe-path-blocked.ts';
import { CLUSTER, denied } from '../../support/interfaces.ts';
import {
  clusterIs,
  group,
  NODE_GROUP,
  node,
  OTHER_GROUP,
  ok,
  POD_GROUP,
  pathSlices,
  pod,
  refersTo,
  rule,
  rulesOf,
} from '../../support/path-slices.ts';
import { evaluate, type RuleCase, testRule } from '../../support/rule-tester.ts';

const slices = (...changes: Parameters<typeof pathSlices>[1][]) => pathSlices(probes, Object.assign({}, ...changes));
const addonIs = (answer: unknown) => ({ cniAddons: { [CLUSTER]: answer } }) as Parameters<typeof pathSlices>[1];
const groupsAre = (tags: Record<string, string>) => ({
  securityGroups: {
    [POD_GROUP]: ok(group(POD_GROUP, { tags })),
    [OTHER_GROUP]: ok(group(OTHER_GROUP)),
    [NODE_GROUP]: ok(group(NODE_GROUP)),
  },
});
const SHUT = rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP)]) });
const onlyFromNodes = (port: number) =>
  rulesOf({
    [POD_GROUP]: ok([rule(POD_GROUP, { isEgress: false, ipProtocol: 'tcp', fromPort: port, toPort: port, peer: refersTo(NODE_GROUP) })]),
  });
const STANDARD = addonIs(ok({ found: true, enforcingMode: 'standard' }));
const SELF_MANAGED = addonIs(ok({ found: false }));
const UNREAD = addonIs(denied('eks:DescribeAddon', CLUSTER));
const expecting = (verdict: RuleCase['expect'][string]) => ({ expect: { [POD_GROUP]: verdict } });

testRule(probes, [
  { name: 'all is open, whatever the port', slices: slices(), ...expecting('pass') },
  { name: 'nothing is open, whatever the port', slices: slices(SHUT), ...expecting('fail:blocked') },
  { name: 'one port is open, and nobody told which one is probed', slices: slices(onlyFromNodes(8080)), ...expecting('unknown') },
  { name: 'it is the one that is probed, says the setting', slices: slices(onlyFromNodes(8080)), probePorts: [8080], ...expecting('pass') },
  { name: 'it is another one, says the setting', slices: slices(onlyFromNodes(8080)), probePorts: [9090], ...expecting('fail:blocked') },
  { name: 'one of two', slices: slices(onlyFromNodes(8080)), probePorts: [8080, 9090], ...expecting('fail:blocked') },
  {
    name: 'the tag counts before the setting',
    slices: slices(onlyFromNodes(8080), groupsAre({ [PROBE_PORTS_TAG]: '8080' })),
    probePorts: [9090],
    ...expecting('pass'),
  },
  {
    name: 'a tag of two ports',
    slices: slices(onlyFromNodes(8080), groupsAre({ [PROBE_PORTS_TAG]: '8080 9090' })),
    ...expecting('fail:blocked'),
  },
  { name: 'a tag that names no port', slices: slices(groupsAre({ [PROBE_PORTS_TAG]: '8080-8090' })), ...expecting('unknown') },
  {
    name: 'the tags could not be read',
    slices: slices({ securityGroups: { [POD_GROUP]: denied('ec2:DescribeSecurityGroups', POD_GROUP) } }),
    probePorts: [8080],
    ...expecting('unknown'),
  },
  {
    name: 'EC2 knows the group no more, so nobody tells its tags',
    slices: slices({ securityGroups: { [POD_GROUP]: ok({ found: false }) } }),
    probePorts: [8080],
    ...expecting('unknown'),
  },
  { name: 'standard mode needs no rule', slices: slices(SHUT, STANDARD), ...expecting('not-applicable') },
  { name: 'a self-managed CNI is taken for strict', slices: slices(SHUT, SELF_MANAGED), ...expecting('fail:blocked') },
  { name: 'the mode could not be read', slices: slices(SHUT, UNREAD), ...expecting('unknown') },
  {
    name: 'the tag says standard, and no add-on is asked',
    slices: slices(SHUT, { cniAddons: {} }, clusterIs({ tags: { [ENFORCING_MODE_TAG]: 'standard' } })),
    ...expecting('not-applicable'),
  },
  {
    name: 'the tag says strict, the add-on standard',
    slices: slices(SHUT, STANDARD, clusterIs({ tags: { [ENFORCING_MODE_TAG]: 'strict' } })),
    ...expecting('fail:blocked'),
  },
  {
    name: 'the tag says neither',
    slices: slices(SHUT, clusterIs({ tags: { [ENFORCING_MODE_TAG]: 'Standard' } })),
    ...expecting('unknown'),
  },
  { name: 'no node', slices: slices({ nodes: { [CLUSTER]: ok([]) } }), ...expecting('unknown') },
  {
    name: 'the nodes could not be read',
    slices: slices({ nodes: { [CLUSTER]: denied('ec2:DescribeInstances', CLUSTER) } }),
    ...expecting('unknown'),
  },
  {
    name: 'the kubelet speaks from the first address only',
    slices: slices(rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, { isEgress: false, peer: { kind: 'cidr-ipv4', cidr: '10.0.1.5/32' } })]) })),
    ...expecting('fail:blocked'),
  },
  {
    name: 'some nodes only',
    slices: slices(
      onlyFromNodes(8080),
      {
        nodes: {
          [CLUSTER]: ok([
            node(),
            node({ instanceId: 'i-00000000000000100', interfaces: node().interfaces.map((eni) => ({ ...eni, groups: [OTHER_GROUP] })) }),
          ]),
        },
        securityGroups: groupsAre({}).securityGroups,
      },
      rulesOf({ ...onlyFromNodes(8080).securityGroupRules, [OTHER_GROUP]: ok([rule(OTHER_GROUP)]) }),
    ),
    probePorts: [8080],
    ...expecting('fail:partly-open'),
  },
  {
    name: 'a node that can have no trunk probes no such pod',
    slices: slices(onlyFromNodes(8080), {
      nodes: {
        [CLUSTER]: ok([
          node(),
          node({
            instanceId: 'i-00000000000000100',
            instanceType: 't3.large',
            hasTrunk: false,
            interfaces: node().interfaces.map((eni) => ({ ...eni, groups: [OTHER_GROUP] })),
          }),
        ]),
      },
    }),
    probePorts: [8080],
    ...expecting('pass'),
  },
]);

it('says that the mode is assumed, and what would settle it', () => {
  const [judged] = evaluate(probes, { slices: slices(SHUT, SELF_MANAGED) });
  expect(judged?.evidence.mode).toMatchObject({ mode: 'strict', assumed: true, says: expect.stringContaining(ENFORCING_MODE_TAG) });
});

it('tells the open ports where nobody told which are probed', () => {
  const [judged] = evaluate(probes, { slices: slices(onlyFromNodes(8080)) });
  expect(judged?.summary).toContain('TCP 8080');
  expect(judged?.evidence).toMatchObject({ openPorts: { tcp: '8080' }, paths: [{ protocol: 'tcp', port: 'any', open: 'unknown' }] });
});

it('judges the union of the groups', () => {
  const both = pod({ groups: [POD_GROUP, OTHER_GROUP].map((id) => ({ id, name: '' })) });
  const rules = rulesOf({ [POD_GROUP]: ok([]), ...Object.fromEntries([[OTHER_GROUP, ok([rule(OTHER_GROUP, { isEgress: false })])]]) });
  const [judged] = evaluate(probes, { slices: slices({ podEnis: [both] }, rules), probePorts: [8080] });
  expect(judged).toMatchObject({ verdict: 'pass' });
});
