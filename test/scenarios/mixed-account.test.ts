// Everything that an account may hold besides orphans, at once: every orphan must be found, and nothing else.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CLUSTER_NAME_TAG, CLUSTER_TAG_PREFIX, OWNER_TAG, OWNER_VALUE, TRUNK_TAG } from '../../shared/domain/tags.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { auditOf, foundBy, unknownTo } from '../support/sandbox.ts';

let sandbox: Sandbox;
let report: AuditReport;
const orphans: string[] = [];
const unknown: string[] = [];
const leaked: string[] = [];
const unattributable: string[] = [];

/** A cluster with pods, deleted the wrong way round: control plane first, nodes afterwards. */
function deletedCluster(name: string, pods: number): string[] {
  const world = sandbox.world();
  world.createCluster(name);
  const node = world.addNode(name);
  const branches = Array.from({ length: pods }, () => world.addPod(node.instanceId).interfaceId ?? '');
  world.deleteCluster(name);
  sandbox.clock.advance(10);
  world.terminateNode(node.instanceId);
  sandbox.clock.advance(10);
  return branches;
}

const tagsOf = (cluster: string, more: Record<string, string> = {}) => ({
  [OWNER_TAG]: OWNER_VALUE,
  [`${CLUSTER_TAG_PREFIX}${cluster}`]: 'owned',
  [TRUNK_TAG]: 'eni-0000000000000dead',
  ...more,
});

const put = (given: Parameters<ReturnType<Sandbox['world']>['putInterface']>[0]): string =>
  sandbox
    .world()
    .putInterface({ description: 'aws-k8s-branch-eni', interfaceType: 'branch', status: 'available', tags: tagsOf('gone'), ...given }).id;

beforeAll(async () => {
  sandbox = await startSandbox();
  const world = sandbox.world();
  orphans.push(...deletedCluster('shop', 3), ...deletedCluster('billing', 2));

  const again = deletedCluster('again', 2);
  const moved = deletedCluster('moved', 2);
  orphans.push(...moved);

  // Gone, but its node is still there.
  world.createCluster('lingering');
  const lingering = world.addNode('lingering');
  world.deleteCluster('lingering');
  sandbox.clock.advance(10);
  unknown.push(put({ tags: tagsOf('lingering', { [TRUNK_TAG]: lingering.trunkId ?? '' }) }));

  // From here on the clock stands still: a living controller would collect what follows.
  // Re-created clusters: in the same VPC they may own the old interfaces again, in another one they cannot.
  world.createCluster('again', { vpcId: world.state.interfaces.get(again[0] ?? '')?.vpcId ?? '' });
  leaked.push(...again);
  world.createCluster('moved', { vpcId: world.createVpc().id });

  world.createCluster('live');
  world.addPod(world.addNode('live').instanceId);
  leaked.push(put({ tags: tagsOf('live') }));

  world.createCluster('leaving');
  unknown.push(put({ tags: tagsOf('leaving') }));

  // Odd ones.
  const untagged = put({ tags: {} });
  const impossible = put({ tags: tagsOf('-no') });
  unattributable.push(untagged, impossible);
  unknown.push(impossible);
  leaked.push(put({ tags: tagsOf('shop', { [CLUSTER_NAME_TAG]: 'live' }) }));
  orphans.push(put({ tags: tagsOf('shop', { [CLUSTER_NAME_TAG]: 'billing' }) }));
  put({ operator: { managed: true, principal: 'eks.amazonaws.com', hiddenByDefault: true } });
  put({ ownerId: '999999999999' });
  put({ requesterManaged: true });
  for (const description of [
    'aws-k8s-branch-eni-2',
    'AWS-K8S-BRANCH-ENI',
    ' aws-k8s-branch-eni',
    'aws-k8s-branch-en?',
    'aws-K8S-i-0123456789abcdef0',
    '',
  ]) {
    put({ description });
  }
  put({ description: 'Amazon EKS gone', requesterManaged: true, status: 'in-use' });
  world.addLambdaInterface('checkout');
  world.deleteCluster('leaving');
  report = await auditOf(sandbox);
});

afterAll(() => sandbox.stop());

describe('audit of a mixed account', () => {
  it('finds every orphan and nothing else', () => {
    expect(foundBy(report, 'orphaned-branch-eni')).toEqual(orphans.sort());
  });

  it('claims none of them after one sighting', () => {
    expect(foundBy(report, 'orphaned-branch-eni', 'orphan')).toEqual([]);
  });

  it('lists what a live cluster has not collected', () => {
    expect(foundBy(report, 'leaked-branch-eni')).toEqual(leaked.sort());
  });

  it('says what it cannot decide', () => {
    expect(unknownTo(report, 'orphaned-branch-eni')).toEqual(unknown.sort());
  });

  it('reports interfaces that nobody can attribute', () => {
    expect(foundBy(report, 'unattributable-branch-eni')).toEqual(unattributable.sort());
  });

  it('read everything, and changed nothing', () => {
    expect(report.coverage.filter((each) => !each.ok)).toEqual([]);
    expect(sandbox.calls.filter((call) => call.mutating)).toEqual([]);
  });
});
