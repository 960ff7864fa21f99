// One side of a path: which addresses of the other end the union of a class's groups lets out to, or in from.
import type { AddressFamily, SecurityGroupRule, Side, Unsettled } from '../domain/security-group.ts';
import { type Admission, admissionsOf, type CompiledFacts, groupOf } from './compile.ts';
import type { HostClass, Space } from './endpoint.ts';
import { type Intervals, intersect, overlap, sizeOf, subtract, unionOf } from './intervals.ts';
import type { CompiledPeer } from './peer.ts';
import { matchReference } from './reference.ts';
import type { CompiledTraffic } from './traffic.ts';

/** A rule and the addresses of the other end that it certainly admits. */
export interface Cover {
  rule: SecurityGroupRule;
  admits: Intervals;
}

/** The addresses of the other end in one space: certainly admitted, possibly, certainly not. Disjoint, and together all of them. */
export interface Admitted {
  yes: Intervals;
  maybe: Intervals;
  no: Intervals;
  /** The fewest rules that were found to make up `yes`. */
  covers: readonly Cover[];
  /** Why `maybe` is not empty; empty when it is. */
  unsettled: readonly Unsettled[];
}

/** What one side is asked: does the union of `local`'s groups admit `other`'s addresses in one space? */
export interface SideQuestion {
  facts: CompiledFacts;
  traffic: CompiledTraffic;
  /** The families that the path is judged in. */
  families: readonly AddressFamily[];
  side: Side;
  /** Whose groups are asked. */
  local: HostClass;
  /** Who is let out to, or in from. */
  other: HostClass;
  space: Space;
}

/** Something that is not known, and the addresses that it may admit. */
interface Doubt {
  unsettled: Unsettled;
  may: Intervals;
}

/** What one side says of the other end's addresses in one space. */
export function admitted(question: SideQuestion): Admitted {
  const whole = question.other.spaces[question.space];
  const { covers, doubts } = match(question, whole);
  const yes = unionOf(covers.flatMap((cover) => cover.admits));
  const rest = subtract(whole, yes);
  const maybe = intersect(rest, unionOf(doubts.flatMap((doubt) => doubt.may)));
  return {
    yes,
    maybe,
    no: subtract(rest, maybe),
    covers: fewest(covers),
    unsettled: doubts.filter(({ may }) => overlap(may, maybe)).map((doubt) => doubt.unsettled),
  };
}

function match(question: SideQuestion, whole: Intervals): { covers: readonly Cover[]; doubts: readonly Doubt[] } {
  const covers: Cover[] = [];
  const doubts: Doubt[] = [];
  if (whole.length === 0) return { covers, doubts };
  const { local, facts, side, traffic } = question;
  // EC2 gives every ordinary interface a group; what has none (a network load balancer may) is not filtered at all.
  if (local.groupIds.length === 0) doubts.push(...local.hosts.slice(0, 1).map((host) => ({ unsettled: groupless(host), may: whole })));
  for (const group of local.groupIds.map((id) => groupOf(facts, id))) {
    if (group.unsettled) doubts.push({ unsettled: group.unsettled, may: whole });
    for (const admission of admissionsOf(facts, group, side, traffic)) {
      const cover = matchRule(question, admission, whole, doubts);
      // One rule for everything: what else there is, known or not, does not matter.
      if (cover?.admits === whole) return { covers: [cover], doubts: [] };
      if (cover) covers.push(cover);
    }
  }
  return { covers, doubts };
}

function matchRule(question: SideQuestion, { rule, peer, sure }: Admission, whole: Intervals, doubts: Doubt[]): Cover | undefined {
  const { admits, unsettled } = matchPeer(question, peer, whole);
  if (unsettled) doubts.push({ unsettled, may: whole });
  if (!sure) doubts.push({ unsettled: unclearRule(rule), may: admits });
  return sure && admits.length > 0 ? { rule, admits } : undefined;
}

/** Whom of the other end a rule matches; `admits` is `whole` itself when it matches everybody. */
function matchPeer({ facts, families, side, local, other, space }: SideQuestion, peer: CompiledPeer, whole: Intervals) {
  if (peer.reference) {
    const match = matchReference(peer.reference, side, local.vpcId, other, facts.facts);
    return { admits: match.answer === 'yes' ? whole : [], unsettled: match.answer === 'maybe' ? match.unsettled : undefined };
  }
  if (space === 'unplaced') {
    // Nobody knows whether a block holds an address that nobody knows.
    const isSomething = families.some((family) => peer.addresses[family].length > 0);
    return { admits: [], unsettled: peer.unsettled ?? (isSomething ? other.hosts.flatMap(addressless)[0] : undefined) };
  }
  const shared = intersect(whole, peer.addresses[space]);
  return { admits: subtract(whole, shared).length === 0 ? whole : shared, unsettled: peer.unsettled };
}

const groupless = ({ label }: { label: string }): Unsettled => ({
  what: 'host',
  id: label,
  says: `no security group of ${label} is known`,
});

const addressless = ({ label, unplaced }: { label: string; unplaced: string | undefined }): Unsettled[] =>
  unplaced === undefined ? [] : [{ what: 'address', id: label, says: `where ${label} can be reached is not known: ${unplaced}` }];

const unclearRule = (rule: SecurityGroupRule): Unsettled => ({
  what: 'rule',
  id: rule.id,
  says: `what rule ${rule.id} of ${rule.groupId} admits is not understood: protocol ${rule.ipProtocol}, ports ${rule.fromPort} to ${rule.toPort}`,
});

/** Rules which together admit what all of them admit, the one that adds most first. */
function fewest(covers: readonly Cover[]): readonly Cover[] {
  if (covers.length < 2) return covers;
  const chosen: Cover[] = [];
  let missing = unionOf(covers.flatMap((cover) => cover.admits));
  while (missing.length > 0) {
    // Only one that adds something, so that this ends however roughly sizes are known.
    const [best] = covers
      .filter((cover) => overlap(missing, cover.admits))
      .map((cover) => ({ cover, added: sizeOf(intersect(missing, cover.admits)) }))
      .sort((a, b) => b.added - a.added);
    if (!best) break;
    chosen.push(best.cover);
    missing = subtract(missing, best.cover.admits);
  }
  return chosen;
}
