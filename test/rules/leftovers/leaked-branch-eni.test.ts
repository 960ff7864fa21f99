import { expect, it } from '@jest/globals';
import { CLUSTER_NAME_TAG } from '../../../shared/domain/tags.ts';
import rule from '../../../shared/rules/leftovers/leaked-branch-eni.ts';
import { branchEni, branchTags, CLUSTER, denied, eniId, found, gone, sighting } from '../../support/interfaces.ts';
import { evaluate, testRule } from '../../support/rule-tester.ts';

const ENI = eniId(1);
const alive = { [CLUSTER]: found() };
const leak = (minutes: number, count = 2) => {
  const newest = Date.parse(sighting().newest);
  return { [ENI]: sighting({ as: 'leak', first: new Date(newest - minutes * 60_000).toISOString(), count }) };
};

testRule(rule, [
  { name: 'first sighting', slices: { branchEnis: [branchEni()], clusters: alive, sightings: {} }, expect: { [ENI]: 'fail:suspect' } },
  {
    name: 'seen for 59 minutes',
    slices: { branchEnis: [branchEni()], clusters: alive, sightings: leak(59) },
    expect: { [ENI]: 'fail:suspect' },
  },
  {
    name: 'seen for an hour',
    slices: { branchEnis: [branchEni()], clusters: alive, sightings: leak(60) },
    expect: { [ENI]: 'fail:leaked' },
  },
  {
    name: 'the minimum age of orphans does not shorten the hour',
    slices: { branchEnis: [branchEni()], clusters: alive, sightings: leak(30) },
    minOrphanAgeMinutes: 0,
    expect: { [ENI]: 'fail:suspect' },
  },
  {
    name: 'cluster gone',
    slices: { branchEnis: [branchEni()], clusters: { [CLUSTER]: gone() }, sightings: {} },
    expect: { [ENI]: 'not-applicable' },
  },
  {
    name: 'cluster DELETING: its controller collects nothing any more',
    slices: { branchEnis: [branchEni()], clusters: { [CLUSTER]: found({ status: 'DELETING' }) }, sightings: {} },
    expect: { [ENI]: 'not-applicable' },
  },
  {
    name: 'a cluster of that name in another VPC',
    slices: { branchEnis: [branchEni()], clusters: { [CLUSTER]: found({ vpcId: 'vpc-0fffffffffffffff0' }) }, sightings: {} },
    expect: { [ENI]: 'not-applicable' },
  },
  {
    name: 'two cluster tags, the alive one collects',
    slices: {
      branchEnis: [branchEni({ tags: { ...branchTags(), [CLUSTER_NAME_TAG]: 'other' } })],
      clusters: { [CLUSTER]: gone(), other: found({ name: 'other' }) },
      sightings: {},
    },
    expect: { [ENI]: 'fail:suspect' },
  },
  {
    name: 'DescribeCluster denied',
    slices: { branchEnis: [branchEni()], clusters: { [CLUSTER]: denied('eks:DescribeCluster') }, sightings: {} },
    expect: { [ENI]: 'unknown' },
  },
  {
    name: 'operated by Auto Mode',
    slices: { branchEnis: [branchEni({ operator: 'eks.amazonaws.com' })], clusters: alive, sightings: {} },
    expect: { [ENI]: 'not-applicable' },
  },
]);

it('tells nobody of a suspect, and everybody of a leak', () => {
  const quiet = (minutes: number) =>
    evaluate(rule, { slices: { branchEnis: [branchEni()], clusters: alive, sightings: leak(minutes) } }).map(
      (judgement) => judgement.quiet,
    );
  expect(quiet(10)).toEqual([true]);
  expect(quiet(60)).toEqual([false]);
});
