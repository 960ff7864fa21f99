import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readOk } from '../../shared/domain/read.ts';
import type { NetworkFacts } from '../../shared/domain/security-group.ts';
import { compileFacts, withRules } from '../../shared/network/compile.ts';
import { compileEndpoint } from '../../shared/network/endpoint.ts';
import { evaluate } from '../../shared/network/evaluate.ts';
import { type AskedPath, type PathRemedy, remedyFor } from '../../shared/network/remedy.ts';
import { runs } from '../support/runs.ts';
import { oracle } from './oracle.ts';
import { type Case, compiled, endpoint, host, PEER_VPC, type World } from './world.ts';
import { type RandomWorld, randomWorld } from './worlds.ts';

const POD = host('eni-pod', ['10.0.1.10'], ['sg-pods'], { subnetCidrs: ['10.0.1.0/24'] });
const NODES = [
  host('node 1', ['10.0.2.5'], ['sg-nodes'], { subnetCidrs: ['10.0.2.0/24'] }),
  host('node 2', ['10.0.3.5'], ['sg-nodes'], { subnetCidrs: ['10.0.3.0/24'] }),
];
const ALL = { out: ['all 0.0.0.0/0'], in: ['all 0.0.0.0/0'] };

function remedy(each: Case, asked: readonly Case[] = []): PathRemedy | undefined {
  const { facts, path } = compiled(each);
  const others = asked.map((other, index): AskedPath => {
    const { path: otherPath } = compiled(other);
    return { label: `other ${index + 1}`, path: otherPath, outcome: evaluate(facts, otherPath).outcome };
  });
  const found = remedyFor(facts, path, others, 'eu-west-1');
  if (found) expect(evaluate(withRules(facts, found.rules), path)).toMatchObject({ outcome: 'open', blockedBy: [] });
  return found;
}

