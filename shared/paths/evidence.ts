// What a finding about a set of groups shows of its proof. Short lists only: a cluster has hundreds of nodes.

import { isInUse } from '../domain/cluster.ts';
import type { PATH_EVIDENCE, REFERENCE_EVIDENCE, TAG_EVIDENCE } from '../domain/evidence/paths.ts';
import type { EvidenceOf } from '../domain/evidence/read.ts';
import type { BlockedSide, NearestMiss, OpenPair, Packet, PathProof } from '../domain/security-group.ts';
import { describeRule } from '../network/describe.ts';
import type { PodSet } from './pod-sets.ts';

const MOST = 10;

/** One path as the JSON output prints it. `any`: the port is not known, and this is about all of them. */
export type PathCell = NonNullable<EvidenceOf<typeof PATH_EVIDENCE>['paths']>[number];

/** What findings about sets show. */
export type SetEvidence = EvidenceOf<typeof PATH_EVIDENCE> & EvidenceOf<typeof REFERENCE_EVIDENCE> & EvidenceOf<typeof TAG_EVIDENCE>;

const OPEN = { open: true, blocked: false, some: 'some', unknown: 'unknown' } as const;

/** The cell of a judged path: whether it is open, and the side that blocks. */
export function cellOf(
  { outcome, blockedBy }: Pick<PathProof, 'outcome' | 'blockedBy'>,
  protocol: 'tcp' | 'udp',
  port: number | 'any',
): PathCell {
  const sides = new Set(blockedBy.map(({ side }) => side));
  const [side] = sides;
  const isBlocked = outcome === 'blocked' || outcome === 'some';
  return { protocol, port, open: OPEN[outcome], ...(isBlocked && side ? { side: sides.size > 1 ? 'both' : side } : {}) };
}

/** A group as people know it: its name, then its id. */
export const groupLabel = ({ names }: PodSet, id: string): string => (names[id] && names[id] !== id ? `${names[id]} (${id})` : id);

/** The set as people know it. */
export const setLabel = (set: PodSet): string => set.groupIds.map((id) => groupLabel(set, id)).join(' + ') || set.id;

/** What every finding about a set shows of it. */
export function setEvidence(set: PodSet): SetEvidence {
  const pods = set.enis.filter(isInUse);
  return {
    groups: set.groupIds.map((id) => ({ id, name: set.names[id] ?? '' })),
    pods: pods.length,
    interfaces: pods.slice(0, MOST).map(({ id }) => id),
  };
}

const packetEvidence = ({ from, to, protocol, port }: Packet) => ({ from, to, protocol, port });
const pairEvidence = ({ egress, ingress, packet }: OpenPair) => ({
  egress: { id: egress.id, groupId: egress.groupId, says: describeRule(egress) },
  ingress: { id: ingress.id, groupId: ingress.groupId, says: describeRule(ingress) },
  packet: packetEvidence(packet),
});
const missEvidence = ({ rule, misses, says }: NearestMiss) => ({
  ruleId: rule.id,
  misses,
  says,
  ...(rule.peer.kind === 'group' ? { refersTo: rule.peer.groupId } : {}),
});
const sideEvidence = ({ side, groupIds, packet, nearestMiss }: BlockedSide) => ({
  side,
  groupIds,
  packet: packetEvidence(packet),
  ...(nearestMiss ? { nearestMiss: missEvidence(nearestMiss) } : {}),
});

const some = (labels: readonly string[]) => ({ count: labels.length, some: labels.slice(0, MOST) });

/** The proof of one path: the rules that open it, what blocks it, what would settle it. */
export const proofEvidence = (proof: PathProof) => ({
  protocol: proof.protocol,
  port: proof.port,
  outcome: proof.outcome,
  openedBy: proof.openedBy.slice(0, MOST).map(pairEvidence),
  blockedBy: proof.blockedBy.map(sideEvidence),
  unsettled: proof.unsettled.slice(0, MOST).map(({ says }) => says),
  ...(proof.outcome === 'some'
    ? {
        open: { from: some(proof.open.from), to: some(proof.open.to) },
        blocked: { from: some(proof.blocked.from), to: some(proof.blocked.to) },
      }
    : {}),
});
