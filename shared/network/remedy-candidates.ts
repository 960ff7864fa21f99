// Rules that might open what is blocked, the best first. Whether they do, and what else they do, is for the evaluator to say.
import type { RulePeer, SecurityGroupRule } from '../domain/security-group.ts';
import { parseBlock, printBlocks } from './address.ts';
import type { CompiledEndpoint, HostClass } from './endpoint.ts';
import { type Intervals, overlap } from './intervals.ts';
import type { Need } from './remedy-needs.ts';
import type { CompiledTraffic } from './traffic.ts';

/** By what the other end is named. A reference follows hosts as they come and go; a subnet holds others too; addresses change. */
export type Means = 'group' | 'subnet' | 'address';
export const MEANS: readonly Means[] = ['group', 'subnet', 'address'];

/** EC2's default limit of rules for one direction of a group. What takes more is no remedy, and a group that has them takes no more. */
export const MOST_RULES = 60;
// A set has five groups at most by default, an interface sixteen: with both sides this is enough to try each alone.
const MOST_CANDIDATES = 64;

/** All sets of rules, of one means, that might settle a need. `isFull` tells the groups that may take no more rules: they come last. */
export function candidatesFor(
  need: Need,
  means: Means,
  { hosts, traffic, isFull }: { hosts: CompiledEndpoint; traffic: CompiledTraffic; isFull: (groupId: string) => boolean },
): SecurityGroupRule[][] {
  const whom = peersOf(need, means, hosts);
  return coversOf(need.locals, need.others, isFull).flatMap((targets) =>
    whom.map((peers) => targets.flatMap((groupId) => peers.map((peer, index) => ruleOf(groupId, need, peer, index, traffic)))),
  );
}

/** Every choice of one candidate for each need, the better means first: three references are better than one subnet. */
export function combine(candidates: readonly SecurityGroupRule[][][]): SecurityGroupRule[][] {
  const combined = candidates.reduce<SecurityGroupRule[][]>(
    (all, each) => all.flatMap((left) => each.map((right) => [...left, ...right])),
    [[]],
  );
  return combined.filter((rules) => rules.length > 0 && rules.length <= MOST_RULES).slice(0, MOST_CANDIDATES);
}

/**
 * The groups that every one of some classes holds, each alone; where there is none, several that make do together. Those that the
 * other end does not hold come first: a rule about them means one end only.
 */
function coversOf(classes: readonly HostClass[], others: readonly HostClass[], isFull = (_: string) => false): string[][] {
  const isShared = (id: string) => others.some(({ groupIds }) => groupIds.includes(id));
  const all = [...new Set(classes.flatMap(({ groupIds }) => groupIds))].sort();
  const rank = (id: string) => (isFull(id) ? 2 : 0) + (isShared(id) ? 1 : 0);
  const ordered = all.sort((a, b) => rank(a) - rank(b));
  const holders = (id: string, among: readonly HostClass[]) => among.filter(({ groupIds }) => groupIds.includes(id));
  const common = ordered.filter((id) => holders(id, classes).length === classes.length);
  if (common.length > 0) return common.map((id) => [id]);
  const chosen: string[] = [];
  let left = [...classes];
  while (left.length > 0) {
    const [best] = [...ordered].sort((a, b) => holders(b, left).length - holders(a, left).length);
    if (best === undefined || holders(best, left).length === 0) return [];
    chosen.push(best);
    left = left.filter(({ groupIds }) => !groupIds.includes(best));
  }
  return [chosen];
}

function peersOf(need: Need, means: Means, hosts: CompiledEndpoint): RulePeer[][] {
  if (means === 'group') return coversOf(need.others, need.locals).map((ids) => ids.map(referenceTo));
  const blocks = means === 'subnet' ? subnetsOf(need, hosts) : [...printBlocks(need.blocked.ipv4), ...printBlocks(need.blocked.ipv6)];
  return blocks.length === 0 ? [] : [blocks.map((cidr) => ({ kind: cidr.includes(':') ? 'cidr-ipv6' : 'cidr-ipv4', cidr }))];
}

const referenceTo = (groupId: string): RulePeer => ({
  kind: 'group',
  groupId,
  userId: undefined,
  vpcId: undefined,
  peeringStatus: undefined,
  vpcPeeringConnectionId: undefined,
});

/** The subnets' blocks that hold something of what is blocked. */
function subnetsOf(need: Need, { endpoint }: CompiledEndpoint): string[] {
  const indexes = need.others.flatMap(({ hosts }) => hosts.map(({ index }) => index));
  const known = new Set(indexes.flatMap((index) => endpoint.hosts[index]?.subnetCidrs ?? []));
  return [...known].sort().filter((cidr) => {
    const block = parseBlock(cidr);
    const blocked: Intervals = block ? need.blocked[block.family] : [];
    return block !== undefined && overlap([block.interval], blocked);
  });
}

function ruleOf(groupId: string, { side }: Need, peer: RulePeer, index: number, traffic: CompiledTraffic): SecurityGroupRule {
  const hasPorts = traffic.port !== undefined;
  const isIcmp = traffic.name.startsWith('icmp');
  return {
    id: `new-${side}-${groupId}-${index + 1}`,
    groupId,
    isEgress: side === 'egress',
    ipProtocol: traffic.name.startsWith('protocol') ? String(traffic.protocol) : traffic.name,
    fromPort: hasPorts ? traffic.port : undefined,
    toPort: hasPorts ? (isIcmp ? traffic.code : traffic.port) : undefined,
    peer,
  };
}
