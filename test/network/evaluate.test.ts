import { describe, expect, it } from '@jest/globals';
import type { PathOutcome, Traffic } from '../../shared/domain/security-group.ts';
import { DNS, host, judge, type Rules, type World } from './world.ts';

const POD = host('eni-pod', ['10.0.1.10'], ['sg-pods']);
const NODES = [host('node i-1', ['10.0.2.5', '10.0.2.32/28'], ['sg-nodes']), host('node i-2', ['10.0.3.5', '10.0.3.32/28'], ['sg-nodes'])];
const TCP_DNS: Traffic = { protocol: 'tcp', port: 53 };
const ALL_IN: Rules = { in: ['all 10.0.0.0/16'] };
const ALL_OUT: Rules = { out: ['all 0.0.0.0/0'] };

const ask = (world: World, traffic: Traffic = DNS) => judge({ world, from: [POD], to: NODES, traffic });

describe('pod groups that defeat textual checks', () => {
  const cases: [string, World, udp: PathOutcome, tcp: PathOutcome][] = [
    ['all traffic', { groups: { 'sg-pods': ALL_OUT, 'sg-nodes': ALL_IN } }, 'open', 'open'],
    ['TCP 53 only', { groups: { 'sg-pods': { out: ['tcp 53 10.0.0.0/16'] }, 'sg-nodes': ALL_IN } }, 'blocked', 'open'],
    ['UDP 53 to the wrong network', { groups: { 'sg-pods': { out: ['udp 53 10.1.0.0/16'] }, 'sg-nodes': ALL_IN } }, 'blocked', 'blocked'],
    ['UDP 53 to the group of the nodes', { groups: { 'sg-pods': { out: ['udp 53 sg-nodes'] }, 'sg-nodes': ALL_IN } }, 'open', 'blocked'],
    ['UDP 53 to another group', { groups: { 'sg-pods': { out: ['udp 53 sg-else'] }, 'sg-nodes': ALL_IN } }, 'blocked', 'blocked'],
    [
      'UDP 53 to a prefix list with the right entries',
      { groups: { 'sg-pods': { out: ['udp 53 pl-a'] }, 'sg-nodes': ALL_IN }, lists: { 'pl-a': ['10.0.2.0/24', '10.0.3.0/24', '::/0'] } },
      'open',
      'blocked',
    ],
    [
      'UDP 53 to a prefix list with the wrong entries',
      { groups: { 'sg-pods': { out: ['udp 53 pl-a'] }, 'sg-nodes': ALL_IN }, lists: { 'pl-a': ['10.9.0.0/16'] } },
      'blocked',
      'blocked',
    ],
    [
      'UDP 53 to an unreadable prefix list',
      { groups: { 'sg-pods': { out: ['udp 53 pl-a'] }, 'sg-nodes': ALL_IN }, lists: { 'pl-a': 'denied' } },
      'unknown',
      'blocked',
    ],
    ['a port range', { groups: { 'sg-pods': { out: ['udp 1-1023 10.0.0.0/16'] }, 'sg-nodes': ALL_IN } }, 'open', 'blocked'],
    [
      'a port range that ends before',
      { groups: { 'sg-pods': { out: ['udp 1-52 10.0.0.0/16'] }, 'sg-nodes': ALL_IN } },
      'blocked',
      'blocked',
    ],
    ['nothing at all', { groups: { 'sg-pods': {}, 'sg-nodes': ALL_IN } }, 'blocked', 'blocked'],
    ['all traffic, CoreDNS side closed', { groups: { 'sg-pods': ALL_OUT, 'sg-nodes': {} } }, 'blocked', 'blocked'],
    ['one of two node subnets', { groups: { 'sg-pods': { out: ['udp 53 10.0.2.0/24'] }, 'sg-nodes': ALL_IN } }, 'some', 'blocked'],
    [
      'half of the addresses of each node',
      { groups: { 'sg-pods': { out: ['udp 53 10.0.2.32/28', 'udp 53 10.0.3.32/28'] }, 'sg-nodes': ALL_IN } },
      'some',
      'blocked',
    ],
    [
      'numbers for names',
      { groups: { 'sg-pods': { out: ['17 53 10.0.0.0/16', '6 53 10.0.0.0/16'] }, 'sg-nodes': ALL_IN } },
      'open',
      'open',
    ],
    ['IPv6 everywhere, IPv4 nowhere', { groups: { 'sg-pods': { out: ['all ::/0'] }, 'sg-nodes': ALL_IN } }, 'blocked', 'blocked'],
  ];

  it.each(cases)('%s', (_, world, udp, tcp) => {
    expect([ask(world).outcome, ask(world, TCP_DNS).outcome]).toEqual([udp, tcp]);
  });

  it('two groups of which each opens only one protocol are open together, and neither alone', () => {
    const world = { groups: { 'sg-u': { out: ['udp 53 sg-nodes'] }, 'sg-t': { out: ['tcp 53 sg-nodes'] }, 'sg-nodes': ALL_IN } };
    const outcomes = (...groups: string[]) =>
      [DNS, TCP_DNS].map((traffic) => judge({ world, from: [host('pod', ['10.0.1.10'], groups)], to: NODES, traffic }).outcome);
    expect(outcomes('sg-u', 'sg-t')).toEqual(['open', 'open']);
    expect(outcomes('sg-u')).toEqual(['open', 'blocked']);
    expect(outcomes('sg-t')).toEqual(['blocked', 'open']);
  });
});

