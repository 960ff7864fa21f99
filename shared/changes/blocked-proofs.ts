// The blocked paths that a finding's evidence tells of. It may come from a ledger that another version of this program wrote.
import type { Evidence } from '../model/verdict.ts';

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

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isFields) : []);
export const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

function addressIn(packet: unknown, end: 'from' | 'to'): string | undefined {
  const host = isFields(packet) ? packet[end] : undefined;
  return isFields(host) && typeof host.address === 'string' ? host.address : undefined;
}

/** Every blocked side of every path in the evidence of a finding. */
export function blockedProofs({ paths, proofs }: Evidence): BlockedProof[] {
  // Of a path whose port is not known the proof is an example.
  const isAnyPort = fieldsIn(paths).some(({ port }) => port === 'any');
  return fieldsIn(proofs).flatMap(({ protocol, port, blockedBy }) =>
    fieldsIn(blockedBy).flatMap(({ side, groupIds, packet }) => {
      if (side !== 'egress' && side !== 'ingress') return [];
      const asked = {
        protocol: typeof protocol === 'string' && !isAnyPort ? protocol : undefined,
        port: typeof port === 'number' && !isAnyPort ? port : undefined,
      };
      return [{ side, groupIds: textsIn(groupIds), ...asked, address: addressIn(packet, side === 'egress' ? 'to' : 'from') }];
    }),
  );
}
