// What security groups do, written as plainly as possible and unlike the evaluator: packet by packet, addresses as strings of bits, and
// instead of three-valued logic two worlds, one in which everything unknown helps and one in which nothing does. A packet certainly
// passes when it passes in the worse world, and certainly does not when it does not even in the better one.
import type { Endpoint, Extent, Host, NetworkFacts, PathOutcome, SecurityGroupRule, Traffic } from '../../shared/domain/security-group.ts';

export type Fate = 'open' | 'blocked' | 'unknown';

/** `address` undefined: one that the host has and nobody knows. */
export interface OraclePacket {
  from: Host;
  source: string | undefined;
  to: Host;
  target: string | undefined;
}

export interface OracleAnswer {
  outcome: PathOutcome;
  packets: readonly { packet: OraclePacket; fate: Fate }[];
  extents: Readonly<Record<Fate, Extent>>;
}

// Every address that a test host can have: a prefix stands for those of them that it holds.
export const UNIVERSE = [
  ...Array.from({ length: 16 }, (_, last) => `10.0.0.${last}`),
  'fd00::',
  ...Array.from({ length: 3 }, (_, index) => `fd00::${index + 1}`),
];

const V4 = /^\d+\.\d+\.\d+\.\d+$/;
const isV6 = (address: string) => address.includes(':');
const bits = (value: number, width: number) => value.toString(2).padStart(width, '0');

const bitsKnown = new Map<string, string | undefined>();
function bitsOf(address: string): string | undefined {
  if (!bitsKnown.has(address)) bitsKnown.set(address, bitsOfUnknown(address));
  return bitsKnown.get(address);
}

function bitsOfUnknown(address: string): string | undefined {
  if (V4.test(address)) {
    const bytes = address.split('.').map(Number);
    return bytes.every((byte) => byte <= 255) ? bytes.map((byte) => bits(byte, 8)).join('') : undefined;
  }
  if (!isV6(address)) return undefined;
  const [head = '', tail = ''] = address.split('::');
  const words = (text: string) => (text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16)));
  const [left, right] = [words(head), words(tail)];
  if (!/^[0-9a-f:]+$/.test(address)) return undefined;
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return [...left, ...zeros, ...right].map((word) => bits(word, 16)).join('');
}

/** Whether a block holds an address; undefined when it is no block. */
function holds(block: string, address: string): boolean | undefined {
  const [base = '', length] = block.split('/');
  const [prefix, given] = [bitsOf(base), bitsOf(address)];
  if (prefix === undefined || given === undefined) return undefined;
  return isV6(base) === isV6(address) && given.startsWith(length === undefined ? prefix : prefix.slice(0, Number(length)));
}

const isBlock = (text: string) => bitsOf(text.split('/')[0] ?? '') !== undefined;

/** Better or worse: what is unknown either helps the packet, or does not. */
type Luck = 'good' | 'bad';
const NUMBER: Record<string, number> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
const numberOf = (protocol: string): number => NUMBER[protocol] ?? Number(protocol);

function rulePasses(rule: SecurityGroupRule, traffic: Traffic, luck: Luck): boolean {
  if (rule.ipProtocol === '-1') return true;
  const protocol = numberOf(rule.ipProtocol);
  if (Number.isNaN(protocol)) return luck === 'good';
  if (protocol !== numberOf(traffic.protocol)) return false;
  if (![1, 6, 17, 58].includes(protocol)) return true;
  const [from, to] = [rule.fromPort ?? -1, rule.toPort ?? -1];
  if (from === -1 && to === -1) return true;
  const isByPort = protocol === 6 || protocol === 17;
  if (from < 0 || (isByPort && to < from)) return luck === 'good';
  return isByPort ? isPortBetween(from, traffic, to) : isIcmpMessage(from, traffic, to);
}

