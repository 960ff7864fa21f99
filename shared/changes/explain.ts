// Which changes explain what became of a finding. A rule that was added blocks nothing, and one that was taken away opens nothing.
import type { Change, ChangedRule } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import { parseBlock } from '../network/address.ts';
import { type BlockedProof, blockedProofs, textsIn } from './blocked-proofs.ts';

/** A change, and the clusters whose pods, nodes or control plane have to do with what it changed. */
export interface Reach {
  change: Change;
  clusters: readonly string[];
  /** Nobody could tell which, so all of them. */
  everywhere: boolean;
}

export type Direction = 'lost' | 'regained';

/**
 * The changes that explain why a finding appeared (`lost`) or went away (`regained`): those of a rule on the blocked side and on its groups; where
 * there are none, those that may have been it on another host of the cluster. What is known to be about the path comes first, then what nobody
 * knows that of, and last networks without the address that the proof shows (it is one of many, so they may be it); newest first in each.
 */
export function explaining(reaches: readonly Reach[], finding: Finding, direction: Direction): Change[] {
  const { cluster } = finding;
  const reaching = reaches.filter((reach) => reach.everywhere || (cluster !== null && reach.clusters.includes(cluster)));
  const possible = reaching.map(({ change }) => change).filter((change) => mayHave(change, direction));
  const proofs = blockedProofs(finding.evidence);
  const certain = possible.filter((change) => isCertainly(change, finding, proofs));
  const found = certain.length > 0 ? certain : possible.filter((change) => isPerhaps(change, finding, proofs));
  const rankOf = (change: Change) =>
    isKnown(change) ? (proofs.some((proof) => covers(change, proof) && mayHold(change, proof)) ? 0 : 2) : 1;
  return found.sort((a, b) => rankOf(a) - rankOf(b) || Date.parse(b.at) - Date.parse(a.at));
}

/** Whether it is known what a change did to a path: not of a modified rule, nor of a mode or a group that is gone. */
const isKnown = ({ what }: Change): boolean =>
  what.kind === 'rules-revoked' || what.kind === 'rules-authorized' ? what.rules.length > 0 : false;

function mayHave({ what }: Change, direction: Direction): boolean {
  if (what.kind === 'rules-authorized' || what.kind === 'vpc-associated') return direction === 'regained';
  if (what.kind === 'rules-revoked' || what.kind === 'group-deleted' || what.kind === 'vpc-disassociated') return direction === 'lost';
  return true;
}

const ofRules = ({ kind }: Change['what']): boolean => kind.startsWith('rules-');

/** A rule of a group on the blocked side; an interface of that set; what is neither may touch every path of its cluster. */
function isCertainly(change: Change, { subject, evidence }: Finding, proofs: readonly BlockedProof[]): boolean {
  const { what, groupIds, interfaceIds } = change;
  if (ofRules(what)) return proofs.some((proof) => groupIds.some((id) => proof.groupIds.includes(id)) && covers(change, proof));
  if (what.kind !== 'interface-groups') return true;
  const isOfSet = [...what.groupIds].sort().join('+') === subject.id;
  return isOfSet || textsIn(evidence.interfaces).some((id) => interfaceIds.includes(id));
}

/** A proof shows one host of many: another one's group may have been changed. The groups of the pods themselves it shows in full. */
function isPerhaps(change: Change, { subject }: Finding, proofs: readonly BlockedProof[]): boolean {
  if (!ofRules(change.what)) return true;
  const own = subject.id.split('+');
  return proofs.some((proof) => !proof.groupIds.every((id) => own.includes(id)) && covers(change, proof));
}

/** Whether the rules of a change are about the packet of a proof. What a modified rule said before nobody knows. */
function covers({ what }: Change, proof: BlockedProof): boolean {
  if (what.kind !== 'rules-authorized' && what.kind !== 'rules-revoked') return what.kind === 'rules-modified';
  if (proof.side !== (what.isEgress ? 'egress' : 'ingress')) return false;
  return what.rules.length === 0 || what.rules.some((rule) => isAbout(rule, proof));
}

/** Whether any rule may hold the address of the other end: all but networks that do not. */
function mayHold({ what }: Change, proof: BlockedProof): boolean {
  const at = proof.address === undefined ? undefined : parseBlock(proof.address);
  if (!at || !('rules' in what)) return true;
  return what.rules.some((rule) => {
    const { peer } = rule;
    const block = 'cidr' in peer ? parseBlock(peer.cidr) : undefined;
    const isIn = block && block.interval.start <= at.interval.start && at.interval.start < block.interval.end;
    return isAbout(rule, proof) && (!block || isIn);
  });
}

const NUMBERS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

function isAbout({ ipProtocol, fromPort, toPort, peer }: ChangedRule, { protocol, port, address }: BlockedProof): boolean {
  // Pods have addresses of one family, and a rule is of one.
  if (address !== undefined && 'cidr' in peer && peer.kind !== (address.includes(':') ? 'cidr-ipv6' : 'cidr-ipv4')) return false;
  if (ipProtocol === '-1' || protocol === undefined) return true;
  if ((NUMBERS[ipProtocol] ?? ipProtocol) !== protocol) return false;
  if (fromPort === null || fromPort === -1 || port === undefined) return true;
  return fromPort <= port && port <= (toPort ?? fromPort);
}
