import { CLUSTER_TAG_PREFIX, OWNER_TAG } from '../../../shared/domain/tags.ts';
import rule from '../../../shared/rules/leftovers/unattributable-branch-eni.ts';
import { branchEni, branchTags, CLUSTER, eniId } from '../../support/interfaces.ts';
import { testRule } from '../../support/rule-tester.ts';

const ENI = eniId(1);
const without = (tag: string) => Object.fromEntries(Object.entries(branchTags()).filter(([key]) => key !== tag));

testRule(rule, [
  { name: 'tags in order', slices: { branchEnis: [branchEni()] }, expect: { [ENI]: 'pass' } },
  { name: 'no tags at all', slices: { branchEnis: [branchEni({ tags: {} })] }, expect: { [ENI]: 'fail' } },
  { name: 'owner tag stripped', slices: { branchEnis: [branchEni({ tags: without(OWNER_TAG) })] }, expect: { [ENI]: 'fail' } },
  {
    name: 'cluster tag stripped',
    slices: { branchEnis: [branchEni({ tags: without(`${CLUSTER_TAG_PREFIX}${CLUSTER}`) })] },
    expect: { [ENI]: 'fail' },
  },
  {
    name: 'an impossible cluster name',
    slices: { branchEnis: [branchEni({ tags: { ...branchTags(), [`${CLUSTER_TAG_PREFIX}not a name`]: 'owned' } })] },
    expect: { [ENI]: 'fail' },
  },
  {
    name: 'another account',
    slices: { branchEnis: [branchEni({ tags: {}, ownerId: '999999999999' })] },
    expect: { [ENI]: 'not-applicable' },
  },
  {
    name: 'operated by Auto Mode',
    slices: { branchEnis: [branchEni({ tags: {}, operator: 'eks.amazonaws.com' })] },
    expect: { [ENI]: 'not-applicable' },
  },
]);