describe('the remedy', () => {
  it('of a path that both sides block is one reference on each side', () => {
    const found = remedy({ world: { groups: { 'sg-pods': {}, 'sg-nodes': {} } }, from: [POD], to: NODES });
    expect(found?.commands).toEqual([
      "aws ec2 authorize-security-group-egress --region eu-west-1 --group-id sg-pods --ip-permissions 'IpProtocol=udp,FromPort=53,ToPort=53,UserIdGroupPairs=[{GroupId=sg-nodes}]'",
      "aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-nodes --ip-permissions 'IpProtocol=udp,FromPort=53,ToPort=53,UserIdGroupPairs=[{GroupId=sg-pods}]'",
    ]);
    expect(found?.terraform).toBe(`resource "aws_vpc_security_group_egress_rule" "sg_pods_udp_53_to_sg_nodes" {
  security_group_id            = "sg-pods"
  referenced_security_group_id = "sg-nodes"
  ip_protocol                  = "udp"
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_ingress_rule" "sg_nodes_udp_53_from_sg_pods" {
  security_group_id            = "sg-nodes"
  referenced_security_group_id = "sg-pods"
  ip_protocol                  = "udp"
  from_port                    = 53
  to_port                      = 53
}`);
    expect(found?.summary).toBe(
      'Add a rule of sg-pods that lets out udp 53 to holders of sg-nodes, and a rule of sg-nodes that lets in udp 53 from holders of sg-pods: evaluated again with that, the path from pods to CoreDNS is open.',
    );
  });

  it.each<[string, World, string[]]>([
    ['touches only the side that blocks', { groups: { 'sg-pods': ALL, 'sg-nodes': {} } }, ['sg-nodes in sg-pods']],
    [
      'opens a partly open path with one rule',
      { groups: { 'sg-pods': { out: ['udp 53 10.0.2.0/24'] }, 'sg-nodes': ALL } },
      ['sg-pods out sg-nodes'],
    ],
  ])('%s', (_, world, rules) => {
    expect(inWords(remedy({ world, from: [POD], to: NODES }))).toEqual(rules);
  });

  it('names a group that all hosts of the other end hold', () => {
    const to = [host('node 1', ['10.0.2.5'], ['sg-a', 'sg-cluster']), host('node 2', ['10.0.3.5'], ['sg-b', 'sg-cluster'])];
    const world = { groups: { 'sg-pods': {}, 'sg-a': {}, 'sg-b': {}, 'sg-cluster': {} } };
    expect(inWords(remedy({ world, from: [POD], to }))).toEqual(['sg-pods out sg-cluster', 'sg-cluster in sg-pods']);
  });

  it('names as many groups as it takes where no single one is held by all', () => {
    const to = ['a', 'a', 'b', 'c'].map((name, index) => host(`node ${index}`, [`10.0.2.${index}`], [`sg-${name}`]));
    const world = { groups: { 'sg-pods': {}, 'sg-a': ALL, 'sg-b': ALL, 'sg-c': ALL } };
    expect(inWords(remedy({ world, from: [POD], to }))).toEqual(['sg-pods out sg-a', 'sg-pods out sg-b', 'sg-pods out sg-c']);
  });

  it('adds to one group of a set, and to one that only this end holds if there is one', () => {
    const from = [host('pod', ['10.0.1.10'], ['sg-both', 'sg-own', 'sg-xtra'])];
    const to = [host('node', ['10.0.2.5'], ['sg-both', 'sg-nodes'])];
    const world = { groups: { 'sg-both': {}, 'sg-own': {}, 'sg-xtra': {}, 'sg-nodes': {} } };
    expect(inWords(remedy({ world, from, to }))).toEqual(['sg-own out sg-nodes', 'sg-nodes in sg-own']);
  });

  it('leaves alone a group that has as many rules as EC2 allows, where another will do, and says so where none will', () => {
    const full = { out: Array.from({ length: 60 }, (_, index) => `tcp ${1000 + index} 0.0.0.0/0`) };
    const world = { groups: { 'sg-full': full, 'sg-room': {}, 'sg-nodes': ALL } };
    expect(inWords(remedy({ world, from: [host('pod', ['10.0.1.10'], ['sg-full', 'sg-room'])], to: NODES }))).toEqual([
      'sg-room out sg-nodes',
    ]);
    const only = remedy({ world, from: [host('pod', ['10.0.1.10'], ['sg-full'])], to: NODES });
    expect(inWords(only)).toEqual(['sg-full out sg-nodes']);
    expect(only?.summary).toContain('sg-full has 60 rules or more already, and EC2 refuses more than 60 in one direction');
  });

  it('names subnets where no reference would match, and says so', () => {
    const to = [host('node', ['10.0.2.5'], ['sg-nodes'], { vpcId: PEER_VPC, subnetCidrs: ['10.0.2.0/24', 'fd00:2::/64'] })];
    const found = remedy({ world: { groups: { 'sg-pods': {}, 'sg-nodes': ALL }, homes: { 'sg-nodes': PEER_VPC } }, from: [POD], to });
    expect(inWords(found)).toEqual(['sg-pods out 10.0.2.0/24']);
    expect(found?.commands[0]).toContain("'IpProtocol=udp,FromPort=53,ToPort=53,IpRanges=[{CidrIp=10.0.2.0/24}]'");
    expect(found?.terraform).toContain('cidr_ipv4         = "10.0.2.0/24"');
    expect(found?.summary).toContain('No reference to a group would do, so subnets are named');
  });

  it('names subnets on one side only, where the other can do with references, be they more', () => {
    const far = { vpcId: PEER_VPC, subnetCidrs: ['10.0.2.0/24'] };
    const groups = { 'sg-a': {}, 'sg-b': {}, 'sg-nodes': {} };
    const from = ['a', 'b'].map((name) => host(`pod ${name}`, ['10.0.1.10'], [`sg-${name}`], { subnetCidrs: ['10.0.1.0/24'] }));
    const to = [host('near', ['10.0.3.5'], ['sg-nodes'], { subnetCidrs: ['10.0.3.0/24'] }), host('far', ['10.0.2.5'], ['sg-far'], far)];
    const world = { groups: { ...groups, 'sg-far': ALL }, homes: { 'sg-far': PEER_VPC } };
    expect(inWords(remedy({ world, from, to }))).toEqual([
      'sg-a out 10.0.2.0/24',
      'sg-a out 10.0.3.0/24',
      'sg-b out 10.0.2.0/24',
      'sg-b out 10.0.3.0/24',
      'sg-nodes in sg-a',
      'sg-nodes in sg-b',
    ]);
  });

  it('names addresses where nothing else is known', () => {
    const to = [host('node', ['10.0.2.4', '10.0.2.5', 'fd00::5'], ['sg-nodes'], { vpcId: PEER_VPC })];
    const world = { groups: { 'sg-pods': {}, 'sg-nodes': { in: ['all 0.0.0.0/0', 'all ::/0'] } } };
    const from = [host('pod', ['10.0.1.10', 'fd00::1'], ['sg-pods'])];
    const found = remedy({ world, from, to });
    expect(inWords(found)).toEqual(['sg-pods out 10.0.2.4/31', 'sg-pods out fd00::5/128']);
    expect(found?.commands[1]).toContain('Ipv6Ranges=[{CidrIpv6=fd00::5/128}]');
  });

  it('is none for a path that is open or unknown, or whose groups cannot be read', () => {
    expect(remedy({ world: { groups: { 'sg-pods': ALL, 'sg-nodes': ALL } }, from: [POD], to: NODES })).toBeUndefined();
    expect(remedy({ world: { groups: { 'sg-pods': 'denied', 'sg-nodes': ALL } }, from: [POD], to: NODES })).toBeUndefined();
    expect(remedy({ world: { groups: { 'sg-pods': {}, 'sg-nodes': 'denied' } }, from: [POD], to: [] })).toBeUndefined();
  });

  it('opens what is known to be blocked where the other side is unknown, and says what it leaves', () => {
    const world: World = { groups: { 'sg-pods': {}, 'sg-nodes': 'denied' } };
    const { facts, path } = compiled({ world, from: [POD], to: NODES });
    const found = remedyFor(facts, path, [], 'eu-west-1');
    expect(inWords(found)).toEqual(['sg-pods out sg-nodes']);
    expect(found?.summary).toContain('is blocked nowhere; what is unknown of it stays so');
  });

  it('names the account of a group that is not of the account of the rule', () => {
    const { facts, path } = compiled({ world: { groups: { 'sg-pods': {}, 'sg-nodes': ALL } }, from: [POD], to: NODES });
    const shared = { found: true, id: 'sg-nodes', name: 'nodes', ownerId: '444455556666', vpcId: 'vpc-0a', tags: {} } as const;
    const groups: NetworkFacts['groups'] = { ...facts.facts.groups, 'sg-nodes': readOk(shared, new Date(0)) };
    const found = remedyFor(compileFacts({ ...facts.facts, groups }), path, [], 'eu-west-1');
    expect(found?.commands[0]).toContain('UserIdGroupPairs=[{GroupId=sg-nodes,UserId=444455556666}]');
    expect(found?.terraform).toContain('referenced_security_group_id = "444455556666/sg-nodes"');
  });

  it('says protocols without ports, and ICMP, as EC2 takes them', () => {
    const ask = (traffic: Case['traffic']) =>
      remedy({ world: { groups: { 'sg-pods': {}, 'sg-nodes': ALL } }, from: [POD], to: NODES, ...(traffic && { traffic }) })?.commands[0];
    expect(ask({ protocol: '47' })).toContain("'IpProtocol=47,UserIdGroupPairs=");
    expect(ask({ protocol: 'icmp', port: 3, code: 4 })).toContain("'IpProtocol=icmp,FromPort=3,ToPort=4,");
  });
});

