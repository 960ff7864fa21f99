import type { NetworkInterface, Slices } from '../../../shared/domain/inventory.ts';
import { CLUSTER_NAME_TAG, CLUSTER_TAG_PREFIX, INSTANCE_TAG, OWNER_TAG, TRUNK_TAG } from '../../../shared/domain/tags.ts';
import rule from '../../../shared/rules/leftovers/orphaned-branch-eni.ts';
import {
  branchEni,
  branchTags,
  CLUSTER,
  denied,
  described,
  eniId,
  found,
  gone,
  INSTANCE_ID,
  instance,
  sighting,
  TRUNK_ID,
  trunkEni,
} from '../../support/interfaces.ts';
import { type RuleCase, testRule } from '../../support/rule-tester.ts';

const ENI = eniId(1);
type Needed = Pick<Slices, 'branchEnis' | 'clusters' | 'trunks' | 'instances' | 'sightings'>;

/** An interface whose cluster, trunk and instance are gone, seen long enough, but for what the case changes. */
const world = (eni: Partial<NetworkInterface> = {}, changes: Partial<Needed> = {}): Needed => ({
  branchEnis: [branchEni(eni)],
  clusters: { [CLUSTER]: gone() },
  trunks: { [TRUNK_ID]: gone() },
  instances: { [INSTANCE_ID]: gone() },
  sightings: { [ENI]: sighting() },
  ...changes,
});

const without = (tag: string) => Object.fromEntries(Object.entries(branchTags()).filter(([key]) => key !== tag));
const judged = (name: string, expected: RuleCase['expect'][string], slices: Needed, more: Partial<RuleCase> = {}): RuleCase => ({
  name,
  slices,
  expect: { [ENI]: expected },
  ...more,
});

const NEWEST = sighting().newest;
const minutesBefore = (minutes: number) => new Date(Date.parse(NEWEST) - minutes * 60_000).toISOString();

