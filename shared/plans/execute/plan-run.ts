// A plan in the hands of the worker: consumed once, carried out as far as one invocation goes, and gone on with by the next. Pure.
import { isHeld, leaseFor } from '../../ledger/lease.ts';
import type { DeletionRecord, Execution } from '../deletion.ts';
import type { PlanOutcome, PlanState, ProposedPlan } from '../plan.ts';
import { approvalEnds } from '../propose.ts';
import { HELD } from './journal.ts';

// No invocation lasts longer.
const LEASE_MS = 15 * 60_000;
/** After which a plan goes on `later`. EC2's buckets are full again long before, and the live clusters' controllers come first. */
export const LATER_SECONDS = 900;
// Until just before that nobody may begin it: an audit would hand it over at once.
const REST_MS = (LATER_SECONDS - 30) * 1_000;

export type Begun = { begun: true; state: PlanState } | { begun: false; state?: undefined; says: string };

export interface BeginContext {
  mode: 'report' | 'approve' | 'auto';
  worker: string;
  at: Date;
}

/** An approved plan as this worker's own, or one whose worker ended before it; or why it may not be carried out. */
export function begin(state: PlanState | undefined, id: string, context: BeginContext): Begun {
  const says = state ? whyNot(state.plan, id, context) : `there is no plan ${id}`;
  if (says !== undefined || !state) return { begun: false, says: says ?? '' };
  const at = context.at.toISOString();
  const run = { ...leaseFor(context.worker, context.at, LEASE_MS), startedAt: state.plan.run?.startedAt ?? at };
  return {
    begun: true,
    state: { ...state, plan: { ...state.plan, status: 'running', run, says: `being carried out since ${run.startedAt}` } },
  };
}

function whyNot(plan: ProposedPlan, named: string, { mode, at }: BeginContext): string | undefined {
  const { id, status, decision, run, says } = plan;
  if (mode === 'report') return 'CLEANUP_MODE is report: this stack deletes nothing';
  if (named !== id) return `plan ${named} is over; the ledger has ${id} in its place`;
  if (status !== 'approved' && status !== 'running') return `plan ${id} is ${status}, not approved: ${says}`;
  if (decision?.verdict !== 'approve') return `plan ${id} carries no approval`;
  if (mode === 'approve' && decision.via === 'auto') return `plan ${id} was approved by nobody, and CLEANUP_MODE is approve now`;
  if (at.getTime() >= approvalEnds(plan)) return `the approval of plan ${id} is over`;
  if (status === 'running' && run && isHeld(run, at)) return `worker ${run.by} has it until ${run.until}`;
  return undefined;
}

export interface Finished {
  state: PlanState;
  /** Whether the same plan goes on in a next message: at once, because the time was up, or when EC2 may have recovered. */
  goOn: 'now' | 'later' | undefined;
}

/** The plan after a run of its worker, from what this run did and what the ledger has of earlier ones. */
export function finish(state: PlanState, records: readonly DeletionRecord[], execution: Execution, at: Date): Finished {
  const { plan } = state;
  const outcomes = outcomesOf(plan, records, execution);
  const why = execution.stop?.why;
  const isLeft = outcomes.some(({ status }) => status === 'left' || (status === 'failed' && why === 'throttled'));
  const goOn = isLeft && plan.run && at.getTime() < approvalEnds(plan) ? continues(execution) : undefined;
  const time = at.toISOString();
  if (goOn && plan.run) {
    const says = `${tally(outcomes)}; it goes on${goOn === 'later' ? ' later' : ''}`;
    const run = { ...plan.run, ...leaseFor(plan.run.by, at, goOn === 'later' ? REST_MS : 0) };
    return { state: { ...state, plan: { ...plan, run, says } }, goOn };
  }
  const says = `${tally(outcomes)}${execution.stop ? `; stopped: ${execution.stop.says}` : ''}`;
  const done: ProposedPlan = { ...plan, status: 'done', result: { at: time, outcomes, stop: execution.stop }, says };
  const notice = { plan: plan.id, event: 'finished', at: time, says, recipients: plan.publishers } as const;
  return { state: { plan: done, pending: plan.publishers.length > 0 ? [...state.pending, notice] : state.pending }, goOn: undefined };
}

/** Any other reason is one that the next interface would meet as well, or that a person has to understand first. */
function continues({ outcomes, stop }: Execution): Finished['goOn'] {
  if (stop?.why === 'throttled') return 'later';
  if (stop?.why !== 'time') return undefined;
  // An invocation that has no time even for one would ask for the next at once, and that for the next.
  return outcomes.length > 0 ? 'now' : 'later';
}

/** What is done with, for whoever goes on. What failed is tried again: throttled, it may go now; or its worker ended before it could stop the plan. */
export const endedWell = (plan: ProposedPlan, records: readonly DeletionRecord[]): DeletionRecord[] =>
  endedBy(plan, records).filter(({ status }) => status !== 'failed');

/** The records that this plan's run has brought to an end. */
const endedBy = ({ plan, run }: ProposedPlan, records: readonly DeletionRecord[]): DeletionRecord[] =>
  records.filter(({ digest, at, status }) => digest === plan.digest && run !== undefined && at >= run.startedAt && !HELD.has(status));

function outcomesOf(plan: ProposedPlan, records: readonly DeletionRecord[], execution: Execution): PlanOutcome[] {
  const now = new Map(execution.outcomes.map((outcome) => [outcome.interfaceId, outcome]));
  const before = new Map(endedBy(plan, records).map((record) => [record.interfaceId, record]));
  return plan.plan.deletions.map(({ interfaceId }): PlanOutcome => {
    const outcome = now.get(interfaceId);
    if (outcome) return { interfaceId, status: outcome.status, ...(outcome.guard ? { guard: outcome.guard } : {}), says: outcome.says };
    const record = before.get(interfaceId);
    if (record && record.status !== 'claimed' && record.status !== 'deleting') {
      return { interfaceId, status: record.status, says: record.says };
    }
    return { interfaceId, status: 'left', says: 'not touched' };
  });
}

const NAMES = { deleted: 'deleted', 'already-gone': 'already gone', refused: 'refused', failed: 'failed', left: 'left' } as const;

function tally(outcomes: readonly PlanOutcome[]): string {
  const counts = Map.groupBy(outcomes, ({ status }) => status);
  return Object.entries(NAMES)
    .flatMap(([status, name]) => {
      const n = counts.get(status as PlanOutcome['status'])?.length ?? 0;
      return n > 0 || status === 'deleted' ? [`${n} ${name}`] : [];
    })
    .join(', ');
}
