// Which changes explain what became of a finding. A rule that was added blocks nothing, and one that was taken away opens nothing.

import type { EnforcingMode } from '../domain/cluster.ts';
import { enforcingModeIn } from '../domain/enforcing-mode.ts';
import type { Finding } from '../domain/finding.ts';
import { parseBlock } from '../network/address.ts';
import type { Change, ChangedRule } from './change.ts';
import { type BlockedProof, type ProofInputs, proofInputs } from './proof-inputs.ts';

/** A change, and the clusters whose pods, nodes or control plane have to do with what it changed. */
export interface AffectedClusters {
  change: Change;
  clusters: readonly string[];
  /** Nobody could tell which, so all of them. */
  everywhere: boolean;
}

export type Direction = 'lost' | 'regained';

/**
 * The changes that explain why a finding appeared (`lost`) or went away (`regained`): those that changed something that its proof names. What is
 * known to be about the path comes first, then what nobody knows that of, and last networks without the address that the proof shows (it is one
 * of many, so they may be it); newest first in each. A change of anything else explains nothing, whoever made it and whenever.
 */
export function explaining(affected: readonly AffectedClusters[], finding: Finding, direction: Direction): Change[] {
  const inputs = proofInputs(finding);
  const found = changesOf(affected, finding).filter(
    (change) => mayHave(change, direction) && canHaveChanged(change, finding, inputs, direction),
  );
  const rankOf = (change: Change) =>
    isKnown(change) ? (inputs.blocked.some((proof) => covers(change, proof) && mayHold(change, proof)) ? 0 : 2) : 1;
  return found.sort((a, b) => rankOf(a) - rankOf(b) || newestFirst(a, b));
}

/**
 * Changes that explain nothing for certain, and that whoever looks for the cause should know of, newest first: of an add-on's configuration that
 * does not state what the proof rests on, because EKS may have dropped what it stated before.
 */
export function coinciding(affected: readonly AffectedClusters[], finding: Finding): Change[] {
  if (!proofInputs(finding).mode) return [];
  return changesOf(affected, finding)
    .filter(({ what }) => what.kind === 'addon' && what.configurationValues !== null && modeStated(what.configurationValues) === undefined)
    .sort(newestFirst);
}

const newestFirst = (a: Change, b: Change): number => Date.parse(b.at) - Date.parse(a.at);

/** The changes that have to do with the cluster of a finding. */
const changesOf = (affected: readonly AffectedClusters[], { cluster }: Finding): Change[] =>
  affected.filter((each) => each.everywhere || (cluster !== null && each.clusters.includes(cluster))).map(({ change }) => change);

/** Whether it is known what a change did to a path: not of a modified rule, nor of a mode or a group that is gone. */
const isKnown = ({ what }: Change): boolean =>
  what.kind === 'rules-revoked' || what.kind === 'rules-authorized' ? what.rules.length > 0 : false;

function mayHave({ what }: Change, direction: Direction): boolean {
  if (what.kind === 'rules-authorized' || what.kind === 'vpc-associated') return direction === 'regained';
  if (what.kind === 'rules-revoked' || what.kind === 'group-deleted' || what.kind === 'vpc-disassociated') return direction === 'lost';
  return true;
}

/** Whether a change is of something that the proof names. */
function canHaveChanged(
  change: Change,
  { subject }: Finding,
  { blocked, referred, interfaces, mode }: ProofInputs,
  direction: Direction,
): boolean {
  const { what, groupIds, interfaceIds } = change;
  const isOn = (proof: BlockedProof) => groupIds.some((id) => proof.groupIds.includes(id));
  switch (what.kind) {
    case 'rules-authorized':
    case 'rules-revoked':
    case 'rules-modified':
      return blocked.some((proof) => isOn(proof) && covers(change, proof));
    case 'group-deleted':
      return blocked.some(isOn) || groupIds.some((id) => referred.has(id));
    case 'vpc-associated':
    case 'vpc-disassociated':
      return blocked.some(isOn);
    case 'interface-groups': {
      const groups = setOf(what.groupIds);
      return (
        groups === subject.id || blocked.some((proof) => setOf(proof.groupIds) === groups) || interfaceIds.some((id) => interfaces.has(id))
      );
    }
    case 'addon':
      return mode !== undefined && setsMode(change, mode, direction);
  }
}

const setOf = (groupIds: readonly string[]): string => [...groupIds].sort().join('+');

/** The mode that configuration values state; undefined also where that cannot be understood. */
function modeStated(configurationValues: string | null): EnforcingMode | undefined {
  const stated = enforcingModeIn(configurationValues ?? undefined);
  return 'mode' in stated ? stated.mode : undefined;
}

/** Whether a call set the mode that the proof rests on, or, where the fault is over, another one. */
function setsMode({ call, what }: Change, { mode, assumed }: NonNullable<ProofInputs['mode']>, direction: Direction): boolean {
  if (what.kind !== 'addon') return false;
  if (call === 'DeleteAddon') return direction === 'lost' && assumed;
  // An add-on that is created without a mode is strict.
  const stated = modeStated(what.configurationValues) ?? (call === 'CreateAddon' ? 'strict' : undefined);
  return stated !== undefined && (stated === mode) === (direction === 'lost');
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
