// The ledger as an execution sees it: who deletes what, with which record, and what came of it.

import type { Target } from '../../domain/finding.ts';
import type { Sighting } from '../../domain/inventory.ts';
import { ACCEPTANCE, SIGHTING } from '../../findings/record.ts';
import { stateOf } from '../../ledger/kind.ts';
import { isHeld, leaseFor } from '../../ledger/lease.ts';
import type { LedgerRecord, LedgerStore } from '../../ledger/store.ts';
import { putOf } from '../../ledger/update.ts';
import type { DeletionRecord } from '../deletion.ts';
import { DELETION } from '../record.ts';
import type { Claim, Claimed, Journal } from './ports.ts';

// Longer than one interface ever takes, and not so long that a dead worker's interface waits for ever.
const LEASE_MS = 5 * 60_000;
const DONE = new Set<DeletionRecord['status']>(['deleted', 'already-gone']);
/** These are not over: somebody has them in hand, or ended before it could say what became of them. */
export const HELD: ReadonlySet<DeletionRecord['status']> = new Set<DeletionRecord['status']>(['claimed', 'deleting']);

export interface JournalOptions {
  store: LedgerStore;
  target: Target;
  digest: string;
  /** This run: no other has its name. */
  worker: string;
  /** The ARN of the caller. */
  by: string;
  clock: () => Date;
}

// A list may show what is gone for moments more. What an audit still shows a lease later was not gone at all; without such an audit
// the plan is older than its end (it was carried out before), and the record of who deleted it stays as it is.
const isSeenSince = ({ at }: DeletionRecord, sighting: Sighting | undefined): boolean =>
  sighting !== undefined && Date.parse(sighting.newest) - Date.parse(at) >= LEASE_MS;

/**
 * A journal over a ledger. A claim is one conditional write, so that of two workers on one plan exactly one goes on:
 *
 *   worker A   get: none ── put if none: written ── deletes
 *   worker B   get: none ──────── put if none: lost ── leaves it alone
 */
export function createJournal({ store, target, digest, worker, by, clock }: JournalOptions): Journal {
  const held = new Map<string, LedgerRecord>();

  // Once: whoever lost has lost the interface.
  const put = async (deletion: DeletionRecord, over: LedgerRecord | undefined): Promise<boolean> => {
    const change = putOf(DELETION, deletion, over);
    const [outcome] = await store.write(target, [change]);
    if (outcome?.written) held.set(deletion.interfaceId, { key: change.key, version: change.ifVersion + 1, body: change.body });
    return outcome?.written === true;
  };

  const sighting: Journal['sighting'] = async (interfaceId) => {
    const record = await store.get(target, SIGHTING.key(interfaceId));
    return stateOf(record, SIGHTING);
  };

  const acceptance: Journal['acceptance'] = async (findingId) => {
    const record = await store.get(target, ACCEPTANCE.key(findingId));
    const found = stateOf(record, ACCEPTANCE);
    return found && clock().getTime() < Date.parse(found.until) ? found : undefined;
  };

  const claim = async (planned: Claimed): Promise<Claim> => {
    const { interfaceId, cluster, findingId, proof } = planned;
    const record = await store.get(target, DELETION.key(interfaceId));
    const previous = stateOf(record, DELETION);
    if (previous && DONE.has(previous.status) && !isSeenSince(previous, await sighting(interfaceId)))
      return { claimed: false, says: `the ledger has it as ${previous.status} since ${previous.at}` };
    if (previous && HELD.has(previous.status) && previous.lease.by !== worker && isHeld(previous.lease, clock())) {
      return { claimed: false, says: `another run (${previous.lease.by}) is at it until ${previous.lease.until}` };
    }
    const at = clock();
    const deletion: DeletionRecord = {
      interfaceId,
      cluster,
      findingId,
      digest,
      // What a worker left in the middle of a deletion stays so until somebody has looked.
      status: previous?.status === 'deleting' ? 'deleting' : 'claimed',
      lease: leaseFor(worker, at, LEASE_MS),
      by: previous?.status === 'deleting' ? previous.by : by,
      at: at.toISOString(),
      proof,
      interface: previous?.interface,
      says: 'claimed',
    };
    if (!(await put(deletion, record))) return { claimed: false, says: 'another run took it at the same moment' };
    return { claimed: true, previous };
  };

  const note: Journal['note'] = async (interfaceId, changes) => {
    const mine = held.get(interfaceId);
    const claimed = stateOf(mine, DELETION);
    if (!claimed) throw new Error(`${interfaceId} was never claimed`);
    const at = clock();
    const lease = leaseFor(worker, at, HELD.has(changes.status) ? LEASE_MS : 0);
    const written = await put({ ...claimed, ...changes, at: at.toISOString(), lease }, mine);
    if (!written) throw new Error(`the claim on ${interfaceId} was lost to another run: nothing is deleted on it`);
  };

  const forget = async (interfaceId: string): Promise<void> => {
    const key = SIGHTING.key(interfaceId);
    const record = await store.get(target, key);
    // Whoever wrote it meanwhile has seen something newer than we did.
    if (record) await store.write(target, [{ key, ifVersion: record.version, delete: true }]);
  };

  return { claim, sighting, acceptance, note, forget };
}
