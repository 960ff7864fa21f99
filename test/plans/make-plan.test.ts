import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../shared/domain/finding.ts';
import type { Candidate } from '../../shared/plans/deletion.ts';
import { makePlan } from '../../shared/plans/make-plan.ts';
import { fingerprint } from '../../shared/proof/fingerprint.ts';
import { AT, branchEni, branchTags, CLUSTER, denied, eniId, INSTANCE_ID, sighting, TRUNK_ID } from '../support/interfaces.ts';
import { candidateOf, context, findingOf, TARGET } from './candidates.ts';

const { position: _position, ...settings } = context();
const plan = (candidates: readonly Candidate[], changes: { max?: number; pinned?: readonly Finding[] } = {}) =>
  makePlan({
    context: { ...settings, max: changes.max ?? 100 },
    orphans: candidates.map((candidate) => ({ finding: findingOf(branchEni({ id: candidate.interfaceId })), candidate })),
    pinned: changes.pinned ?? [],
    at: AT,
  });

describe('a plan', () => {
  it('holds what a deletion needs: whom to ask again, in which state it was, what would be freed', () => {
    const eni = branchEni({ ipv6Addresses: ['2001:db8::1'], prefixes: ['10.0.2.0/28'] });
    expect(plan([candidateOf(eni)])).toEqual({
      target: TARGET,
      createdAt: AT.toISOString(),
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
      deletions: [
        {
          interfaceId: eni.id,
          cluster: CLUSTER,
          findingId: findingOf(eni).id,
          fingerprint: fingerprint(eni),
          since: '2026-11-20T17:30:00.000Z',
          owners: { clusters: [CLUSTER], trunk: TRUNK_ID, instance: INSTANCE_ID },
          addresses: ['10.0.1.17', '2001:db8::1', '10.0.2.0/28'],
          proof: expect.arrayContaining([expect.objectContaining({ point: 'seen-twice', outcome: 'holds' })]),
        },
      ],
      refusals: [],
      unblocks: [],
    });
  });

  it.each<[string, Partial<Candidate>, string]>([
    ['a suspect', { sighting: sighting({ count: 1 }) }, 'fingerprint-unchanged'],
    ['one that was never seen', { sighting: undefined }, 'seen-twice'],
    ['one whose cluster could not be read', { clusters: { [CLUSTER]: denied('eks:DescribeCluster', CLUSTER) } }, 'proof-complete'],
    ['one that could not be read itself', { eni: denied('ec2:DescribeNetworkInterfaces') }, 'proof-complete'],
  ])('refuses %s, with the guard', (_name, changes, guard) => {
    expect(plan([candidateOf(branchEni(), changes)])).toMatchObject({ deletions: [], refusals: [{ interfaceId: eniId(1), guard }] });
  });

  it('proves with every point of the orphan proof, and each of them holds', () => {
    const proof = plan([candidateOf(branchEni())]).deletions[0]?.proof ?? [];
    expect(proof.map((point) => `${point.point} ${point.outcome}`)).toEqual([
      'controller-owned holds',
      'own-account holds',
      'status-available holds',
      'not-managed holds',
      'cluster-gone holds',
      'trunk-and-instance-gone holds',
      'seen-twice holds',
    ]);
  });
});

describe('what a plan unblocks', () => {
  const pinnedBy = (evidence: Finding['evidence']): Finding =>
    findingOf(branchEni(), { ruleId: 'pinned-by-orphans', subject: { type: 'security-group', id: 'sg-1' }, summary: 'held', evidence });
  const two = [candidateOf(branchEni({ id: eniId(1) })), candidateOf(branchEni({ id: eniId(2) }))];

  it.each([
    ['all of its holders go', { unlockSet: [eniId(1), eniId(2)], trunks: [] }, 1],
    ['one of its holders stays', { unlockSet: [eniId(1), eniId(3)], trunks: [] }, 0],
    ['a trunk holds it, too', { unlockSet: [eniId(1)], trunks: [TRUNK_ID] }, 0],
    ['nobody says who holds it', {}, 0],
    ['a holder is no id', { unlockSet: [eniId(1), 7], trunks: [] }, 0],
  ])('when %s', (_name, evidence, count) => {
    expect(plan(two, { pinned: [pinnedBy(evidence)] }).unblocks).toHaveLength(count);
  });

  it('when the cap defers one of its holders', () => {
    expect(plan(two, { max: 1, pinned: [pinnedBy({ unlockSet: [eniId(1), eniId(2)], trunks: [] })] }).unblocks).toEqual([]);
  });
});

describe('the digest', () => {
  const digestOf = (candidate: Candidate) => plan([candidate]).digest;
  const same = digestOf(candidateOf(branchEni()));

  it.each<[string, Candidate]>([
    ['another interface', candidateOf(branchEni({ id: eniId(2) }))],
    ['another state of it', candidateOf(branchEni({ privateIpAddresses: ['10.0.1.18'] }))],
    [
      'another cluster',
      candidateOf(branchEni({ tags: { ...branchTags(), 'cluster.k8s.amazonaws.com/name': CLUSTER, 'sgp-warden:note': '' } })),
    ],
    [
      'another first sighting',
      candidateOf(branchEni(), { sighting: sighting({ first: '2026-11-20T17:00:00.000Z', fingerprint: fingerprint(branchEni()) }) }),
    ],
  ])('changes with %s', (_name, candidate) => {
    expect(digestOf(candidate)).not.toBe(same);
  });

  it('is of one account and region', () => {
    const orphans = [{ finding: findingOf(branchEni()), candidate: candidateOf(branchEni()) }];
    const here = makePlan({ context: settings, orphans, pinned: [], at: AT }).digest;
    const there = makePlan({ context: { ...settings, target: { ...TARGET, region: 'eu-west-1' } }, orphans, pinned: [], at: AT }).digest;
    expect(here).not.toBe(there);
  });
});
