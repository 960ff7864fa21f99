import { messageOf } from '../../aws/errors.ts';
import type { DeletionOutcome, Execution, GuardContext, Plan, PlannedDeletion, Stop } from '../deletion.ts';
import { deleteOne, type OneDeletion } from './delete-one.ts';
import type { ExecuteDeps } from './ports.ts';

// EC2's reads are eventually consistent: a deleted interface may be described for some seconds more.
const VERIFY_AFTER_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000];
// The live controllers read from the same token bucket, which refills 20 a second.
const BETWEEN_LOOKS_MS = 50;

/** One, then five, then the rest: a mistake of ours shows while it is small. */
export function stagesOf(deletions: readonly PlannedDeletion[]): (readonly PlannedDeletion[])[] {
  return [deletions.slice(0, 1), deletions.slice(1, 6), deletions.slice(6)].filter((stage) => stage.length > 0);
}

/** Carries a plan out. The first unexpected error stops it; what is left is said, never silently dropped. */
export async function execute(deps: ExecuteDeps, plan: Plan, context: Omit<GuardContext, 'position'>): Promise<Execution> {
  const outcomes: DeletionOutcome[] = [];
  let stop: Stop | undefined;
  for (const stage of stagesOf(plan.deletions)) {
    const done: DeletionOutcome[] = [];
    for (const planned of stage) {
      await deps.pace.next();
      // Asked after the wait: whoever pressed Ctrl-C during it has not begun the next one.
      stop = haltOf(deps);
      if (stop) break;
      const position = [...outcomes, ...done].filter((outcome) => outcome.status === 'deleted').length;
      const one = await deleteOne(deps, planned, { ...context, position }).catch((error: unknown) => unrecorded(planned, error));
      done.push(one.outcome);
      deps.onProgress?.(outcomes.length + done.length, plan.deletions.length, `${planned.interfaceId} ${one.outcome.status}`);
      stop = one.stop;
      if (stop) break;
    }
    const verified = await verify(deps, done);
    outcomes.push(...verified);
    const unverified = verified.find((outcome, index) => outcome.status !== done[index]?.status);
    stop ??= unverified && { why: 'unverified', says: unverified.says };
    if (stop) break;
  }
  const touched = new Set(outcomes.map((outcome) => outcome.interfaceId));
  return { outcomes, stop, left: plan.deletions.map((planned) => planned.interfaceId).filter((id) => !touched.has(id)) };
}

function haltOf({ halt }: ExecuteDeps): Stop | undefined {
  const why = halt();
  if (why === undefined) return undefined;
  return {
    why,
    says:
      why === 'time'
        ? 'the time of this run is nearly over; the next one goes on'
        : 'interrupted; the interface at hand was finished first',
  };
}

/** The ledger failed, or the claim was lost: it is said of this interface, and what was done before it is not forgotten. */
function unrecorded({ interfaceId, cluster, findingId }: PlannedDeletion, error: unknown): OneDeletion {
  const says = `not recorded: ${messageOf(error)}; the next run finds out what became of it`;
  return { outcome: { interfaceId, cluster, findingId, status: 'failed', says }, stop: { why: 'error', says } };
}

/** EC2's word is not enough (a proxy may have said it): what was deleted must be gone before more is, or it stays open in the ledger. */
async function verify(deps: ExecuteDeps, done: readonly DeletionOutcome[]): Promise<DeletionOutcome[]> {
  const there = await stillThere(
    deps,
    done.filter((outcome) => outcome.status === 'deleted').map((outcome) => outcome.interfaceId),
  );
  const verified: DeletionOutcome[] = [];
  for (const outcome of done) {
    const { interfaceId } = outcome;
    if (outcome.status !== 'deleted' || !there.has(interfaceId)) {
      verified.push(outcome);
      continue;
    }
    const says = `EC2 said that ${interfaceId} is deleted, and it could not be seen to be gone; nothing more is deleted until that is understood`;
    const unwritten = await deps.journal.note(interfaceId, { status: 'deleting', says }).catch(messageOf);
    verified.push({ ...outcome, status: 'failed', says: unwritten === undefined ? says : `${says} (not recorded: ${unwritten})` });
  }
  return verified;
}

/** Those that cannot be seen to be gone after a while. Looked at one by one, and again only where it is needed: never a burst of reads. */
async function stillThere({ reads, sleep }: ExecuteDeps, ids: readonly string[]): Promise<Set<string>> {
  const there = new Set(ids);
  for (const wait of VERIFY_AFTER_MS) {
    if (there.size === 0) break;
    if (wait > 0) await sleep(wait);
    for (const id of [...there]) {
      const eni = await reads.interface(id);
      if (eni.ok && !eni.value.found) there.delete(id);
      await sleep(BETWEEN_LOOKS_MS);
    }
  }
  return there;
}
