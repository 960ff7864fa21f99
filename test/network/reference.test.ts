import { describe, expect, it } from '@jest/globals';
import type { GroupReference, PathOutcome } from '../../shared/domain/security-group.ts';
import { host, judge, PEER_VPC, reference, VPC, type World } from './world.ts';

const UDP = { ipProtocol: 'udp', fromPort: 53, toPort: 53 };
const OPEN = { in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] };

interface Place {
  podVpc?: string;
  nodeVpc?: string;
}

/** The pods' group lets out to a reference of the nodes' group. */
const egress = (more: Partial<GroupReference>, world: Partial<World> = {}, { podVpc = VPC, nodeVpc = VPC }: Place = {}) =>
  judge({
    world: { groups: { 'sg-pods': { out: [{ ...UDP, peer: reference('sg-nodes', more) }] }, 'sg-nodes': OPEN }, ...world },
    from: [host('pod', ['10.0.1.10'], ['sg-pods'], { vpcId: podVpc })],
    to: [host('node', ['10.0.2.5'], ['sg-nodes'], { vpcId: nodeVpc })],
  });

/** The nodes' group lets in from a reference of the pods' group. */
const ingress = (more: Partial<GroupReference>, world: Partial<World> = {}, { podVpc = VPC, nodeVpc = VPC }: Place = {}) =>
  judge({
    world: { groups: { 'sg-nodes': { in: [{ ...UDP, peer: reference('sg-pods', more) }] }, 'sg-pods': OPEN }, ...world },
    from: [host('pod', ['10.0.1.10'], ['sg-pods'], { vpcId: podVpc })],
    to: [host('node', ['10.0.2.5'], ['sg-nodes'], { vpcId: nodeVpc })],
  });

const PEERED: Partial<GroupReference> = { vpcPeeringConnectionId: 'pcx-1', peeringStatus: 'active', vpcId: PEER_VPC };
const AWAY = { homes: { 'sg-nodes': PEER_VPC } };
const THERE: Place = { nodeVpc: PEER_VPC };

