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
  const stages = stagesOf(plan.deletions);
  for (const [index, stage] of stages.entries()) {
    const from = outcomes.length;
    for (const planned of stage) {
      stop = haltOf(deps);
      if (stop) break;
      await deps.pace.next();
      const position = outcomes.filter((outcome) => outcome.status === 'deleted').length;
      const one = await deleteOne(deps, planned, { ...context, position });
      outcomes.push(one.outcome);
      deps.onProgress?.(outcomes.length, plan.deletions.length, `${planned.interfaceId} ${one.outcome.status}`);
      stop = one.stop;
      if (stop) break;
    }
    if (!stop && index < stages.length - 1) stop = await verifyGone(deps, outcomes.slice(from));
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

/** Before more are deleted: those that EC2 said are deleted must be gone. */
async function verifyGone({ reads, sleep }: ExecuteDeps, outcomes: readonly DeletionOutcome[]): Promise<Stop | undefined> {
  for (const { interfaceId } of outcomes.filter((outcome) => outcome.status === 'deleted')) {
    if (!(await isGone(reads, sleep, interfaceId))) {
      return {
        why: 'unverified',
        says: `EC2 said that ${interfaceId} is deleted, and still describes it; nothing more is deleted until that is understood`,
      };
    }
  }
  return undefined;
}

async function isGone(reads: ExecuteDeps['reads'], sleep: ExecuteDeps['sleep'], interfaceId: string): Promise<boolean> {
  for (const wait of [0, ...VERIFY_AFTER_MS]) {
    if (wait > 0) await sleep(wait);
    const eni = await reads.interface(interfaceId);
    if (eni.ok && !eni.value.found) return true;
  }
  return false;
}