describe('a proof', () => {
  it('of an open path names one rule of each side, and a packet that passes by them', () => {
    const world = { groups: { 'sg-pods': { out: ['udp 53 sg-nodes', 'all 0.0.0.0/0'] }, 'sg-nodes': { in: ['udp 53 sg-pods'] } } };
    const proof = ask(world);
    expect(proof).toMatchObject({ outcome: 'open', blockedBy: [], unsettled: [] });
    expect(proof.openedBy.map(({ egress, ingress }) => [egress.id, ingress.id])).toEqual([['sgr-pods-out-1', 'sgr-nodes-in-1']]);
    expect(proof.openedBy[0]?.packet).toEqual({
      from: { host: 'eni-pod', address: '10.0.1.10' },
      to: { host: 'node i-1', address: '10.0.2.5' },
      protocol: 'udp',
      port: 53,
    });
    expect(proof.open).toEqual({ from: ['eni-pod'], to: ['node i-1', 'node i-2'] });
  });

  it('names as many rules as it takes, and no more', () => {
    const out = ['udp 53 10.0.2.0/27', 'udp 53 10.0.2.0/24', 'udp 53 10.0.3.0/24', 'udp 53 10.0.3.32/28'];
    const proof = ask({ groups: { 'sg-pods': { out }, 'sg-nodes': ALL_IN } });
    expect(proof.openedBy.map(({ egress }) => egress.id).sort()).toEqual(['sgr-pods-out-2', 'sgr-pods-out-3']);
  });

  it('of a blocked path names the sides, the nearest miss of each, and one packet that both block', () => {
    const world = { groups: { 'sg-pods': { out: ['tcp 443 0.0.0.0/0', 'udp 53 10.1.0.0/16'] }, 'sg-nodes': { in: ['tcp 53 sg-pods'] } } };
    const proof = ask(world);
    const packet = {
      from: { host: 'eni-pod', address: '10.0.1.10' },
      to: { host: 'node i-1', address: '10.0.2.5' },
      protocol: 'udp',
      port: 53,
    };
    expect(proof.blockedBy.map(({ nearestMiss, ...rest }) => ({ ...rest, miss: nearestMiss?.says }))).toEqual([
      {
        side: 'egress',
        groupIds: ['sg-pods'],
        packet,
        miss: 'sgr-pods-out-2 of sg-pods lets out udp 53 to 10.1.0.0/16; not to 10.0.2.5 (node i-1)',
      },
      {
        side: 'ingress',
        groupIds: ['sg-nodes'],
        packet,
        miss: 'sgr-nodes-in-1 of sg-nodes lets in tcp 53 from holders of sg-pods; not udp',
      },
    ]);
  });

  it('of a partly open path says which hosts are cut off, and shows a packet to one of them', () => {
    const proof = ask({ groups: { 'sg-pods': { out: ['udp 53 10.0.2.0/24'] }, 'sg-nodes': ALL_IN } });
    expect(proof.open).toEqual({ from: ['eni-pod'], to: ['node i-1'] });
    expect(proof.blocked).toEqual({ from: ['eni-pod'], to: ['node i-2'] });
    expect(proof.blockedBy.map(({ side, packet }) => [side, packet.to])).toEqual([['egress', { host: 'node i-2', address: '10.0.3.5' }]]);
    expect(proof.openedBy[0]?.packet.to).toEqual({ host: 'node i-1', address: '10.0.2.5' });
  });

  it('of an unknown path says what would settle it', () => {
    const world: World = { groups: { 'sg-pods': { out: ['udp 53 pl-a'] }, 'sg-nodes': 'denied' }, lists: { 'pl-a': 'denied' } };
    expect(ask(world).unsettled.map(({ what, id }) => [what, id])).toEqual([
      ['prefix-list', 'pl-a'],
      ['rules', 'sg-nodes'],
    ]);
    expect(ask(world).unsettled[0]?.says).toMatch(
      /pl-a are not known: ec2:GetManagedPrefixListEntries for pl-a failed: UnauthorizedOperation/,
    );
  });

  it('has no nearest miss where there is no rule', () => {
    expect(ask({ groups: { 'sg-pods': {}, 'sg-nodes': ALL_IN } }).blockedBy).toMatchObject([{ side: 'egress', nearestMiss: undefined }]);
  });

  it('is the same whatever the order in which EC2 lists rules', () => {
    const rules = ['udp 53 10.1.0.0/16', 'udp 53 10.2.0.0/16'].map((said, index) => ({ said, id: `sgr-${index}` }));
    const world = (order: typeof rules): World => ({
      groups: {
        'sg-pods': {
          out: order.map(({ said, id }) => ({
            id,
            ipProtocol: 'udp',
            fromPort: 53,
            toPort: 53,
            peer: { kind: 'cidr-ipv4', cidr: said.slice(7) },
          })),
        },
        'sg-nodes': ALL_IN,
      },
    });
    expect(ask(world(rules)).blockedBy[0]?.nearestMiss?.rule.id).toBe('sgr-0');
    expect(ask(world([...rules].reverse()))).toEqual(ask(world(rules)));
  });
});