testRule(rule, [
  judged('all five points hold', 'fail:orphan', world()),
  judged('interface type plain, as EC2 may show it after its trunk went', 'fail:orphan', world({ interfaceType: 'interface' })),

  // Point 1
  judged('owner tag of the CNI', 'not-applicable', world({ tags: { ...branchTags(), [OWNER_TAG]: 'amazon-vpc-cni' } })),
  judged('owner tag stripped', 'not-applicable', world({ tags: without(OWNER_TAG) })),
  judged('a look-alike description', 'not-applicable', world({ description: 'aws-k8s-branch-eni-2' })),
  judged('another account in a shared VPC', 'not-applicable', world({ ownerId: '999999999999' })),
  judged('no owner stated', 'not-applicable', world({ ownerId: '' })),

  // Point 2
  judged('in use, without an attachment as live branches are', 'not-applicable', world({ status: 'in-use' })),
  judged('available, and yet attached', 'unknown', world({ attachment: { instanceId: INSTANCE_ID, status: 'attached' } })),
  judged('associated', 'not-applicable', world({ status: 'associated' })),
  judged('operated by Auto Mode', 'not-applicable', world({ operator: 'eks.amazonaws.com' })),
  judged('requester-managed', 'not-applicable', world({ requesterManaged: true })),
  judged('requester-managed or not: EC2 did not say', 'unknown', world({ requesterManaged: undefined })),

  // Point 3
  judged('cluster alive', 'pass', world({}, { clusters: { [CLUSTER]: found() } })),
  judged('cluster alive, its VPC not known', 'pass', world({}, { clusters: { [CLUSTER]: found({ vpcId: undefined }) } })),
  judged('cluster alive, the VPC of the interface not known', 'pass', world({ vpcId: '' }, { clusters: { [CLUSTER]: found() } })),
  judged(
    'a cluster of that name in another VPC',
    'fail:orphan',
    world({}, { clusters: { [CLUSTER]: found({ vpcId: 'vpc-0fffffffffffffff0' }) } }),
  ),
  judged('a cluster whose VPC id no VPC can have', 'pass', world({}, { clusters: { [CLUSTER]: found({ vpcId: 'unknown' }) } })),
  judged('cluster FAILED', 'pass', world({}, { clusters: { [CLUSTER]: found({ status: 'FAILED' }) } })),
  judged('cluster DELETING is not gone', 'unknown', world({}, { clusters: { [CLUSTER]: found({ status: 'DELETING' }) } })),
  judged('DescribeCluster denied', 'unknown', world({}, { clusters: { [CLUSTER]: denied('eks:DescribeCluster', CLUSTER) } })),
  judged('DescribeCluster never asked', 'unknown', world({}, { clusters: {} })),
  judged("a cluster with the name of an object's own property", 'unknown', world({ tags: branchTags('constructor') }, { clusters: {} })),
  judged('no cluster tag', 'unknown', world({ tags: without(`${CLUSTER_TAG_PREFIX}${CLUSTER}`) })),
  judged(
    'an impossible cluster name',
    'unknown',
    world({ tags: { ...without(`${CLUSTER_TAG_PREFIX}${CLUSTER}`), [CLUSTER_NAME_TAG]: '_no' } }),
  ),
  judged(
    'only the newer cluster tag',
    'fail:orphan',
    world({ tags: { ...without(`${CLUSTER_TAG_PREFIX}${CLUSTER}`), [CLUSTER_NAME_TAG]: CLUSTER } }),
  ),
  judged(
    'two cluster tags, both gone',
    'fail:orphan',
    world({ tags: { ...branchTags(), [CLUSTER_NAME_TAG]: 'other' } }, { clusters: { [CLUSTER]: gone(), other: gone() } }),
  ),
  judged(
    'two cluster tags, one alive',
    'pass',
    world({ tags: { ...branchTags(), [CLUSTER_NAME_TAG]: 'other' } }, { clusters: { [CLUSTER]: gone(), other: found({ name: 'other' }) } }),
  ),
  judged(
    'two cluster tags, one denied',
    'unknown',
    world(
      { tags: { ...branchTags(), [CLUSTER_NAME_TAG]: 'other' } },
      { clusters: { [CLUSTER]: gone(), other: denied('eks:DescribeCluster') } },
    ),
  ),
  judged(
    'two cluster tags, one impossible',
    'unknown',
    world({ tags: { ...branchTags(), [`${CLUSTER_TAG_PREFIX}no such name`]: 'owned' } }),
  ),

  // Point 4
  judged('trunk available itself', 'fail:orphan', world({}, { trunks: { [TRUNK_ID]: described(trunkEni()) } })),
  judged('trunk still attached', 'unknown', world({}, { trunks: { [TRUNK_ID]: described(trunkEni({ status: 'in-use' })) } })),
  judged('trunk denied', 'unknown', world({}, { trunks: { [TRUNK_ID]: denied('ec2:DescribeNetworkInterfaces') } })),
  judged('no trunk tag', 'unknown', world({ tags: without(TRUNK_TAG) })),
  judged('a trunk tag that no id filter could find', 'unknown', world({ tags: { ...branchTags(), [TRUNK_TAG]: 'eni-*' } })),
  judged('instance terminated', 'fail:orphan', world({}, { instances: { [INSTANCE_ID]: instance('terminated') } })),
  judged('instance shutting down', 'unknown', world({}, { instances: { [INSTANCE_ID]: instance('shutting-down') } })),
  judged('instance running', 'unknown', world({}, { instances: { [INSTANCE_ID]: instance('running') } })),
  judged('instance denied', 'unknown', world({}, { instances: { [INSTANCE_ID]: denied('ec2:DescribeInstances') } })),
  judged('an older controller that names no instance', 'fail:orphan', world({ tags: without(INSTANCE_TAG) }, { instances: {} })),
  judged('an instance tag that no instance can have', 'unknown', world({ tags: { ...branchTags(), [INSTANCE_TAG]: '' } })),

  // Point 5
  judged('never seen before', 'fail:suspect', world({}, { sightings: {} })),
  judged('seen once', 'fail:suspect', world({}, { sightings: { [ENI]: sighting({ first: NEWEST, count: 1 }) } })),
  judged('seen twice, a second too close', 'fail:suspect', world({}, { sightings: { [ENI]: sighting({ first: minutesBefore(29.98) }) } })),
  judged(
    'seen twice, exactly far enough apart',
    'fail:orphan',
    world({}, { sightings: { [ENI]: sighting({ first: minutesBefore(30) }) } }),
  ),
  judged('seen as a leak, not as an orphan', 'fail:suspect', world({}, { sightings: { [ENI]: sighting({ as: 'leak' }) } })),
  judged('seen once, with no minimum age', 'fail:suspect', world({}, { sightings: { [ENI]: sighting({ first: NEWEST, count: 1 }) } }), {
    minOrphanAgeMinutes: 0,
  }),
  judged('seen twice, with no minimum age', 'fail:orphan', world({}, { sightings: { [ENI]: sighting({ first: minutesBefore(0.01) }) } }), {
    minOrphanAgeMinutes: 0,
  }),
]);