describe('side effects of a remedy', () => {
  const groups = { 'sg-a': {}, 'sg-b': {}, 'sg-nodes': ALL };
  const pod = (...held: string[]) => host(`pod ${held}`, ['10.0.1.10'], held);

  it('are avoided where another group of the set has none', () => {
    const other: Case = { world: { groups }, from: [pod('sg-a')], to: NODES };
    const found = remedy({ world: { groups }, from: [pod('sg-a', 'sg-b')], to: NODES }, [other]);
    expect(inWords(found)).toEqual(['sg-b out sg-nodes']);
    expect(found?.sideEffects).toEqual([]);
  });

  it('are told where there is no way around them', () => {
    const other: Case = { world: { groups }, from: [pod('sg-a', 'sg-b')], to: NODES };
    const found = remedy({ world: { groups }, from: [pod('sg-a')], to: NODES }, [other]);
    expect(found?.sideEffects).toEqual([{ label: 'other 1', before: 'blocked', after: 'open' }]);
    expect(found?.summary).toContain('It also changes other 1 (blocked to open).');
  });

  it('are none on other ports, other protocols and the reverse way', () => {
    const others: Case[] = [
      { world: { groups }, from: [pod('sg-a')], to: NODES, traffic: { protocol: 'tcp', port: 53 } },
      { world: { groups }, from: [pod('sg-a')], to: NODES, traffic: { protocol: 'udp', port: 54 } },
      { world: { groups }, from: NODES, to: [pod('sg-a')] },
    ];
    expect(remedy({ world: { groups }, from: [pod('sg-a')], to: NODES }, others)?.sideEffects).toEqual([]);
  });
});

