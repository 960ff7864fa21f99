// EC2 is eventually consistent: for some seconds after a call it may answer as if nobody had made it.

import type { RulePeer, SecurityGroupRule } from '../domain/security-group.ts';
import { parseBlock } from '../network/address.ts';
import type { Change, ChangedPeer, ChangedRule } from './change.ts';

/** The rules of a group as they were read; undefined: they were not. */
export type RulesOf = (groupId: string) => readonly SecurityGroupRule[] | undefined;

/** Whether what was read shows what a call did to the rules of its groups. `known`: other changes, which may have come after it. */
export function isShown({ id, at, what }: Change, rulesOf: RulesOf, known: readonly Change[]): boolean {
  if (!('rules' in what)) return true;
  const others = known.filter((each) => each.id !== id && Date.parse(each.at) >= Date.parse(at));
  return what.rules.every((rule) => {
    const read = rulesOf(rule.groupId);
    // An id is never given twice, so that it tells.
    if (!read || rule.id === null) return true;
    const there = read.find((each) => each.id === rule.id);
    if (what.kind === 'rules-revoked') return !there;
    if (others.some((other) => 'rules' in other.what && other.what.rules.some((each) => each.id === rule.id))) return true;
    return there !== undefined && (what.kind === 'rules-authorized' || saysTheSame(rule, there));
  });
}

const port = (value: number | null | undefined): number => value ?? -1;

function saysTheSame(rule: ChangedRule, read: SecurityGroupRule): boolean {
  // EC2 reads numbers back as names, and a protocol without ports may be asked for with some.
  if (!['tcp', 'udp'].includes(rule.ipProtocol)) return true;
  const isSame =
    rule.ipProtocol === read.ipProtocol && port(rule.fromPort) === port(read.fromPort) && port(rule.toPort) === port(read.toPort);
  return isSame && nameOf(rule.peer) === nameOf(read.peer);
}

/** EC2 clears the host bits of what it is given. */
function nameOf(peer: ChangedPeer | RulePeer): string {
  switch (peer.kind) {
    case 'cidr-ipv4':
    case 'cidr-ipv6': {
      const block = parseBlock(peer.cidr);
      return block ? `${block.family} ${block.interval.start}-${block.interval.end}` : peer.cidr;
    }
    case 'prefix-list':
      return peer.id;
    case 'group':
      return peer.groupId;
    case 'unrecognised':
      return peer.says;
  }
}
