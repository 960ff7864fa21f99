// What the proof of a finding rests on, as its evidence names it: only what changes one of these can have changed the proof.
import { PATH_EVIDENCE, REFERENCE_EVIDENCE } from '../domain/evidence/paths.ts';
import { readEvidence } from '../domain/evidence/read.ts';
import type { Finding } from '../domain/finding.ts';

/** One side of a blocked path, with the groups that let its packet not pass. */
export interface BlockedProof {
  side: 'egress' | 'ingress';
  groupIds: readonly string[];
  /** Undefined: any, the finding is about all of them. */
  protocol: string | undefined;
  port: number | undefined;
  /** Of the other end, in the proof's example. */
  address: string | undefined;
}

export interface ProofInputs {
  /** Every side that blocks, of every path. */
  blocked: readonly BlockedProof[];
  /** Groups to which a rule refers that opens nothing. */
  referred: ReadonlySet<string>;
  /** Interfaces of the set's pods, as far as they are listed. */
  interfaces: ReadonlySet<string>;
  /** The enforcing mode, where the verdict depends on it. */
  mode: { mode: 'strict' | 'standard' | 'unknown'; assumed: boolean } | undefined;
}

/** What the evidence of a finding names. */
export function proofInputs({ evidence }: Pick<Finding, 'evidence'>): ProofInputs {
  const { paths = [], proofs = [], interfaces = [], mode } = readEvidence(PATH_EVIDENCE, evidence);
  const { references = [] } = readEvidence(REFERENCE_EVIDENCE, evidence);
  // Of a path whose port is not known the proof is an example.
  const isAnyPort = paths.some(({ port }) => port === 'any');
  const sides = proofs.flatMap(({ protocol, port, blockedBy }) => blockedBy.map((side) => ({ ...side, protocol, port })));
  return {
    blocked: sides.map(({ side, groupIds, packet, protocol, port }) => ({
      side,
      groupIds,
      protocol: isAnyPort ? undefined : String(protocol),
      port: isAnyPort ? undefined : port,
      address: (side === 'egress' ? packet.to : packet.from).address,
    })),
    referred: new Set([
      ...references.map(({ referenced }) => referenced.groupId),
      ...sides.flatMap(({ nearestMiss }) => nearestMiss?.refersTo ?? []),
    ]),
    interfaces: new Set(interfaces),
    mode,
  };
}