describe('in random worlds a remedy', () => {
  const compile = ({ facts, from, to, traffic }: RandomWorld) => ({
    facts: compileFacts(facts),
    path: { from: compileEndpoint(from), to: compileEndpoint(to), traffic },
  });
  /** The same facts, the rules added by hand. */
  const added = (facts: NetworkFacts, remedy: PathRemedy): NetworkFacts => {
    const rules = { ...facts.rules };
    for (const rule of remedy.rules) {
      const read = rules[rule.groupId];
      if (read?.ok) rules[rule.groupId] = { ...read, value: [...read.value, rule] };
    }
    return { ...facts, rules };
  };
  const isPlain = ({ facts, from, to }: RandomWorld): boolean =>
    Object.keys(facts.rules).every((id) => {
      const [rules, group] = [facts.rules[id], facts.groups[id]];
      return rules?.ok && group?.ok && group.value.found && group.value.vpcId === 'vpc-0a';
    }) && [...from.hosts, ...to.hosts].every(({ vpcId, groupIds }) => vpcId === 'vpc-0a' && groupIds.length > 0);

  it('opens every packet that was blocked, closes none, needs each of its rules, and is always found where all is known', () => {
    const seen = { found: 0, none: 0, address: 0 };
    fc.assert(
      fc.property(randomWorld, (world) => {
        const before = oracle(world.facts, world.from, world.to, world.traffic);
        if (before.outcome !== 'blocked' && before.outcome !== 'some') return;
        const { facts, path } = compile(world);
        const remedy = remedyFor(facts, path, [], 'eu-west-1');
        if (!remedy) {
          seen.none += 1;
          expect(isPlain(world)).toBe(false);
          return;
        }
        seen.found += 1;
        if (remedy.rules.some(({ peer }) => peer.kind !== 'group')) seen.address += 1;
        const fates = (rules: PathRemedy['rules']) =>
          oracle(added(world.facts, { ...remedy, rules }), world.from, world.to, world.traffic).packets.map(({ fate }) => fate);
        const was = before.packets.map(({ fate }) => fate);
        const all = fates(remedy.rules);
        expect(all).not.toContain('blocked');
        expect(all.filter((fate, at) => fate !== 'open' && was[at] === 'open')).toEqual([]);
        for (const rule of remedy.rules) expect(fates(remedy.rules.filter((each) => each !== rule))).not.toEqual(all);
      }),
      { numRuns: runs(5000) },
    );
    expect(seen.found).toBeGreaterThan(runs(500));
    expect(seen.none).toBeGreaterThan(runs(20));
    expect(seen.address).toBeGreaterThan(runs(20));
  });

  it('has the side effects that asking again shows, and no others', () => {
    fc.assert(
      fc.property(randomWorld, randomWorld, (world, { from, to, traffic }) => {
        const { facts, path } = compile(world);
        const other = { from: compileEndpoint(endpoint('c', from.hosts)), to: compileEndpoint(endpoint('d', to.hosts)), traffic };
        const before = evaluate(facts, other).outcome;
        const remedy = remedyFor(facts, path, [{ label: 'other', path: other, outcome: before }], 'eu-west-1');
        if (!remedy) return;
        const after = oracle(added(world.facts, remedy), from, to, traffic).outcome;
        expect(remedy.sideEffects).toEqual(after === before ? [] : [{ label: 'other', before, after }]);
      }),
      { numRuns: runs(2000) },
    );
  });
});

const inWords = (found: PathRemedy | undefined): string[] | undefined =>
  found?.rules.map(({ groupId, isEgress, peer }) => {
    const whom = peer.kind === 'group' ? peer.groupId : 'cidr' in peer ? peer.cidr : peer.kind;
    return `${groupId} ${isEgress ? 'out' : 'in'} ${whom}`;
  });
