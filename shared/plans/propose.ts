// What becomes of the plans in the ledger when a sweep has looked again. Pure: plans and time in, plans out.
import { isHeld } from '../ledger/lease.ts';
import type { Plan } from './deletion.ts';
import type { Decision, PendingPlanNotice, PlanEvent, PlanState, ProposedPlan } from './plan.ts';
import { isOpenPlan, planId } from './plan.ts';

/** A plan as this sweep would make it, for one deleted cluster. */
export interface FreshPlan {
  cluster: string;
  plan: Plan;
}

export interface ProposalContext {
  mode: 'approve' | 'auto';
  expiryHours: number;
  /** Where the plans lie, as `--ledger` takes it. */
  ledger: string;
  publishers: readonly string[];
  /** A cleanup asked for this look: in auto mode, what is left waits for the next sweep, or CLEANUP_MAX would bound nothing. */
  isAftermath?: boolean;
  at: Date;
}

export interface Proposals {
  /** The states that changed, by digest. */
  changed: readonly PlanState[];
  /** The ids of plans that the worker has to begin or to go on with. */
  begin: readonly string[];
}

/**
 * The plans after a sweep. `isHeld`: something that decides about this cluster's orphans could not be read, so that a plan that is
 * missing says nothing, and one that is there may be half of it: nothing is proposed and nothing ends but by its time.
 */
export function propose(
  known: readonly PlanState[],
  fresh: readonly FreshPlan[],
  isHeld: (cluster: string) => boolean,
  context: ProposalContext,
): Proposals {
  const byDigest = new Map(known.map((state) => [state.plan.plan.digest, state]));
  const offered = fresh.filter(({ cluster, plan }) => plan.deletions.length > 0 && !isHeld(cluster));
  const digests = new Set(offered.map(({ plan }) => plan.digest));
  const changed = new Map<string, PlanState>();
  const busy = new Set<string>();
  const modeFor = modesOf(known, context.mode);
  for (const state of known) {
    const successor = successorOf(state, offered, byDigest, modeFor(state.plan.cluster));
    const ended = end(state, digests, successor, isHeld, context);
    if (ended) changed.set(state.plan.plan.digest, ended);
    // A cluster whose plan is being carried out changes under it; the sweep after its end sees what is left.
    else if (state.plan.status === 'running') busy.add(state.plan.cluster);
  }
  for (const { cluster, plan } of offered.filter((each) => !busy.has(each.cluster))) {
    const mode = modeFor(cluster);
    const before = changed.get(plan.digest) ?? byDigest.get(plan.digest);
    if (mode === 'auto' && context.isAftermath) continue;
    // Overwritten, the rejection would be forgotten, and the mode would approve what comes after it.
    if (context.mode === 'auto' && before && isRejected(before.plan)) continue;
    const next = offer(before, { cluster, plan }, [...changed.values()], { ...context, mode });
    if (next) changed.set(plan.digest, next);
  }
  const all = [...new Map([...byDigest, ...changed]).values()].map((state) => state.plan);
  return { changed: [...changed.values()], begin: all.filter((plan) => isToBegin(plan, context.at)).map((plan) => plan.id) };
}

// Whatever became of the plan afterwards.
const isRejected = ({ decision }: ProposedPlan): boolean => decision?.verdict === 'reject';

/** The mode of a cluster's plans: where a person said no, no mode says yes to the same orphans in another shape; people are asked. */
function modesOf(known: readonly PlanState[], mode: ProposalContext['mode']): (cluster: string) => ProposalContext['mode'] {
  const rejected = new Set(known.filter(({ plan }) => isRejected(plan)).map(({ plan }) => plan.cluster));
  return (cluster) => (rejected.has(cluster) ? 'approve' : mode);
}

const isRunning = ({ status, run }: ProposedPlan, at: Date): boolean => status === 'running' && isHeld(run, at);

const isToBegin = (plan: ProposedPlan, at: Date): boolean =>
  plan.status === 'approved' || (plan.status === 'running' && !isRunning(plan, at));

/** Until when an approved plan may be begun, or gone on with. */
export const approvalEnds = ({ decision, proposedAt, expiresAt }: ProposedPlan): number =>
  Date.parse(decision?.at ?? proposedAt) + (Date.parse(expiresAt) - Date.parse(proposedAt));

/** A plan that is over: its time is, or its world. Undefined: it is not. */
function end(
  state: PlanState,
  digests: ReadonlySet<string>,
  successor: Successor | undefined,
  isHeld: (cluster: string) => boolean,
  context: ProposalContext,
): PlanState | undefined {
  const { plan } = state;
  const lapse = lapseOf(plan, context.at);
  if (lapse !== undefined) return told(state, 'expired', lapse, context);
  const depends = plan.status === 'waiting' || plan.status === 'approved' || plan.status === 'rejected';
  if (!depends || digests.has(plan.plan.digest) || isHeld(plan.cluster)) return undefined;
  const says = successor
    ? `the world changed: plan ${successor.id} takes its place (${difference(plan.plan, successor.plan)})`
    : 'the world changed: none of its interfaces is a deletable orphan any more';
  // Whoever is told of the successor need not be told of this; a rejected plan was over for people before, and one that only the mode
  // approved was never theirs.
  const isSilent = successor && (successor.isTold || !plan.announced);
  if (isSilent || plan.status === 'rejected') return { ...state, plan: { ...plan, status: 'superseded', says } };
  return told(state, 'superseded', voided(plan, says), context);
}

