// One interface, from the claim to the recorded answer. The order of its steps is the safety of the whole program.

import { describeFailure, type FailureCause, type Read } from '../../domain/read.ts';
import type { Candidate, DeletionOutcome, GuardContext, PlannedDeletion, Stop } from '../deletion.ts';
import { askGuards } from '../guards/index.ts';
import type { Claim, ExecuteDeps, InterfaceRecord } from './ports.ts';

// An answer that is older than this when the delete is sent says too little about now.
const FRESH_MS = 2_000;
// A claim that was written longer ago than this is written again before the delete: a lease may run out during slow reads.
const RENEW_MS = 60_000;
const MOST_LOOKS = 3;
const MOST_THROTTLES = 5;

export interface OneDeletion {
  outcome: DeletionOutcome;
  stop?: Stop;
}

type Ended = Pick<DeletionOutcome, 'status' | 'says' | 'guard'> & { stop?: Stop; isOpen?: boolean };

/** Deletes one planned interface, or says why not. */
export async function deleteOne(deps: ExecuteDeps, planned: PlannedDeletion, context: GuardContext): Promise<OneDeletion> {
  const { interfaceId, cluster, findingId } = planned;
  const { stop, status, says, guard } = await claimed(deps, planned, context);
  const outcome = { interfaceId, cluster, findingId, status, says, ...(guard === undefined ? {} : { guard }) };
  return { outcome, ...(stop ? { stop } : {}) };
}

async function claimed(deps: ExecuteDeps, planned: PlannedDeletion, context: GuardContext): Promise<Ended> {
  const claim = await deps.journal.claim(planned);
  if (!claim.claimed) return { status: 'refused', guard: 'claimed-once', says: claim.says };
  for (let throttles = 0; ; throttles += 1) {
    const passed = await passGuards(deps, planned, claim, context);
    if ('status' in passed) return record(deps, planned, passed);
    const answer = await deps.remove(planned.interfaceId);
    switch (answer.kind) {
      case 'deleted':
        return record(deps, planned, { status: 'deleted', says: 'deleted' });
      case 'not-found':
        return record(deps, planned, afterAbsence(claim));
      case 'throttled':
        deps.pace.slowDown();
        if (throttles + 1 < MOST_THROTTLES) break;
        return record(deps, planned, failed('throttled', `EC2 throttles the account: ${answer.says}`));
      case 'denied':
        return record(deps, planned, failed('denied', `missing permission ec2:DeleteNetworkInterface: ${answer.says}`));
      case 'in-use':
        return record(deps, planned, { status: 'refused', guard: 'ec2', says: `EC2 says it is in use: ${answer.says}` });
      case 'refused':
        return record(deps, planned, failed('error', answer.says));
      case 'unanswered':
        return record(deps, planned, await lookAfterSilence(deps, planned, answer.says));
    }
    // A throttled request did not happen. The next one is as good as the first: it waits its turn and passes every guard.
    await deps.pace.next();
    const halt = deps.halt();
    const says = 'EC2 throttled it, and this run ends';
    if (halt === 'time') return record(deps, planned, failed('throttled', says));
    if (halt !== undefined) return record(deps, planned, { status: 'refused', guard: 'throttled', says });
  }
}

const failed = (why: Stop['why'], says: string): Ended => ({ status: 'failed', says, stop: { why, says } });

/** Writes the end of it. A definite refusal ends the sightings, too: what was seen is not what is there. */
async function record({ journal }: ExecuteDeps, { interfaceId }: PlannedDeletion, ended: Ended): Promise<Ended> {
  // What EC2 did not answer stays `deleting` in the ledger: the next worker looks, and records what it finds.
  await journal.note(interfaceId, { status: ended.isOpen ? 'deleting' : ended.status, says: ended.says });
  const isDefinite = ended.status === 'refused' && !KEEPS_SIGHTINGS.has(ended.guard ?? '');
  if (isDefinite) await journal.forget(interfaceId);
  return ended;
}

// These say nothing about the interface itself: a failed read neither counts nor resets, and a cap or a setting is ours.
const KEEPS_SIGHTINGS = new Set(['proof-complete', 'not-accepted', 'batch-limit', 'seen-twice', 'stale-reads', 'throttled']);

