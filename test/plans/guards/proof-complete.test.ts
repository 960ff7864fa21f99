import { describe, expect, it } from '@jest/globals';
import { proofComplete as guard } from '../../../shared/plans/guards/proof-complete.ts';
import { branchEni, CLUSTER, denied, eniId, INSTANCE_ID, TRUNK_ID } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('proof-complete', () => {
  it('allows when everything that the tags name was read', () => {
    expect(said(guard, orphan())).toBe('allows');
  });

  it.each([
    ['cluster was', { clusters: {} }, `a read for ${CLUSTER} failed: not asked for`],
    ['trunk was', { trunks: {} }, `a read for ${TRUNK_ID} failed: not asked for`],
    ['instance was', { instances: {} }, `a read for ${INSTANCE_ID} failed: not asked for`],
    [
      'read of the cluster was allowed',
      { clusters: { [CLUSTER]: denied('eks:DescribeCluster', CLUSTER) } },
      /eks:DescribeCluster for payments/,
    ],
    ['read of the trunk was allowed', { trunks: { [TRUNK_ID]: denied('ec2:DescribeNetworkInterfaces', TRUNK_ID) } }, /AccessDenied/],
    ['read of the instance was allowed', { instances: { [INSTANCE_ID]: denied('ec2:DescribeInstances', INSTANCE_ID) } }, /AccessDenied/],
  ])('refuses when no %s', (_name, change, says) => {
    expect(said(guard, orphan(change))).toMatch(says);
  });

  it('names every gap', () => {
    expect(said(guard, orphan({ clusters: {}, trunks: {} }))).toBe(
      `a read for ${CLUSTER} failed: not asked for; a read for ${TRUNK_ID} failed: not asked for`,
    );
  });

  it('refuses an answer about another interface', () => {
    expect(said(guard, orphan({ interfaceId: eniId(2) }))).toBe(`EC2 described ${eniId(1)} instead of ${eniId(2)}`);
  });

  it('needs nothing of an owner that no tag names', () => {
    expect(said(guard, orphan({ eni: branchEni({ tags: {} }), clusters: {}, trunks: {}, instances: {} }))).toBe('allows');
  });
});
