import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/fingerprint-unchanged.ts';
import { branchEni, branchTags, sighting } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('fingerprint-unchanged', () => {
  it.each([
    ['status', { status: 'in-use' }],
    ['groups', { groups: [{ id: 'sg-0f1e2d3c4b5a69788', name: 'other' }] }],
    ['address', { privateIpAddresses: ['10.0.1.18'] }],
    ['subnet', { subnetId: 'subnet-0f1e2d3c4b5a69788' }],
    ['trunk', { tags: { ...branchTags(), 'vpcresources.k8s.aws/trunk-eni-id': 'eni-0000000000000abcd' } }],
  ])('refuses another %s than was planned and seen', (_name, change) => {
    const { sighting: seen, planned } = orphan();
    const eni = branchEni(change);
    expect(said(guard, orphan({ eni, sighting: seen }))).toBe('it changed since it was last seen');
    expect(said(guard, orphan({ eni, planned }))).toBe('it changed since the plan was made');
  });

  it.each([
    ['the same interface', orphan()],
    ['a new tag of somebody else', orphan({ ...orphan(), eni: branchEni({ tags: { ...branchTags(), team: 'a' } }) })],
    ['one that is only being planned', orphan({ planned: undefined })],
    ['one that was not seen: seen-twice says so', orphan({ sighting: undefined })],
  ])('allows %s', (_name, candidate) => {
    expect(said(guard, candidate)).toBe('allows');
  });

  it('refuses sightings that began again after the plan was made', () => {
    const { eni, sighting: seen } = orphan();
    const planned = { fingerprint: seen?.fingerprint ?? '', since: '2026-11-19T08:00:00.000Z' };
    expect(said(guard, orphan({ eni, planned }))).toBe(
      `since the plan was made it was seen otherwise, and only since ${seen?.first} as it is now`,
    );
  });

  it('refuses sightings of another state', () => {
    expect(said(guard, orphan({ sighting: sighting({ fingerprint: 'other' }) }))).toBe('it changed since it was last seen');
  });
});
