// Random worlds, small enough to try every packet, and full of what real accounts have: narrow blocks, lists, references to own, other,
// peered and stale groups, groups of other VPCs, and reads that failed.
import fc from 'fast-check';
import { type ItemReads, type Read, readOk } from '../../shared/domain/read.ts';
import type { Endpoint, Host, NetworkFacts, RulePeer, SecurityGroupRule, Traffic } from '../../shared/domain/security-group.ts';
import { denied, PEER_VPC, VPC } from './world.ts';

export interface RandomWorld {
  facts: NetworkFacts;
  from: Endpoint;
  to: Endpoint;
  traffic: Traffic;
}

const AT = new Date('2026-11-25T12:00:00Z');
const GROUPS = ['sg-1', 'sg-2', 'sg-3'];
const LISTS = ['pl-1', 'pl-2'];

/** One of some values, each as often as its weight says. */
const weighted = <T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> => {
  const all = choices.flatMap(([weight, value]) => Array.from({ length: weight }, () => value));
  return fc.constantFrom(...all);
};

const V4_BLOCKS = [
  '0.0.0.0/0',
  '10.0.0.0/28',
  '10.0.0.0/29',
  '10.0.0.8/29',
  '10.0.0.4/30',
  '10.0.0.6/31',
  '10.0.0.3/32',
  '10.0.0.9/32',
  '10.9.0.0/16',
];
const V6_BLOCKS = ['::/0', 'fd00::/126', 'fd00::2/127', 'fd00::1/128', 'fd01::/16'];
// Half of the blocks hold everything: else hardly any path would be open.
const broadly = (blocks: readonly string[]) => fc.oneof(fc.constantFrom(...blocks.slice(0, 2)), fc.constantFrom(...blocks));
const v4Block = broadly(V4_BLOCKS);
const v6Block = broadly(V6_BLOCKS);

const reference = fc
  .tuple(
    fc.constantFrom(...GROUPS),
    weighted<string | undefined>([6, '111122223333'], [1, undefined]),
    weighted<string | undefined>([2, undefined], [2, PEER_VPC], [2, VPC], [1, 'vpc-0c']),
    weighted<string | undefined>([3, 'active'], [1, 'deleted'], [1, 'pending-acceptance'], [1, undefined]),
    weighted<string | undefined>([1, 'pcx-1'], [2, undefined]),
  )
  .map(([groupId, userId, vpcId, peeringStatus, vpcPeeringConnectionId]): RulePeer => {
    const peered = vpcPeeringConnectionId !== undefined;
    return { kind: 'group', groupId, userId, vpcId, peeringStatus: peered ? peeringStatus : undefined, vpcPeeringConnectionId };
  });

const peer: fc.Arbitrary<RulePeer> = fc.oneof(
  { weight: 18, arbitrary: v4Block.map((cidr): RulePeer => ({ kind: 'cidr-ipv4', cidr })) },
  { weight: 8, arbitrary: v6Block.map((cidr): RulePeer => ({ kind: 'cidr-ipv6', cidr })) },
  { weight: 5, arbitrary: fc.constantFrom(...LISTS).map((id): RulePeer => ({ kind: 'prefix-list', id })) },
  { weight: 10, arbitrary: reference },
  {
    weight: 1,
    arbitrary: fc.constantFrom<RulePeer>(
      { kind: 'cidr-ipv4', cidr: '10.0.0.300/32' },
      { kind: 'cidr-ipv4', cidr: 'fd00::/64' },
      { kind: 'unrecognised', says: 'none' },
    ),
  },
);

const TRAFFIC = weighted<Traffic>(
  [4, { protocol: 'udp', port: 53 }],
  [4, { protocol: '17', port: 53, family: 'ipv4' }],
  [4, { protocol: 'tcp', port: 53 }],
  [1, { protocol: '47' }],
  [1, { protocol: 'icmp', port: 8, code: 0 }],
  [1, { protocol: 'icmpv6', port: 128 }],
);

const PROTOCOLS = weighted([10, 'udp'], [4, '17'], [8, 'tcp'], [20, '-1'], [3, 'icmp'], [2, 'icmpv6'], [2, '47'], [1, 'pigeon']);
const PORTS = weighted<readonly [number | undefined, number | undefined]>(
  [6, [53, 53]],
  [3, [1, 100]],
  [3, [54, 60]],
  [2, [1, 52]],
  [3, [-1, -1]],
  [2, [undefined, undefined]],
  [2, [8, -1]],
  [1, [8, 0]],
  [1, [128, 0]],
  [1, [53, undefined]],
);

type Draft = Omit<SecurityGroupRule, 'id' | 'groupId'>;
const draft = fc
  .tuple(fc.boolean(), PROTOCOLS, PORTS, peer)
  .map(([isEgress, ipProtocol, [fromPort, toPort], whom]): Draft => ({ isEgress, ipProtocol, fromPort, toPort, peer: whom }));

// Enough worlds must be known in full, or `unknown` would be the answer to everything.
const isRead = weighted([30, true], [1, false]);

const prefixList = fc
  .tuple(
    isRead,
    fc.array(
      fc.oneof({ weight: 16, arbitrary: v4Block }, { weight: 8, arbitrary: v6Block }, { weight: 1, arbitrary: fc.constant('10.0.0/8') }),
      { maxLength: 3 },
    ),
  )
  .map(([read, entries]): Read<readonly string[]> => (read ? readOk(entries, AT) : denied('ec2:GetManagedPrefixListEntries', 'list')));

