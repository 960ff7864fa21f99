// What only one run at a time may do: it takes a lease, renews it while it goes on, and lets go. A run that was killed holds up nobody for
// longer than its lease.
import { randomUUID } from 'node:crypto';
import type { Lease, SharedLease } from '../domain/lease.ts';
import type { Kind } from './kind.ts';
import { type Place, uncontested, update } from './update.ts';

/** A lease from now on; the same again renews it. */
export const leaseFor = (by: string, at: Date, ms: number): Lease => ({ by, until: new Date(at.getTime() + ms).toISOString() });

/** Whether somebody holds it at that time. */
export const isHeld = (lease: Lease | undefined, at: Date): boolean => lease !== undefined && Date.parse(lease.until) > at.getTime();

export interface HeldLease {
  turn: number;
  /** Lets go, and says whether somebody wanted it meanwhile. Whoever took it after it ran out keeps it. */
  release: () => Promise<boolean>;
}

/** Takes the one lease of a kind in an account and region; undefined: somebody else has it, and is left word that it was wanted. */
export async function takeLease<Name extends string>(
  place: Place,
  kind: Kind<Name, SharedLease>,
  ms: number,
  clock: () => Date,
): Promise<HeldLease | undefined> {
  const by = randomUUID();
  const taken = uncontested(
    await update(place, kind, kind.key(), (now): { state?: SharedLease } => {
      if (!now || !isHeld(now, clock())) return { state: { ...leaseFor(by, clock(), ms), turn: (now?.turn ?? 0) + 1 } };
      return now.wanted ? {} : { state: { ...now, wanted: true } };
    }),
  );
  if (taken.state?.by !== by) return undefined;
  const { turn } = taken.state;
  const release = async () => {
    const { decision } = await update(place, kind, kind.key(), (now): { state?: SharedLease; wanted?: boolean } =>
      now?.by === by ? { state: { ...leaseFor(by, clock(), 0), turn }, wanted: now.wanted === true } : {},
    );
    return decision.wanted === true;
  };
  return { turn, release };
}
