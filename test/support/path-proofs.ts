import type { PATH_EVIDENCE } from '../../shared/domain/evidence/paths.ts';
import type { EvidenceOf } from '../../shared/domain/evidence/read.ts';

type Proof = NonNullable<EvidenceOf<typeof PATH_EVIDENCE>['proofs']>[number];
export type Blocked = Pick<Proof['blockedBy'][number], 'side' | 'groupIds'> & { address?: string };

/** The proof of one path as a finding shows it, with the sides that block it. */
export const pathProof = (protocol: string, port: number, ...blockedBy: Blocked[]): Proof => ({
  protocol,
  port,
  outcome: blockedBy.length > 0 ? 'blocked' : 'open',
  openedBy: [],
  blockedBy: blockedBy.map(({ side, groupIds, address }) => {
    const end = { host: 'a host', ...(address === undefined ? {} : { address }) };
    return { side, groupIds, packet: { from: end, to: end, protocol, port } };
  }),
  unsettled: [],
});