type GroupItem = NetworkFacts['groups'][string];
type AssociationItem = NetworkFacts['associations'][string];
const answer = (vpcId: string): GroupItem => readOk({ found: true, id: 'sg', name: 'sg', ownerId: '111122223333', vpcId, tags: {} }, AT);
const home = weighted<GroupItem | undefined>(
  [20, answer(VPC)],
  [5, answer(PEER_VPC)],
  [1, readOk({ found: false }, AT)],
  [1, denied('ec2:DescribeSecurityGroups', 'sg')],
  [1, undefined],
);
const associated = (state: string): AssociationItem =>
  readOk(
    [
      { vpcId: VPC, state },
      { vpcId: PEER_VPC, state },
    ],
    AT,
  );
const association = weighted<AssociationItem | undefined>(
  [3, associated('associated')],
  [1, associated('disassociating')],
  [1, associated('disassociated')],
  [1, readOk([], AT)],
  [1, denied('ec2:DescribeSecurityGroupVpcAssociations', 'sg')],
  [1, undefined],
);

// As the console makes them: without such rules, two sides that both agree would be rare.
const everything: Draft = { isEgress: true, ipProtocol: '-1', fromPort: -1, toPort: -1, peer: { kind: 'cidr-ipv4', cidr: '0.0.0.0/0' } };
const usual = weighted<readonly Draft[]>(
  [4, []],
  [2, [everything]],
  [1, [{ ...everything, isEgress: false }]],
  [1, [everything, { ...everything, isEgress: false }]],
);
const drafts = fc.tuple(usual, fc.array(draft, { maxLength: 5, size: 'max' })).map(([first, more]) => [...first, ...more]);
const group = fc.tuple(isRead, drafts, home, association);

const V4_ADDRESSES = ['10.0.0.1', '10.0.0.3', '10.0.0.6', '10.0.0.7', '10.0.0.9', '10.0.0.12', '10.0.0.4/30', '10.0.0.8/29'];
const V6_ADDRESSES = ['fd00::1', 'fd00::2', 'fd00::3', 'fd00::/127'];
const some = (...from: readonly string[]) => fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 2, size: 'max' });
const addresses = fc.oneof(
  { weight: 12, arbitrary: some(...V4_ADDRESSES) },
  { weight: 3, arbitrary: some(...V6_ADDRESSES) },
  { weight: 4, arbitrary: some(...V4_ADDRESSES, ...V6_ADDRESSES) },
  { weight: 1, arbitrary: fc.constantFrom<string[]>([], ['10.0.0'], ['10.0.0.1', 'fd00::1%eth0']) },
);

const host = (usual: string) =>
  fc.tuple(addresses, weighted([14, 1], [7, 2], [1, 0]), fc.constantFrom(0, 1, 2), weighted([20, usual], [2, PEER_VPC], [1, '']));

const hosts = (name: string, usual: string) =>
  fc
    .oneof(
      { weight: 30, arbitrary: fc.array(host(usual), { minLength: 1, maxLength: 3, size: 'max' }) },
      { weight: 1, arbitrary: fc.constant([]) },
    )
    .map((drafts): Endpoint => {
      const hostOf = ([spoken, count, first, vpcId]: (typeof drafts)[number], index: number): Host => ({
        label: `${name} ${index}`,
        addresses: spoken,
        groupIds: GROUPS.concat(GROUPS).slice(first, first + count),
        vpcId,
      });
      return { label: name, hosts: drafts.map(hostOf) };
    });

const present = <T>(entries: readonly (readonly [string, Read<T> | undefined])[]): ItemReads<T> =>
  Object.fromEntries(entries.flatMap(([id, read]) => (read ? [[id, read]] : [])));

/** Any world. */
export const randomWorld: fc.Arbitrary<RandomWorld> = fc
  .tuple(
    fc.tuple(group, group, group),
    fc.tuple(prefixList, prefixList),
    hosts('a', VPC),
    fc.oneof({ weight: 5, arbitrary: hosts('b', VPC) }, { weight: 1, arbitrary: hosts('b', PEER_VPC) }),
    TRAFFIC,
  )
  .map(([groups, lists, from, to, traffic]) => {
    const each = <T>(pick: (index: number) => Read<T> | undefined) => present(GROUPS.map((id, index) => [id, pick(index)] as const));
    const rules = (index: number): NetworkFacts['rules'][string] => {
      const groupId = GROUPS[index] ?? '';
      if (!groups[index]?.[0]) return denied('ec2:DescribeSecurityGroupRules', groupId);
      return readOk(
        (groups[index]?.[1] ?? []).map((rule, at): SecurityGroupRule => ({ ...rule, id: `sgr-${index}-${at}`, groupId })),
        AT,
      );
    };
    const facts: NetworkFacts = {
      rules: each(rules),
      groups: each((index) => groups[index]?.[2]),
      associations: each((index) => groups[index]?.[3]),
      prefixLists: present(LISTS.map((id, index) => [id, lists[index]] as const)),
    };
    return { facts, from, to, traffic };
  });
