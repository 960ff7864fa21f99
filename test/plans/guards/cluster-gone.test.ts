import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/cluster-gone.ts';
import { branchEni, branchTags, CLUSTER, denied, found, gone } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('cluster-gone', () => {
  it.each([
    ['EKS says that it does not exist', { [CLUSTER]: gone() }, 'allows'],
    ['a namesake lives in another VPC', { [CLUSTER]: found({ vpcId: 'vpc-0f9e8d7c6b5a40312' }) }, 'allows'],
    ['it is ACTIVE', { [CLUSTER]: found() }, /payments is ACTIVE/],
    ['it is ACTIVE, in a VPC that EKS does not state', { [CLUSTER]: found({ vpcId: undefined }) }, /payments is ACTIVE/],
    ['it is FAILED', { [CLUSTER]: found({ status: 'FAILED' }) }, /payments is FAILED/],
    ['it is DELETING', { [CLUSTER]: found({ status: 'DELETING' }) }, /DELETING, which is not gone/],
    ['it could not be read', { [CLUSTER]: denied('eks:DescribeCluster', CLUSTER) }, /AccessDenied/],
    ['it was not asked for', {}, /not asked for/],
  ])('%s', (_name, clusters, says) => {
    expect(said(guard, orphan({ clusters }))).toMatch(says);
  });

  it('asks for every cluster that the tags name', () => {
    const eni = branchEni({ tags: { ...branchTags(), 'cluster.k8s.amazonaws.com/name': 'orders' } });
    expect(said(guard, orphan({ eni, clusters: { [CLUSTER]: gone(), orders: gone() } }))).toBe('allows');
    expect(said(guard, orphan({ eni, clusters: { [CLUSTER]: gone(), orders: found({ name: 'orders' }) } }))).toMatch('orders is ACTIVE');
  });

  it.each([
    ['no tag names a cluster', {}, 'no tag names a cluster'],
    ['a tag names what cannot be one', { 'kubernetes.io/cluster/a b': 'owned' }, 'no cluster can have the name "a b"'],
  ])('refuses when %s', (_name, tags, says) => {
    expect(said(guard, orphan({ eni: branchEni({ tags }) }))).toBe(says);
  });
});