describe('a reference to a group', () => {
  it.each<[string, () => PathOutcome, PathOutcome]>([
    ['in the same VPC matches its holders', () => egress({}).outcome, 'open'],
    ['counts without the account in the same VPC, where EC2 need not say it', () => egress({ userId: undefined }).outcome, 'open'],
    ['of a peered VPC matches its holders', () => egress(PEERED, AWAY, THERE).outcome, 'open'],
    [
      'of a peered VPC needs no VPC in the rule where the group says it',
      () => egress({ ...PEERED, vpcId: undefined }, AWAY, THERE).outcome,
      'open',
    ],
    ['of a deleted peering matches nobody', () => egress({ ...PEERED, peeringStatus: 'deleted' }, AWAY, THERE).outcome, 'blocked'],
    [
      'of a peering that is not accepted yet matches nobody',
      () => egress({ ...PEERED, peeringStatus: 'pending-acceptance' }, AWAY, THERE).outcome,
      'blocked',
    ],
    ['of a peering of unknown status is unknown', () => egress({ ...PEERED, peeringStatus: undefined }, AWAY, THERE).outcome, 'unknown'],
    [
      'of a peered VPC whose group was deleted matches nobody, though the peering is active',
      () => egress({ ...PEERED, userId: undefined }, AWAY, THERE).outcome,
      'blocked',
    ],
    ['of a peering that leads elsewhere is unknown', () => egress({ ...PEERED, vpcId: 'vpc-0c' }, AWAY, THERE).outcome, 'unknown'],
    ['across VPCs without a peering matches nobody on the way out', () => egress({}, AWAY, THERE).outcome, 'blocked'],
    [
      'across VPCs without a peering is unknown on the way in: transit gateways carry those',
      () => ingress({}, { homes: { 'sg-pods': PEER_VPC } }, { podVpc: PEER_VPC }).outcome,
      'unknown',
    ],
    [
      'of another VPC matches where the two are associated',
      () => egress({}, { ...AWAY, associations: { 'sg-nodes': { [VPC]: 'associated' } } }).outcome,
      'open',
    ],
    [
      'of another VPC is unknown while the association begins',
      () => egress({}, { ...AWAY, associations: { 'sg-nodes': { [VPC]: 'associating' } } }).outcome,
      'unknown',
    ],
    [
      'of another VPC is unknown while the association ends',
      () => egress({}, { ...AWAY, associations: { 'sg-nodes': { [VPC]: 'disassociating' } } }).outcome,
      'unknown',
    ],
    [
      'of another VPC is unknown where it is associated with a third',
      () => egress({}, { ...AWAY, associations: { 'sg-nodes': { 'vpc-0c': 'associated' } } }).outcome,
      'unknown',
    ],
    ['of another VPC is unknown where associations were not read', () => egress({}, AWAY).outcome, 'unknown'],
    ['is unknown where a VPC is', () => egress({}, {}, { nodeVpc: '' }).outcome, 'unknown'],
  ])('%s', (_, outcome, expected) => {
    expect(outcome()).toBe(expected);
  });

  it('to its own group is one like any other: without it, holders do not talk', () => {
    const talk = (...rules: string[]) =>
      judge({
        world: { groups: { 'sg-a': { in: rules, out: rules } } },
        from: [host('a', ['10.0.1.1'], ['sg-a'])],
        to: [host('b', ['10.0.1.2'], ['sg-a'])],
      }).outcome;
    expect([talk('all sg-a'), talk('all sg-b'), talk()]).toEqual(['open', 'blocked', 'blocked']);
  });

  it('is not transitive', () => {
    const groups = { 'sg-pods': OPEN, 'sg-middle': { in: ['all sg-pods'] }, 'sg-nodes': { in: ['all sg-middle'] } };
    const to = [host('node', ['10.0.2.5'], ['sg-nodes'])];
    expect(judge({ world: { groups }, from: [host('pod', ['10.0.1.10'], ['sg-pods'])], to }).outcome).toBe('blocked');
    expect(judge({ world: { groups }, from: [host('pod', ['10.0.1.10'], ['sg-pods', 'sg-middle'])], to }).outcome).toBe('open');
  });

  it('matches those hosts that hold it, and no other node', () => {
    const world = { groups: { 'sg-pods': { out: ['udp 53 sg-a'] }, 'sg-a': OPEN, 'sg-b': OPEN } };
    const to = [host('node a', ['10.0.2.5'], ['sg-a', 'sg-b']), host('node b', ['10.0.2.6'], ['sg-b'])];
    const proof = judge({ world, from: [host('pod', ['10.0.1.10'], ['sg-pods'])], to });
    expect(proof).toMatchObject({ outcome: 'some', open: { to: ['node a'] }, blocked: { to: ['node b'] } });
    expect(proof.blockedBy[0]?.nearestMiss?.says).toBe(
      'sgr-pods-out-1 of sg-pods lets out udp 53 to holders of sg-a; 10.0.2.6 (node b) does not hold sg-a',
    );
  });

  it('says in the nearest miss that it is stale', () => {
    const proof = egress({ ...PEERED, peeringStatus: 'deleted' }, AWAY, THERE);
    expect(proof.blockedBy[0]?.nearestMiss?.says).toMatch(/10\.0\.2\.5 \(node\) holds sg-nodes, but peering connection pcx-1 is deleted/);
  });

  it('says what would settle it', () => {
    expect(egress({}, AWAY).unsettled).toMatchObject([{ what: 'vpc-association', id: 'sg-nodes' }]);
    expect(egress({ ...PEERED, peeringStatus: undefined }, AWAY, THERE).unsettled).toMatchObject([{ what: 'peering', id: 'pcx-1' }]);
  });
});