describe('what is not known', () => {
  it.each<[string, World, PathOutcome]>([
    [
      'does not matter where a known rule opens',
      { groups: { 'sg-pods': { out: ['udp 53 pl-a', 'udp 53 10.0.0.0/16'] }, 'sg-nodes': ALL_IN }, lists: { 'pl-a': 'denied' } },
      'open',
    ],
    ['does not matter where the other side certainly blocks', { groups: { 'sg-pods': {}, 'sg-nodes': 'denied' } }, 'blocked'],
    ['forbids to say blocked', { groups: { 'sg-pods': ALL_OUT, 'sg-nodes': 'denied' } }, 'unknown'],
    ['was never asked for', { groups: { 'sg-nodes': ALL_IN } }, 'unknown'],
    [
      'hides nothing that is certain: open to one node, blocked to another',
      { groups: { 'sg-pods': { out: ['udp 53 10.0.2.5/32'] }, 'sg-nodes': ALL_IN } },
      'some',
    ],
    [
      'is not the port of a list that is for another port',
      { groups: { 'sg-pods': { out: ['udp 54 pl-a'] }, 'sg-nodes': ALL_IN }, lists: { 'pl-a': 'denied' } },
      'blocked',
    ],
    [
      'includes a list with an entry that is no block',
      { groups: { 'sg-pods': { out: ['udp 53 pl-a'] }, 'sg-nodes': ALL_IN }, lists: { 'pl-a': ['10.0.2.300/24'] } },
      'unknown',
    ],
    ['includes a rule with a block that is none', { groups: { 'sg-pods': { out: ['udp 53 10.0.0/16'] }, 'sg-nodes': ALL_IN } }, 'unknown'],
    [
      'includes a protocol that is none',
      { groups: { 'sg-pods': { out: ['carrier-pigeon 53 10.0.0.0/16'] }, 'sg-nodes': ALL_IN } },
      'unknown',
    ],
    [
      'includes ports that are none',
      { groups: { 'sg-pods': { out: [{ ipProtocol: 'udp', fromPort: 53, toPort: undefined }] }, 'sg-nodes': ALL_IN } },
      'unknown',
    ],
    [
      'is only where such a rule could match',
      { groups: { 'sg-pods': { out: ['carrier-pigeon 53 10.9.0.0/16'] }, 'sg-nodes': ALL_IN } },
      'blocked',
    ],
  ])('%s', (_, world, outcome) => {
    expect(ask(world).outcome).toBe(outcome);
  });

  it('shows the part that is certainly blocked all the same', () => {
    const world: World = { groups: { 'sg-pods': ALL_OUT, 'sg-a': {}, 'sg-b': 'denied' } };
    const to = [host('node a', ['10.0.2.5'], ['sg-a']), host('node b', ['10.0.2.6'], ['sg-b'])];
    const proof = judge({ world, from: [POD], to });
    expect(proof).toMatchObject({ outcome: 'unknown', blocked: { to: ['node a'] }, unknown: { to: ['node b'] }, open: { to: [] } });
    expect(proof.blockedBy.map(({ groupIds }) => groupIds)).toEqual([['sg-a']]);
  });

  it('includes hosts: none, without address, with one that is none, without group', () => {
    const world: World = { groups: { 'sg-pods': ALL_OUT, 'sg-nodes': ALL_IN } };
    const to = (...hosts: Parameters<typeof host>[]) => judge({ world, from: [POD], to: hosts.map((each) => host(...each)) });
    expect(to()).toMatchObject({ outcome: 'unknown', unsettled: [{ what: 'host', says: 'no host of CoreDNS is known' }] });
    expect(to(['n', [], ['sg-nodes']])).toMatchObject({ outcome: 'unknown', unsettled: [{ what: 'address', id: 'n' }] });
    expect(to(['n', ['10.0.2.5', 'x'], ['sg-nodes']])).toMatchObject({
      outcome: 'unknown',
      unsettled: [{ says: expect.stringContaining('"x"') }],
    });
    expect(to(['n', ['10.0.2.5'], []])).toMatchObject({ outcome: 'unknown', unsettled: [{ what: 'host', id: 'n' }] });
    expect(to(['n', ['fd00::1'], ['sg-nodes']])).toMatchObject({ outcome: 'unknown', unsettled: [{ what: 'host' }] });
  });

  it('of an address does not matter to a reference, nor where nothing is let out at all', () => {
    const to = [host('node', [], ['sg-nodes'])];
    expect(judge({ world: { groups: { 'sg-pods': { out: ['udp 53 sg-nodes'] }, 'sg-nodes': ALL_IN } }, from: [POD], to }).outcome).toBe(
      'open',
    );
    expect(judge({ world: { groups: { 'sg-pods': { out: ['tcp 53 0.0.0.0/0'] }, 'sg-nodes': ALL_IN } }, from: [POD], to }).outcome).toBe(
      'blocked',
    );
  });
});

