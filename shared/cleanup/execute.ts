import type { DeletionOutcome, Execution, GuardContext, Plan, PlannedDeletion, Stop } from '../model/cleanup.ts';
import { deleteOne } from './delete-one.ts';
import type { ExecuteDeps } from './ports.ts';

// EC2's reads are eventually consistent: a deleted interface may be described for some seconds more.
const VERIFY_AFTER_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

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
      stop = haltOf(deps);
      if (stop) break;
      await deps.pace.next();
      const position = [...outcomes, ...done].filter((outcome) => outcome.status === 'deleted').length;
      const one = await deleteOne(deps, planned, { ...context, position });
      done.push(one.outcome);
      deps.onProgress?.(outcomes.length + done.length, plan.deletions.length, `${planned.interfaceId} ${one.outcome.status}`);
      stop = one.stop;
      if (stop) break;
    }
    const verified = await Promise.all(done.map((outcome) => verify(deps, outcome)));
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

/** EC2's word is not enough (a proxy may have said it): what was deleted must be gone before more is, or it stays open in the ledger. */
async function verify({ reads, sleep, journal }: ExecuteDeps, outcome: DeletionOutcome): Promise<DeletionOutcome> {
  const { interfaceId, status } = outcome;
  if (status !== 'deleted' || (await isGone(reads, sleep, interfaceId))) return outcome;
  const says = `EC2 said that ${interfaceId} is deleted, and it could not be seen to be gone; nothing more is deleted until that is understood`;
  await journal.note(interfaceId, { status: 'deleting', says });
  return { ...outcome, status: 'failed', says };
}

async function isGone(reads: ExecuteDeps['reads'], sleep: ExecuteDeps['sleep'], interfaceId: string): Promise<boolean> {
  for (const wait of [0, ...VERIFY_AFTER_MS]) {
    if (wait > 0) await sleep(wait);
    const eni = await reads.interface(interfaceId);
    if (eni.ok && !eni.value.found) return true;
  }
  return false;
}