/** Why a plan's time is over. Undefined: it is not. */
function lapseOf(plan: ProposedPlan, at: Date): string | undefined {
  if (plan.status === 'waiting' && at.getTime() >= Date.parse(plan.expiresAt)) return `nobody approved it until ${plan.expiresAt}`;
  if (!isToBegin(plan, at) || at.getTime() < approvalEnds(plan)) return undefined;
  return plan.run
    ? 'it was approved, and could not be carried out to its end in time; history tells how far it came'
    : 'it was approved, and could not be carried out in time';
}

interface Successor {
  id: string;
  plan: Plan;
  /** People are asked about it now. About a digest that they were asked about before they are not. */
  isTold: boolean;
}

/** What this sweep has for the plan's cluster instead of it. */
function successorOf(
  { plan: { cluster } }: PlanState,
  offered: readonly FreshPlan[],
  known: ReadonlyMap<string, PlanState>,
  mode: ProposalContext['mode'],
): Successor | undefined {
  const fresh = offered.find((each) => each.cluster === cluster);
  if (!fresh) return undefined;
  const before = known.get(fresh.plan.digest)?.plan;
  const isKept = before && (isOpenPlan(before.status) || before.status === 'rejected');
  const id = isKept ? before.id : planId(fresh.plan.digest, (before?.round ?? 0) + 1);
  return { id, plan: fresh.plan, isTold: mode === 'approve' && !before?.announced };
}

const voided = ({ decision }: ProposedPlan, says: string): string =>
  decision?.verdict === 'approve' ? `${says}; the approval by ${decision.by} is void` : says;

function difference(before: Plan, after: Plan): string {
  const ids = (plan: Plan) => plan.deletions.map((deletion) => deletion.interfaceId);
  const [old, now] = [new Set(ids(before)), new Set(ids(after))];
  const [added, gone] = [ids(after).filter((id) => !old.has(id)).length, ids(before).filter((id) => !now.has(id)).length];
  return added + gone === 0 ? 'the same interfaces, seen or described otherwise' : `${added} more, ${gone} fewer`;
}

/** The plan of a digest that a sweep has made again: proposed, approved by the mode, or left as it is. */
function offer(
  before: PlanState | undefined,
  { cluster, plan }: FreshPlan,
  superseded: readonly PlanState[],
  context: ProposalContext,
): PlanState | undefined {
  if (before && !isNewRound(before.plan, context)) return undefined;
  const at = context.at.toISOString();
  const round = (before?.plan.round ?? 0) + 1;
  const expiresAt = new Date(context.at.getTime() + context.expiryHours * 3_600_000).toISOString();
  const predecessor = superseded.find((state) => state.plan.cluster === cluster && state.plan.status === 'superseded');
  const { ledger, publishers } = context;
  const base = { id: planId(plan.digest, round), round, cluster, plan, proposedAt: at, expiresAt, ledger, publishers };
  const pending = before?.pending ?? [];
  if (context.mode === 'auto') {
    const decision: Decision = { verdict: 'approve', by: 'CLEANUP_MODE=auto', via: 'auto', at };
    const says = 'every guard lets it through, and CLEANUP_MODE is auto';
    return { plan: { ...base, status: 'approved', announced: before?.plan.announced ?? false, decision, says }, pending };
  }
  const says = `waits for an approval${predecessor ? inPlaceOf(predecessor.plan) : ''}`;
  const waiting: PlanState = { plan: { ...base, status: 'waiting', announced: true, says }, pending };
  return before?.plan.announced ? waiting : { ...waiting, pending: [...pending, ...notices(waiting.plan.id, 'proposed', says, context)] };
}

const inPlaceOf = ({ id, decision }: ProposedPlan): string =>
  `, in place of plan ${id}${decision?.verdict === 'approve' ? `, whose approval by ${decision.by} is void` : ''}: the world changed`;

/** Whether the same world, proven again, is asked about once more. A rejection is an answer for as long as the world stays the same. */
function isNewRound({ status, decision, result, expiresAt }: ProposedPlan, { mode, expiryHours, at }: ProposalContext): boolean {
  if (status === 'rejected') return false;
  // It was carried out, and nothing of it went. What held it back is for people to understand: not again at every sweep, each time told.
  if (status === 'done' && mode === 'auto') return at.getTime() >= Date.parse(result?.at ?? expiresAt) + expiryHours * 3_600_000;
  // Left over from another mode: what nobody approved is not carried out, and what the guards may decide does not wait.
  if (status === 'waiting') return mode === 'auto';
  if (status === 'approved') return mode === 'approve' && decision?.via === 'auto';
  return !isOpenPlan(status);
}

const STATUS = { expired: 'expired', superseded: 'superseded' } as const;

function told(state: PlanState, event: keyof typeof STATUS, says: string, context: ProposalContext): PlanState {
  return {
    plan: { ...state.plan, status: STATUS[event], says },
    pending: [...state.pending, ...notices(state.plan.id, event, says, context)],
  };
}

function notices(plan: string, event: PlanEvent, says: string, { at, publishers }: ProposalContext): PendingPlanNotice[] {
  return publishers.length > 0 ? [{ plan, event, at: at.toISOString(), says, recipients: publishers }] : [];
}
