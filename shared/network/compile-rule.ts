import type { AddressFamily, GroupReference, NetworkFacts, SecurityGroupRule, Unsettled } from '../model/network.ts';
import { describeFailure, itemOf } from '../model/read.ts';
import { type ByFamily, parseBlock } from './address.ts';
import { type Interval, unionOf } from './intervals.ts';
import { compilePorts, type RulePorts } from './traffic.ts';

/** Whom a rule certainly matches, by address or as holder of a group; and, where not all of it is known, what may match as well. */
export interface CompiledPeer {
  addresses: ByFamily;
  reference: GroupReference | undefined;
  /** When present the rule may match anybody besides. */
  unsettled: Unsettled | undefined;
}

export interface CompiledRule extends RulePorts {
  rule: SecurityGroupRule;
  peer: CompiledPeer;
}

/** The peers of prefix lists, each list parsed once. */
export type ListPeers = Map<string, CompiledPeer>;

const NOBODY: ByFamily = { ipv4: [], ipv6: [] };

/** One rule, parsed. */
export const compileRule = (rule: SecurityGroupRule, facts: NetworkFacts, lists: ListPeers): CompiledRule => ({
  rule,
  ...compilePorts(rule),
  peer: compilePeer(rule, facts, lists),
});

function compilePeer(rule: SecurityGroupRule, facts: NetworkFacts, lists: ListPeers): CompiledPeer {
  const { peer } = rule;
  switch (peer.kind) {
    case 'cidr-ipv4':
      return cidrPeer(rule, peer.cidr, 'ipv4');
    case 'cidr-ipv6':
      return cidrPeer(rule, peer.cidr, 'ipv6');
    case 'group':
      return { addresses: NOBODY, reference: peer, unsettled: undefined };
    case 'prefix-list': {
      const known = lists.get(peer.id) ?? listPeer(peer.id, facts);
      lists.set(peer.id, known);
      return known;
    }
    case 'unrecognised':
      return unclear(rule, `has a peer that is not understood: ${peer.says}`);
  }
}

const unclear = (rule: SecurityGroupRule, says: string): CompiledPeer => ({
  addresses: NOBODY,
  reference: undefined,
  unsettled: { what: 'rule', id: rule.id, says: `rule ${rule.id} of ${rule.groupId} ${says}` },
});

function cidrPeer(rule: SecurityGroupRule, cidr: string, family: AddressFamily): CompiledPeer {
  const block = parseBlock(cidr);
  if (block?.family !== family) return unclear(rule, `names ${JSON.stringify(cidr)}, which is no ${familyName(family)} block`);
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