/** The sightings and the owners first, the interface last, every guard on these copies; the record before the delete; and no answer older than it may be. */
async function passGuards(
  deps: ExecuteDeps,
  planned: PlannedDeletion,
  claim: Extract<Claim, { claimed: true }>,
  context: GuardContext,
): Promise<Ended | { passed: true }> {
  const { reads, clock, journal } = deps;
  // A clock that was set back makes an answer look younger than it is, or not yet given.
  const isWithin = (ms: number, since: number) => clock().getTime() >= since && clock().getTime() - since <= ms;
  let noted: number | undefined;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const asked = clock().getTime();
    const sighting = await journal.sighting(planned.interfaceId);
    const accepted = await journal.acceptance(planned.findingId);
    const owners = await readOwners(deps, planned);
    const eni = await reads.interface(planned.interfaceId);
    const candidate: Candidate = {
      interfaceId: planned.interfaceId,
      eni,
      ...owners,
      sighting,
      accepted,
      planned: { fingerprint: planned.fingerprint, since: planned.since },
    };
    const verdict = askGuards(candidate, context);
    if (!verdict.allowed) return verdict.gone ? afterAbsence(claim) : refused(verdict, stopOf(candidate));
    if (noted === undefined || !isWithin(RENEW_MS, noted)) {
      const at = clock().getTime();
      await journal.note(planned.interfaceId, { status: 'deleting', says: 'about to be deleted', ...rawOf(eni) });
      noted = at;
    }
    const seen = eni.ok ? Date.parse(eni.readAt) : 0;
    if (isWithin(FRESH_MS, seen) && isWithin(5 * FRESH_MS, asked)) return { passed: true };
  }
  return {
    status: 'refused',
    guard: 'stale-reads',
    says: `reading and recording it took longer than ${FRESH_MS / 1_000} s each time; run again`,
  };
}

function refused({ guard, reason }: { guard: string; reason: string }, stop: Stop | undefined): Ended {
  // It says nothing against this interface, which is tried again by whoever goes on.
  if (stop?.why === 'throttled') return failed('throttled', stop.says);
  return { status: 'refused', guard, says: reason, ...(stop ? { stop } : {}) };
}

// What the next interface would meet as well, after five attempts of its own at each read.
const STOPS: Partial<Record<FailureCause, Stop['why']>> = { throttled: 'throttled', credentials: 'error', unreachable: 'error' };

/** Why a read that failed ends the batch, where it says something of the account or the network and not of this interface. */
function stopOf({ eni, clusters, trunks, instances }: Candidate): Stop | undefined {
  const reads = [eni, ...Object.values(clusters), ...Object.values(trunks), ...Object.values(instances)];
  const failures = reads.flatMap((read) => (read.ok ? [] : [read.reason]));
  const reason = failures.find(({ cause }) => STOPS[cause] !== undefined);
  const why = reason && STOPS[reason.cause];
  return reason && why ? { why, says: describeFailure(reason) } : undefined;
}

const rawOf = (eni: Read<InterfaceRecord>) => (eni.ok && eni.value.found ? { interface: eni.value.raw } : {});

async function readOwners(
  { reads }: ExecuteDeps,
  { owners }: PlannedDeletion,
): Promise<Pick<Candidate, 'clusters' | 'trunks' | 'instances'>> {
  const clusters = await Promise.all(owners.clusters.map(async (name) => [name, await reads.cluster(name)] as const));
  const trunk = owners.trunk === undefined ? {} : { [owners.trunk]: await reads.trunk(owners.trunk) };
  const instance = owners.instance === undefined ? {} : { [owners.instance]: await reads.instance(owners.instance) };
  return { clusters: Object.fromEntries(clusters), trunks: trunk, instances: instance };
}

/** It is gone. If a worker died in the middle of deleting it, that is what happened; otherwise somebody else was faster. */
export function afterAbsence({ previous }: Pick<Extract<Claim, { claimed: true }>, 'previous'>): Pick<Ended, 'status' | 'says'> {
  return previous?.status === 'deleting'
    ? {
        status: 'deleted',
        says: `gone: worker ${previous.lease.by} was about to delete it at ${previous.at} and ended before it could record the answer`,
      }
    : { status: 'already-gone', says: 'EC2 says that it does not exist any more: not deleted by us' };
}

/** EC2 did not answer, so it may or may not have happened. Only a look tells, and the batch stops unless the look is certain. */
async function lookAfterSilence({ reads, sleep }: ExecuteDeps, { interfaceId }: PlannedDeletion, says: string): Promise<Ended> {
  await sleep(1_000);
  const eni = await reads.interface(interfaceId);
  if (eni.ok && !eni.value.found) return { status: 'deleted', says: `deleted: EC2 did not answer (${says}), and it is gone` };
  return {
    ...failed('error', `EC2 did not answer (${says}); whether it was deleted is not known, the next run will find out`),
    isOpen: true,
  };
}
