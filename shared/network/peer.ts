import { describeFailure, itemOf } from '../domain/read.ts';
import type { AddressFamily, GroupReference, NetworkFacts, SecurityGroupRule, Unsettled } from '../domain/security-group.ts';
import { type ByFamily, parseBlock } from './address.ts';
import { type Interval, unionOf } from './intervals.ts';

/** Whom a rule certainly matches, by address or as holder of a group; and, where not all of it is known, what may match as well. */
export interface CompiledPeer {
  addresses: ByFamily;
  reference: GroupReference | undefined;
  /** When present the rule may match anybody besides. */
  unsettled: Unsettled | undefined;
}

/** Peers by their text, each parsed once: an account has few blocks and lists, and thousands of rules that name them. */
export type Peers = Map<string, CompiledPeer>;

const NOBODY: ByFamily = { ipv4: [], ipv6: [] };

/** Whom a rule means. */
export function compilePeer(rule: SecurityGroupRule, facts: NetworkFacts, peers: Peers): CompiledPeer {
  const { peer } = rule;
  switch (peer.kind) {
    case 'cidr-ipv4':
      return onceEach(peers, `4 ${peer.cidr}`, () => cidrPeer(peer.cidr, 'ipv4')) ?? unclear(rule, noBlock(peer.cidr, 'ipv4'));
    case 'cidr-ipv6':
      return onceEach(peers, `6 ${peer.cidr}`, () => cidrPeer(peer.cidr, 'ipv6')) ?? unclear(rule, noBlock(peer.cidr, 'ipv6'));
    case 'group':
      return { addresses: NOBODY, reference: peer, unsettled: undefined };
    case 'prefix-list':
      return onceEach(peers, peer.id, () => listPeer(peer.id, facts));
    case 'unrecognised':
      return unclear(rule, `has a peer that is not understood: ${peer.says}`);
  }
}

function onceEach<T extends CompiledPeer | undefined>(peers: Peers, name: string, make: () => T): CompiledPeer | T {
  const known = peers.get(name);
  if (known) return known;
  const made = make();
  if (made) peers.set(name, made);
  return made;
}

const unclear = (rule: SecurityGroupRule, says: string): CompiledPeer => ({
  addresses: NOBODY,
  reference: undefined,
  unsettled: { what: 'rule', id: rule.id, says: `rule ${rule.id} of ${rule.groupId} ${says}` },
});

const noBlock = (cidr: string, family: AddressFamily): string => `names ${JSON.stringify(cidr)}, which is no ${familyName(family)} block`;

function cidrPeer(cidr: string, family: AddressFamily): CompiledPeer | undefined {
  const block = parseBlock(cidr);
  if (block?.family !== family) return undefined;
  return { addresses: { ...NOBODY, [family]: [block.interval] }, reference: undefined, unsettled: undefined };
}

/** A family as people write it. */
export const familyName = (family: AddressFamily): string => (family === 'ipv4' ? 'IPv4' : 'IPv6');

function listPeer(id: string, facts: NetworkFacts): CompiledPeer {
  const read = itemOf(facts.prefixLists, id);
  const unread = (says: string): Unsettled => ({
    what: 'prefix-list',
    id,
    says: `the entries of prefix list ${id} are not known: ${says}`,
  });
  if (!read) return { addresses: NOBODY, reference: undefined, unsettled: unread('it was not asked for') };
  if (!read.ok) return { addresses: NOBODY, reference: undefined, unsettled: unread(describeFailure(read.reason)) };
  const found: Record<AddressFamily, Interval[]> = { ipv4: [], ipv6: [] };
  const odd: string[] = [];
  for (const cidr of read.value) {
    const block = parseBlock(cidr);
    if (block) found[block.family].push(block.interval);
    else odd.push(cidr);
  }
  return {
    addresses: { ipv4: unionOf(found.ipv4), ipv6: unionOf(found.ipv6) },
    reference: undefined,
    unsettled: odd.length > 0 ? unread(`${JSON.stringify(odd[0])} is no CIDR block`) : undefined,
  };
}
