import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/not-excluded.ts';
import { branchEni, branchTags, CLUSTER, VPC_ID } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('not-excluded', () => {
  const none = { clusters: [], vpcs: [] };

  it.each([
    ['nothing', none, 'allows'],
    ['another cluster and another VPC', { clusters: ['pay'], vpcs: ['vpc-0a1b2c3d4e5f60719'] }, 'allows'],
    ['its cluster', { ...none, clusters: [CLUSTER] }, 'cluster payments is in EXCLUDED_CLUSTERS'],
    ['its VPC', { ...none, vpcs: [VPC_ID] }, `${VPC_ID} is in EXCLUDED_VPCS`],
  ])('when the settings exclude %s', (_name, exclusions, says) => {
    expect(said(guard, orphan(), { exclusions })).toBe(says);
  });

  it('knows every cluster that the tags name', () => {
    const eni = branchEni({ tags: { ...branchTags(), 'cluster.k8s.amazonaws.com/name': 'orders' } });
    expect(said(guard, orphan({ eni }), { exclusions: { ...none, clusters: ['orders'] } })).toBe('cluster orders is in EXCLUDED_CLUSTERS');
  });

  it.each(['', 'false', 'yes'])('the tag sgp-warden:keep keeps it with the value %j', (value) => {
    const eni = branchEni({ tags: { ...branchTags(), 'sgp-warden:keep': value } });
    expect(said(guard, orphan({ eni }))).toBe('it carries the tag sgp-warden:keep');
  });
});
