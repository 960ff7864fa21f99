import { INSTANCE_TAG } from '../../../shared/domain/tags.ts';
import rule from '../../../shared/rules/leftovers/orphaned-trunk-eni.ts';
import { CLUSTER, denied, found, gone, INSTANCE_ID, instance, sighting, TRUNK_ID, trunkEni, trunkTags } from '../../support/interfaces.ts';
import { testRule } from '../../support/rule-tester.ts';

const base = { trunkEnis: [trunkEni()], clusters: { [CLUSTER]: gone() }, instances: { [INSTANCE_ID]: gone() }, sightings: {} };
const seen = { [TRUNK_ID]: sighting({ interfaceId: TRUNK_ID, list: 'trunkEnis' }) };
const untagged = Object.fromEntries(Object.entries(trunkTags()).filter(([key]) => key !== INSTANCE_TAG));

testRule(rule, [
  { name: 'first sighting', slices: base, expect: { [TRUNK_ID]: 'fail:suspect' } },
  { name: 'seen long enough', slices: { ...base, sightings: seen }, expect: { [TRUNK_ID]: 'fail:orphan' } },
  { name: 'cluster alive', slices: { ...base, clusters: { [CLUSTER]: found() } }, expect: { [TRUNK_ID]: 'not-applicable' } },
  {
    name: 'cluster DELETING',
    slices: { ...base, clusters: { [CLUSTER]: found({ status: 'DELETING' }) } },
    expect: { [TRUNK_ID]: 'unknown' },
  },
  { name: 'instance stopped', slices: { ...base, instances: { [INSTANCE_ID]: instance('stopped') } }, expect: { [TRUNK_ID]: 'unknown' } },
  {
    name: 'instance denied',
    slices: { ...base, instances: { [INSTANCE_ID]: denied('ec2:DescribeInstances') } },
    expect: { [TRUNK_ID]: 'unknown' },
  },
  { name: 'no instance named', slices: { ...base, trunkEnis: [trunkEni({ tags: untagged })] }, expect: { [TRUNK_ID]: 'fail:suspect' } },
  {
    name: 'requester-managed',
    slices: { ...base, trunkEnis: [trunkEni({ requesterManaged: true })] },
    expect: { [TRUNK_ID]: 'not-applicable' },
  },
]);
