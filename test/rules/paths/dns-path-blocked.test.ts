import { expect, it } from '@jest/globals';
import { COREDNS_GROUP_TAG, POD_GROUP_TAG } from '../../../shared/domain/tags.ts';
import dns from '../../../shared/rules/paths/dns-path-blocked.ts';
import { CLUSTER, denied, eniId } from '../../support/interfaces.ts';
import {
  clusterIs,
  group,
  NODE_GROUP,
  node,
  OTHER_GROUP,
  ok,
  POD_GROUP,
  POD_SUBNET,
  pathSlices,
  pod,
  refersTo,
  rule,
  rulesOf,
} from '../../support/path-slices.ts';
import { evaluate, type RuleCase, testRule } from '../../support/rule-tester.ts';

const slices = (...changes: Parameters<typeof pathSlices>[1][]) => pathSlices(dns, Object.assign({}, ...changes));
const nodesAre = (...nodes: ReturnType<typeof node>[]) => ({ nodes: { [CLUSTER]: ok(nodes) } });
const [SHUT, SHUT_IN] = [{ [POD_GROUP]: ok([]) }, { [NODE_GROUP]: ok([rule(NODE_GROUP)]) }];
const tagged = (tag: string, id: string) => ({ taggedGroups: [group(id, { tags: { [tag]: CLUSTER } })] });

const CASES: RuleCase[] = [
  { name: 'all is open', slices: slices(), expect: { [POD_GROUP]: 'pass' } },
  { name: 'the pods’ side is shut', slices: slices(rulesOf(SHUT)), expect: { [POD_GROUP]: 'fail:blocked' } },
  { name: 'the side of CoreDNS is shut', slices: slices(rulesOf(SHUT_IN)), expect: { [POD_GROUP]: 'fail:blocked' } },
  {
    name: 'shut by certain rules, whatever the rules on the other side are',
    slices: slices(rulesOf({ ...SHUT, [NODE_GROUP]: denied('ec2:DescribeSecurityGroupRules', NODE_GROUP) })),
    expect: { [POD_GROUP]: 'fail:blocked' },
  },
  {
    name: 'the rules of CoreDNS could not be read',
    slices: slices(rulesOf({ [NODE_GROUP]: denied('ec2:DescribeSecurityGroupRules', NODE_GROUP) })),
    expect: { [POD_GROUP]: 'unknown' },
  },
  {
    name: 'the nodes could not be read',
    slices: slices({ nodes: { [CLUSTER]: denied('ec2:DescribeInstances', CLUSTER) } }),
    expect: { [POD_GROUP]: 'unknown' },
  },
  { name: 'there is no node', slices: slices(nodesAre()), expect: { [POD_GROUP]: 'unknown' } },
  { name: 'all nodes run Windows', slices: slices(nodesAre(node({ isLinux: false }))), expect: { [POD_GROUP]: 'unknown' } },
  { name: 'Auto Mode', slices: slices(clusterIs({ autoMode: true })), expect: { [POD_GROUP]: 'unknown' } },
  {
    name: 'the cluster could not be read',
    slices: slices({ podClusters: { [CLUSTER]: denied('eks:DescribeCluster', CLUSTER) } }),
    expect: { [POD_GROUP]: 'unknown' },
  },
  {
    name: 'the cluster is gone',
    slices: slices({ podClusters: { [CLUSTER]: ok({ found: false }) } }),
    expect: { [POD_GROUP]: 'not-applicable' },
  },
  { name: 'the cluster is going', slices: slices(clusterIs({ status: 'DELETING' })), expect: { [POD_GROUP]: 'not-applicable' } },
  {
    name: 'the cluster of today lives elsewhere',
    slices: slices(clusterIs({ vpcId: 'vpc-00000000000000001' })),
    expect: { [POD_GROUP]: 'not-applicable' },
  },
  { name: 'a pod that names no cluster', slices: slices({ podEnis: [pod({ tags: {} })] }), expect: { [POD_GROUP]: 'unknown' } },
  {
    name: 'a leftover that names no cluster is another rule’s',
    slices: slices({ podEnis: [pod({ tags: {}, status: 'available' })] }),
    expect: {},
  },
  { name: 'another account’s pod in a shared VPC', slices: slices({ podEnis: [pod({ ownerId: '999999999999' })] }), expect: {} },
  {
    name: 'an interface that is available for a moment',
    slices: slices({ podEnis: [pod({ status: 'available' })] }),
    expect: { [POD_GROUP]: 'pass' },
  },
  {
    name: 'two pods with the same groups in another order are one set',
    slices: slices({
      podEnis: [
        pod({ groups: [POD_GROUP, OTHER_GROUP].map((id) => ({ id, name: '' })) }),
        pod({ id: eniId(2), groups: [OTHER_GROUP, POD_GROUP].map((id) => ({ id, name: '' })) }),
      ],
    }),
    expect: { [`${POD_GROUP}+${OTHER_GROUP}`]: 'pass' },
  },
  {
    name: 'a tagged group that no pod has',
    slices: slices({ podEnis: [] }, tagged(POD_GROUP_TAG, OTHER_GROUP)),
    expect: { [OTHER_GROUP]: 'fail:blocked' },
  },
  {
    name: 'a tagged group that a pod has beside others is judged with them',
    slices: slices(
      { podEnis: [pod({ groups: [POD_GROUP, OTHER_GROUP].map((id) => ({ id, name: '' })) })] },
      tagged(POD_GROUP_TAG, OTHER_GROUP),
    ),
    expect: { [`${POD_GROUP}+${OTHER_GROUP}`]: 'pass' },
  },
  {
    name: 'a tagged group, and the subnets in which its pods would start could not be read',
    slices: slices(
      { podEnis: [], subnets: { [POD_SUBNET]: denied('ec2:DescribeSubnets', POD_SUBNET) } },
      tagged(POD_GROUP_TAG, OTHER_GROUP),
    ),
    expect: { [OTHER_GROUP]: 'unknown' },
  },
  {
    name: 'CoreDNS has a group that no interface holds',
    slices: slices(tagged(COREDNS_GROUP_TAG, OTHER_GROUP)),
    expect: { [POD_GROUP]: 'unknown' },
  },
  {
    name: 'CoreDNS has a group whose tag says yes, and names no cluster',
    slices: slices({ taggedGroups: [group(OTHER_GROUP, { tags: { [COREDNS_GROUP_TAG]: 'true' } })] }),
    expect: { [POD_GROUP]: 'unknown' },
  },
  {
    name: 'the group of another cluster’s CoreDNS',
    slices: slices({ taggedGroups: [group(OTHER_GROUP, { tags: { [COREDNS_GROUP_TAG]: 'other' } })] }),
    expect: { [POD_GROUP]: 'pass' },
  },
  {
    name: 'CoreDNS has the group that the cluster’s own tag names',
    slices: slices(clusterIs({ tags: { [COREDNS_GROUP_TAG]: OTHER_GROUP } })),
    expect: { [POD_GROUP]: 'unknown' },
  },
  {
    name: 'CoreDNS is a pod with a group of its own, which the tag tells',
    slices: slices(
      { podEnis: [pod(), pod({ id: eniId(2), groups: [{ id: OTHER_GROUP, name: 'dns' }], privateIpAddresses: ['10.0.1.53'] })] },
      rulesOf({ ...SHUT_IN, [OTHER_GROUP]: ok([rule(OTHER_GROUP), rule(OTHER_GROUP, { isEgress: false, peer: refersTo(POD_GROUP) })]) }),
      tagged(COREDNS_GROUP_TAG, OTHER_GROUP),
    ),
    expect: { [POD_GROUP]: 'pass', [OTHER_GROUP]: 'unknown' },
  },
  {
    name: 'the setting narrows where CoreDNS is',
    slices: slices(
      nodesAre(
        node(),
        node({ instanceId: 'i-00000000000000100', interfaces: node().interfaces.map((eni) => ({ ...eni, groups: [OTHER_GROUP] })) }),
      ),
    ),
    corednsSecurityGroups: [NODE_GROUP],
    expect: { [POD_GROUP]: 'pass' },
  },
  {
    name: 'without it, CoreDNS may be where pods are not let in',
    slices: slices(
      nodesAre(
        node(),
        node({ instanceId: 'i-00000000000000100', interfaces: node().interfaces.map((eni) => ({ ...eni, groups: [OTHER_GROUP] })) }),
      ),
    ),
    expect: { [POD_GROUP]: 'fail:partly-open' },
  },
];

