import type { NearestMiss, Packet, SecurityGroupRule, Side } from '../domain/security-group.ts';
import { groupOf } from './compile.ts';
import { describeRule } from './describe.ts';
import { type Interval, overlap } from './intervals.ts';
import { compilePeer } from './peer.ts';
import { matchReference } from './reference.ts';
import type { SideQuestion } from './side.ts';
import { admitsPort, admitsProtocol, type CompiledTraffic, compilePorts } from './traffic.ts';

type Miss = NearestMiss['misses'][number];

// Nearest first: the peer is what people get wrong when the port is right, and a wrong protocol (TCP where DNS needs UDP as well)
// is a likelier slip than a rule that has nothing in common with the packet.
const NEARNESS: readonly (readonly Miss[])[] = [
  ['peer'],
  ['port'],
  ['protocol'],
  ['port', 'peer'],
  ['protocol', 'peer'],
  ['protocol', 'port'],
  ['protocol', 'port', 'peer'],
];
const nearness = (misses: readonly Miss[]): number =>
  NEARNESS.findIndex((each) => each.length === misses.length && each.every((miss, at) => miss === misses[at]));

/** The rule that comes closest to admitting a packet that no rule admits; of equals the first by group, then by id. */
export function nearestMiss(question: SideQuestion, point: Interval, packet: Packet): NearestMiss | undefined {
  let nearest: { rule: SecurityGroupRule; misses: readonly Miss[]; stranger: string | undefined; rank: number } | undefined;
  for (const id of question.local.groupIds)
    for (const rule of groupOf(question.facts, id).rules[question.side]) {
      const stranger = strangerTo(question, rule, point);
      const misses: Miss[] = [...trafficMisses(rule, question.traffic), ...(stranger === undefined ? [] : ['peer' as const])];
      const rank = nearness(misses);
      if (!nearest || rank < nearest.rank) nearest = { rule, misses, stranger, rank };
      if (rank === 0) return said(question, nearest, packet);
    }
  return nearest && said(question, nearest, packet);
}

function said(
  { side, traffic }: SideQuestion,
  { rule, misses, stranger }: { rule: SecurityGroupRule; misses: readonly Miss[]; stranger: string | undefined },
  packet: Packet,
): NearestMiss {
  const because = misses.map((miss) => (miss === 'peer' ? peerSays(side, packet, stranger) : `not ${asked(miss, traffic)}`));
  return { rule, misses, says: `${rule.id} of ${rule.groupId} ${describeRule(rule)}; ${because.join(', ')}` };
}

function trafficMisses(rule: SecurityGroupRule, traffic: CompiledTraffic): Miss[] {
  const compiled = compilePorts(rule);
  if (admitsProtocol(compiled, traffic) !== 'no') return admitsPort(compiled, traffic) === 'no' ? ['port'] : [];
  // A port of one protocol means something to another only where both have ports at all.
  const isSamePort = (compiled.protocol === 6 || compiled.protocol === 17) && admitsPort(compiled, traffic) === 'yes';
  return isSamePort && compiled.ports !== 'all' && traffic.port !== undefined ? ['protocol'] : ['protocol', 'port'];
}

/** In words, why a rule does not mean the other end of the packet; undefined when it does. */
function strangerTo({ facts, side, local, other, space }: SideQuestion, rule: SecurityGroupRule, point: Interval): string | undefined {
  const peer = compilePeer(rule, facts.facts, facts.peers);
  if (peer.reference) {
    const match = matchReference(peer.reference, side, local.vpcId, other, facts.facts);
    return match.answer === 'no' ? match.says : undefined;
  }
  return space !== 'unplaced' && overlap([point], peer.addresses[space]) ? undefined : '';
}

function peerSays(side: Side, packet: Packet, stranger: string | undefined): string {
  const { host, address } = side === 'egress' ? packet.to : packet.from;
  const whom = address === undefined ? host : `${address} (${host})`;
  return stranger ? `${whom} ${stranger}` : `not ${side === 'egress' ? 'to' : 'from'} ${whom}`;
}

function asked(miss: 'protocol' | 'port', traffic: CompiledTraffic): string {
  return miss === 'protocol' ? traffic.name : traffic.name.startsWith('icmp') ? `type ${traffic.port}` : `port ${traffic.port}`;
}