const isPortBetween = (from: number, { port }: Traffic, to: number): boolean => port !== undefined && from <= port && port <= to;
const isIcmpMessage = (type: number, { port, code = 0 }: Traffic, ofCode: number): boolean =>
  type === port && (ofCode === -1 || ofCode === code);

function blocksMatch(blocks: readonly string[], address: string | undefined, families: readonly string[], luck: Luck): boolean {
  if (blocks.some((block) => !isBlock(block)) && luck === 'good') return true;
  const real = blocks.filter(isBlock);
  if (address === undefined) return luck === 'good' && real.some((block) => families.includes(isV6(block) ? 'ipv6' : 'ipv4'));
  return real.some((block) => holds(block, address));
}

const isOfOtherFamily = ({ kind, cidr }: { kind: string; cidr: string }): boolean => isBlock(cidr) && isV6(cidr) !== (kind === 'cidr-ipv6');

function peerMatches(
  rule: SecurityGroupRule,
  local: Host,
  other: Host,
  address: string | undefined,
  families: readonly string[],
  facts: NetworkFacts,
  luck: Luck,
): boolean {
  const { peer } = rule;
  switch (peer.kind) {
    case 'unrecognised':
      return luck === 'good';
    case 'cidr-ipv4':
    case 'cidr-ipv6':
      if (isOfOtherFamily(peer)) return luck === 'good';
      return blocksMatch([peer.cidr], address, families, luck);
    case 'prefix-list': {
      const list = facts.prefixLists[peer.id];
      return list?.ok ? blocksMatch(list.value, address, families, luck) : luck === 'good';
    }
    case 'group':
      return other.groupIds.includes(peer.groupId) && referenceCounts(peer, rule.isEgress, local.vpcId, other.vpcId, facts, luck);
  }
}

function isAssociated(groupId: string, vpcId: string, { associations }: NetworkFacts): boolean {
  const read = associations[groupId];
  return read?.ok === true && read.value.some((each) => each.vpcId === vpcId && each.state === 'associated');
}

function referenceCounts(
  peer: SecurityGroupRule['peer'] & { kind: 'group' },
  isEgress: boolean,
  localVpc: string,
  otherVpc: string,
  facts: NetworkFacts,
  luck: Luck,
): boolean {
  if (localVpc === '' || otherVpc === '') return luck === 'good';
  const answer = facts.groups[peer.groupId];
  const home = answer?.ok && answer.value.found ? answer.value.vpcId : undefined;
  if (localVpc === otherVpc)
    return luck === 'good' || (home !== undefined && (home === localVpc || isAssociated(peer.groupId, localVpc, facts)));
  if (peer.vpcPeeringConnectionId === undefined) return !isEgress && luck === 'good';
  if (peer.peeringStatus === undefined) return luck === 'good';
  if (peer.peeringStatus !== 'active' || peer.userId === undefined) return false;
  return (peer.vpcId ?? home) === otherVpc || luck === 'good';
}

/** Whether one rule alone admits a packet on its side. */
export function ruleAdmits(
  rule: SecurityGroupRule,
  packet: OraclePacket,
  traffic: Traffic,
  families: readonly string[],
  facts: NetworkFacts,
  luck: Luck,
): boolean {
  const [local, other, address] = rule.isEgress ? [packet.from, packet.to, packet.target] : [packet.to, packet.from, packet.source];
  return rulePasses(rule, traffic, luck) && peerMatches(rule, local, other, address, families, facts, luck);
}

/** Whether the union of a host's groups admits a packet. */
export function sideAdmits(
  isEgress: boolean,
  packet: OraclePacket,
  traffic: Traffic,
  families: readonly string[],
  facts: NetworkFacts,
  luck: Luck,
): boolean {
  const { groupIds } = isEgress ? packet.from : packet.to;
  if (groupIds.length === 0) return luck === 'good';
  return groupIds.some((id) => {
    const rules = facts.rules[id];
    const group = facts.groups[id];
    const isContradicted = group?.ok === true && !group.value.found;
    if ((!rules?.ok || isContradicted) && luck === 'good') return true;
    return (
      rules?.ok === true &&
      rules.value.some((rule) => rule.isEgress === isEgress && ruleAdmits(rule, packet, traffic, families, facts, luck))
    );
  });
}

