import type { NearestMiss, Packet, Side } from '../model/network.ts';
import { groupOf } from './compile.ts';
import type { CompiledRule } from './compile-rule.ts';
import { describeRule } from './describe.ts';
import { type Interval, overlap } from './intervals.ts';
import { matchReference } from './reference.ts';
import type { SideQuestion } from './side.ts';
import { admitsPort, admitsProtocol, type CompiledTraffic } from './traffic.ts';

type Miss = NearestMiss['misses'][number];

// Nearest first: the peer is what people get wrong when the port is right, and a wrong protocol (TCP where DNS needs UDP as well)
// is a likelier slip than a rule that has nothing in common with the packet.
const NEARNESS = ['peer', 'port', 'protocol', 'port+peer', 'protocol+peer', 'protocol+port', 'protocol+port+peer'];

/** The rule that comes closest to admitting a packet that no rule admits; of equals the first by group, then by id. */
export function nearestMiss(question: SideQuestion, point: Interval, packet: Packet): NearestMiss | undefined {
  const rules = question.local.groupIds.flatMap((id) => groupOf(question.facts, id).rules[question.side]);
  const missed = rules.map((rule) => ({ rule, ...missesOf(question, rule, point) }));
  const [nearest] = missed.sort((a, b) => NEARNESS.indexOf(a.misses.join('+')) - NEARNESS.indexOf(b.misses.join('+')));
  if (!nearest) return undefined;
  const { rule, misses, stranger } = nearest;
  const because = misses.map((miss) =>
    miss === 'peer' ? peerSays(question.side, packet, stranger) : `not ${asked(miss, question.traffic)}`,
  );
  return { rule: rule.rule, misses, says: `${rule.rule.id} of ${rule.rule.groupId} ${describeRule(rule.rule)}; ${because.join(', ')}` };
}

function missesOf(question: SideQuestion, rule: CompiledRule, point: Interval): { misses: Miss[]; stranger: string | undefined } {
  const { traffic } = question;
  const protocol = admitsProtocol(rule, traffic) === 'no';
  // Ports of one protocol mean something to another only where both have ports at all.
  const port = protocol
    ? rule.ports === 'all' || traffic.port === undefined || !isPortOf(rule, traffic)
    : admitsPort(rule, traffic) === 'no';
  const stranger = strangerTo(question, rule, point);
  const misses: Miss[] = [];
  if (protocol) misses.push('protocol');
  if (port) misses.push('port');
  if (stranger !== undefined) misses.push('peer');
  return { misses, stranger };
}

const isPortOf = ({ protocol, ports }: CompiledRule, traffic: CompiledTraffic): boolean =>
  (protocol === 6 || protocol === 17) && admitsPort({ protocol, ports }, traffic) !== 'no';

/** In words, why a rule does not mean the other end of the packet; undefined when it does. */
function strangerTo({ facts, side, local, other, space }: SideQuestion, { peer }: CompiledRule, point: Interval): string | undefined {
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
