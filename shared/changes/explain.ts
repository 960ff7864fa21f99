// Which changes explain what became of a finding. A rule that was added blocks nothing, and one that was taken away opens nothing.
import type { Change, ChangedRule } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import { type BlockedProof, blockedProofs } from './blocked-proofs.ts';

/** A change, and the clusters whose pods, nodes or control plane have to do with what it changed. */
export interface Reach {
  change: Change;
  clusters: readonly string[];
  /** Nobody could tell which, so all of them. */
  everywhere: boolean;
}

export type Direction = 'lost' | 'regained';

/**
 * The changes that explain why a finding appeared (`lost`) or went away (`regained`), newest first: those of a rule on the blocked side
 * and on its groups; where there are none, those that may have been it on another host of the cluster.
 */
export function explaining(reaches: readonly Reach[], finding: Finding, direction: Direction): Change[] {
  const { cluster } = finding;
  const reaching = reaches.filter((reach) => reach.everywhere || (cluster !== null && reach.clusters.includes(cluster)));
  const possible = reaching.map(({ change }) => change).filter((change) => mayHave(change, direction));
  const proofs = blockedProofs(finding.evidence);
  const certain = possible.filter((change) => touches(change, proofs, true));
  const found = certain.length > 0 ? certain : possible.filter((change) => touches(change, proofs, false));
  return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function mayHave({ what }: Change, direction: Direction): boolean {
  if (what.kind === 'rules-authorized') return direction === 'regained';
  if (what.kind === 'rules-revoked' || what.kind === 'group-deleted') return direction === 'lost';
  return true;
}

/** Whether a change is of a rule that the proof asks about; what is no change of rules may touch every path of its cluster. */
function touches({ what, groupIds }: Change, proofs: readonly BlockedProof[], onItsGroups: boolean): boolean {
  if (what.kind !== 'rules-authorized' && what.kind !== 'rules-revoked' && what.kind !== 'rules-modified') return true;
  const isOn = (proof: BlockedProof) => !onItsGroups || groupIds.some((id) => proof.groupIds.includes(id));
  if (what.kind === 'rules-modified') return proofs.some(isOn);
  const side = what.isEgress ? 'egress' : 'ingress';
  const covers = (proof: BlockedProof) => what.rules.length === 0 || what.rules.some((rule) => isAbout(rule, proof));
  return proofs.some((proof) => proof.side === side && isOn(proof) && covers(proof));
}

const NUMBERS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

function isAbout({ ipProtocol, fromPort, toPort }: ChangedRule, { protocol, port }: BlockedProof): boolean {
  if (ipProtocol === '-1' || protocol === undefined) return true;
  if ((NUMBERS[ipProtocol] ?? ipProtocol) !== protocol) return false;
  if (fromPort === null || fromPort === -1 || port === undefined) return true;
  return fromPort <= port && port <= (toPort ?? fromPort);
}