describe('both families', () => {
  const from = [host('pod', ['10.0.1.10', 'fd00::10'], ['sg-pods'])];
  const to = [host('node', ['10.0.2.5', 'fd00::5'], ['sg-nodes'])];
  const world: World = { groups: { 'sg-pods': { out: ['all 0.0.0.0/0'] }, 'sg-nodes': { in: ['all 0.0.0.0/0', 'all ::/0'] } } };

  it('are judged each by its own rules, and together unless one is asked for', () => {
    expect(judge({ world, from, to }).outcome).toBe('some');
    expect(judge({ world, from, to, traffic: { ...DNS, family: 'ipv4' } }).outcome).toBe('open');
    expect(judge({ world, from, to, traffic: { ...DNS, family: 'ipv6' } }).outcome).toBe('blocked');
  });

  it('are one where an end has only one', () => {
    expect(judge({ world, from, to: [host('node', ['10.0.2.5'], ['sg-nodes'])] }).outcome).toBe('open');
  });

  it('name every rule that it takes where addresses are too large for a number', () => {
    const split: World = { groups: { 'sg-pods': { out: ['all fd00::5/128', 'all fd00::6/128'] }, 'sg-nodes': { in: ['all ::/0'] } } };
    const nodes = [host('node', ['fd00::5', 'fd00::6'], ['sg-nodes'])];
    expect(judge({ world: split, from, to: nodes })).toMatchObject({ outcome: 'open', openedBy: { length: 2 } });
  });

  it('print IPv6 as people write it', () => {
    expect(judge({ world, from, to, traffic: { ...DNS, family: 'ipv6' } }).blockedBy[0]?.packet.to.address).toBe('fd00::5');
  });
});
