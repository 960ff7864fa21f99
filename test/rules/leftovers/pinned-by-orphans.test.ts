import { expect, it } from '@jest/globals';
import type { Holders, Pins } from '../../../shared/domain/inventory.ts';
import { readOk } from '../../../shared/domain/read.ts';
import rule from '../../../shared/rules/leftovers/pinned-by-orphans.ts';
import { AT, branchEni, CLUSTER, denied, eniId, found, gone, INSTANCE_ID, sighting, TRUNK_ID, trunkEni } from '../../support/interfaces.ts';
import { evaluate, type RuleCase, testRule } from '../../support/rule-tester.ts';

const GROUP = 'sg-0a1b2c3d4e5f60718';
const [ONE, TWO] = [eniId(1), eniId(2)];
const holders = (changes: Partial<Holders> = {}): Holders => ({
  name: 'payments-pods',
  leftovers: [ONE],
  other: undefined,
  referencedBy: [],
  ...changes,
});
const group = (changes: Partial<Holders> = {}): Pins => ({
  securityGroups: { [GROUP]: readOk(holders(changes), AT) },
  subnets: {},
  vpcs: {},
});

const world = (pins: Pins, changes: RuleCase['slices'] = {}): RuleCase['slices'] => ({
  branchEnis: [branchEni(), branchEni({ id: TWO, privateIpAddresses: ['10.0.1.18', '10.0.1.19'] })],
  trunkEnis: [trunkEni()],
  clusters: { [CLUSTER]: gone() },
  trunks: { [TRUNK_ID]: gone() },
  instances: { [INSTANCE_ID]: gone() },
  sightings: {},
  pins,
  ...changes,
});

const bothSeen = { [ONE]: sighting(), [TWO]: sighting({ interfaceId: TWO }) };

testRule(rule, [
  { name: 'only suspects hold it', slices: world(group()), expect: { [GROUP]: 'fail:suspect' } },
  {
    name: 'only orphans hold it',
    slices: world(group({ leftovers: [ONE, TWO] }), { sightings: bothSeen }),
    expect: { [GROUP]: 'fail:orphan' },
  },
  {
    name: 'one of them is a suspect still',
    slices: world(group({ leftovers: [ONE, TWO] }), { sightings: { [ONE]: sighting() } }),
    expect: { [GROUP]: 'fail:suspect' },
  },
  { name: 'an abandoned trunk holds it too', slices: world(group({ leftovers: [ONE, TRUNK_ID] })), expect: { [GROUP]: 'fail:suspect' } },
  {
    name: 'another interface holds it too',
    slices: world(group({ other: { id: eniId(9), description: 'ELB', status: 'in-use' } })),
    expect: { [GROUP]: 'pass' },
  },
  { name: 'rules of another group refer to it', slices: world(group({ referencedBy: ['sg-nodes'] })), expect: { [GROUP]: 'pass' } },
  { name: 'a default group', slices: world(group({ name: 'default' })), expect: { [GROUP]: 'pass' } },
  {
    name: 'a leftover of a live cluster holds it',
    slices: world(group(), { clusters: { [CLUSTER]: found() } }),
    expect: { [GROUP]: 'unknown' },
  },
  { name: 'a holder that the lists do not show', slices: world(group({ leftovers: [ONE, eniId(8)] })), expect: { [GROUP]: 'unknown' } },
  { name: 'no holder any more', slices: world(group({ leftovers: [] })), expect: { [GROUP]: 'unknown' } },
  {
    name: 'its holders were denied',
    slices: world({ securityGroups: { [GROUP]: denied('ec2:DescribeNetworkInterfaces', GROUP) }, subnets: {}, vpcs: {} }),
    expect: { [GROUP]: 'unknown' },
  },
  {
    name: 'subnets and VPCs alike',
    slices: world({ securityGroups: {}, subnets: { 'subnet-1': readOk(holders(), AT) }, vpcs: { 'vpc-1': readOk(holders(), AT) } }),
    expect: { 'subnet-1': 'fail:suspect', 'vpc-1': 'fail:suspect' },
  },
]);

it('tells the unlock set and the addresses that come back', () => {
  const [judgement] = evaluate(rule, { slices: world(group({ leftovers: [ONE, TWO] })) });
  expect(judgement?.evidence).toEqual({ name: 'payments-pods', unlockSet: [ONE, TWO], trunks: [], addressesReturned: 3 });
  expect(judgement?.cluster).toBe(CLUSTER);
});