const membersKnown = new Map<string, readonly string[]>();
function membersOf(block: string): readonly string[] {
  const known = membersKnown.get(block) ?? UNIVERSE.filter((address) => holds(block, address) === true);
  membersKnown.set(block, known);
  return known;
}

const addressesOf = (host: Host): (string | undefined)[] => [
  ...new Set(host.addresses.flatMap(membersOf)),
  ...(host.addresses.every(isBlock) ? [] : [undefined]),
];

const familyOf = (address: string) => (isV6(address) ? 'ipv6' : 'ipv4');

/** The families that both ends have; an end of which no address is known could have any. */
export function familiesOf(from: Endpoint, to: Endpoint, traffic: Traffic): string[] {
  const known = ({ hosts }: Endpoint) =>
    new Set(hosts.flatMap(addressesOf).flatMap((address) => (address === undefined ? [] : [familyOf(address)])));
  const [a, b] = [known(from), known(to)];
  const spoken = numberOf(traffic.protocol) === 1 ? ['ipv4'] : numberOf(traffic.protocol) === 58 ? ['ipv6'] : ['ipv4', 'ipv6'];
  return spoken
    .filter((family) => traffic.family === undefined || traffic.family === family)
    .filter((family) => (a.size === 0 || a.has(family)) && (b.size === 0 || b.has(family)));
}

function packetsBetween(from: Endpoint, to: Endpoint, families: readonly string[]): OraclePacket[] {
  if (families.length === 0) return [];
  const speakers = ({ hosts }: Endpoint) =>
    hosts.flatMap((host) => {
      const spoken = addressesOf(host).filter((address) => address === undefined || families.includes(familyOf(address)));
      return (spoken.length > 0 ? spoken : [undefined]).map((address) => ({ host, address }));
    });
  return speakers(from).flatMap(({ host: sender, address: source }) =>
    speakers(to)
      .filter(({ address: target }) => source === undefined || target === undefined || familyOf(source) === familyOf(target))
      .map(({ host: receiver, address: target }) => ({ from: sender, source, to: receiver, target })),
  );
}

function outcomeOf(isOpen: boolean, isBlocked: boolean, isUnknown: boolean): PathOutcome {
  if (isOpen && isBlocked) return 'some';
  if (isUnknown || (!isOpen && !isBlocked)) return 'unknown';
  return isOpen ? 'open' : 'blocked';
}

/** Every packet that the two ends could exchange, and what becomes of it. */
export function oracle(facts: NetworkFacts, from: Endpoint, to: Endpoint, traffic: Traffic): OracleAnswer {
  const families = familiesOf(from, to, traffic);
  const fateOf = (packet: OraclePacket): Fate => {
    const passes = (luck: Luck) => [true, false].every((isEgress) => sideAdmits(isEgress, packet, traffic, families, facts, luck));
    if (passes('bad')) return 'open';
    return passes('good') ? 'unknown' : 'blocked';
  };
  const packets = packetsBetween(from, to, families).map((packet) => ({ packet, fate: fateOf(packet) }));
  const has = (fate: Fate) => packets.some((each) => each.fate === fate);
  const outcome = outcomeOf(has('open'), has('blocked'), has('unknown'));
  const extent = (fate: Fate): Extent => ({
    from: from.hosts.filter((host) => packets.some((each) => each.fate === fate && each.packet.from === host)).map((host) => host.label),
    to: to.hosts.filter((host) => packets.some((each) => each.fate === fate && each.packet.to === host)).map((host) => host.label),
  });
  return { outcome, packets, extents: { open: extent('open'), blocked: extent('blocked'), unknown: extent('unknown') } };
}