testRule(dns, CASES);

it('judges IPv6 clusters by their IPv6 addresses', () => {
  const both = { privateIpAddresses: ['10.0.1.17'], ipv6Addresses: ['2001:db8::17'] };
  const nodes = { [CLUSTER]: ok([node({ interfaces: node().interfaces.map((eni) => ({ ...eni, ipv6Addresses: ['2001:db8::4'] })) })]) };
  const [judged] = evaluate(dns, { slices: slices({ podEnis: [pod(both)], nodes }, clusterIs({ ipFamily: 'ipv6' })) });
  // Every rule is about IPv4 only.
  expect(judged).toMatchObject({ verdict: 'fail', state: 'blocked' });
});

it('tells the path, the groups and the cluster, and gives a fix that is proven', () => {
  const [judged] = evaluate(dns, { slices: slices(rulesOf(SHUT)) });
  expect(judged?.cluster).toBe(CLUSTER);
  expect(judged?.evidence).toMatchObject({
    groups: [{ id: POD_GROUP, name: 'web' }],
    pods: 1,
    paths: [
      { protocol: 'udp', port: 53, open: false, side: 'egress' },
      { protocol: 'tcp', port: 53, open: false, side: 'egress' },
    ],
    terraform: expect.stringContaining('aws_vpc_security_group_egress_rule'),
  });
  expect(judged?.remedy?.commands.join('\n')).toMatch(/^aws ec2 authorize-security-group-egress .*sg-000000000000000aa/m);
});

it('means the same whatever the number of pods, and something else when another path is blocked', () => {
  const meaning = (...changes: Parameters<typeof pathSlices>[1][]) => evaluate(dns, { slices: slices(...changes) })[0]?.meaning;
  const udpOnly = rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, { ipProtocol: 'tcp', fromPort: 53, toPort: 53 })]) });
  expect(meaning(rulesOf(SHUT), { podEnis: [pod(), pod({ id: eniId(2), privateIpAddresses: ['10.0.1.18'] })] })).toBe(
    meaning(rulesOf(SHUT)),
  );
  expect(meaning(udpOnly)).not.toBe(meaning(rulesOf(SHUT)));
});
