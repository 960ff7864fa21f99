// What one message of the cleanup queue makes the worker do. The message only names a plan: whether it may be carried out, and what it
// is, stands in the ledger.
import { randomUUID } from 'node:crypto';
import type { Deps } from '../deps.ts';
import type { Logger } from '../domain/log.ts';
import { newestFirst } from '../ledger/kind.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { uncontested, update } from '../ledger/update.ts';
import type { Execution } from '../plans/deletion.ts';
import { type CleanupControl, executePlan } from '../plans/execute/execute-plan.ts';
import { begin, endedWell, finish, LATER_SECONDS } from '../plans/execute/plan-run.ts';
import type { PlanState, ProposedPlan } from '../plans/plan.ts';
import { DELETION, PLAN, planKey } from '../plans/record.ts';
import { refuseForeign } from './foreign.ts';
import type { AuditMessage } from './messages/audit-message.ts';
import { type CleanupMessage, parseCleanupMessage } from './messages/cleanup-message.ts';
import type { Queued } from './messages/queue.ts';
import { type QueueRecord, workMessages } from './messages/work-messages.ts';

export interface CleanupWorkerDeps extends Deps {
  store: LedgerStore;
  sleep?: CleanupControl['sleep'];
  /** Asks for an audit, which tells people what became of it and certifies what is left. */
  askForAudit: (message: AuditMessage) => Promise<void>;
  /** Puts a message on the worker's own queue. */
  goOn: (queued: Queued<CleanupMessage>) => Promise<void>;
}

// The last interface of a run and the look whether it is gone take up to a minute; a plan and its findings are written after that.
const NEEDED_MS = 120_000;

/** Works a batch one message after the other, and names the ones that must come again. `remainingMs` is what is left of the invocation. */
export const cleanBatch = (deps: CleanupWorkerDeps, records: readonly QueueRecord[], remainingMs: () => number, log: Logger) =>
  workMessages('cleanup', records, parseCleanupMessage, (message, each) => clean(deps, message, remainingMs, each), log);

/** Carries a plan out, as far as the time goes. Throws when the message must be tried again or dead-lettered. */
export async function clean(deps: CleanupWorkerDeps, message: CleanupMessage, remainingMs: () => number, logger: Logger): Promise<void> {
  const { store, settings, clock } = deps;
  const { accountId, region, plan: id } = message;
  const target = { accountId, region };
  const log = logger.child({ ...target, plan: id });
  await refuseForeign(deps, message, log);
  const worker = randomUUID();
  const change = async <D extends { state?: PlanState | undefined }>(decide: (now: PlanState | undefined) => D) =>
    uncontested(await update({ store, target }, PLAN, planKey(id), decide));
  const taken = await change((now) => begin(now, id, { mode: settings.cleanupMode, worker, at: clock() }));
  if (taken.outcome !== 'written') {
    log.warn('plan not carried out', { reason: taken.decision.begun ? '' : taken.decision.says });
    // A worker may have ended between the last word of a plan and this one. Where people were told, an audit was there: asked again by
    // every repeated message, the audits of many plans would each repeat the messages of all that wait.
    if (taken.state?.plan.status === 'done' && taken.state.pending.length > 0)
      await deps.askForAudit({ kind: 'sweep', trigger: 'cleanup', ...target });
    return;
  }
  const execution = await carryOut(deps, taken.state.plan, remainingMs);
  count(execution, log);
  const records = newestFirst(await store.load(target), DELETION);
  const ended = await change((now) =>
    // Not ours any more only if this took longer than a lease, which an invocation cannot.
    now?.plan.run?.by === worker ? finish(now, records, execution, clock()) : { state: undefined, goOn: undefined },
  );
  log.info('plan worked', { status: ended.state?.plan.status, says: ended.state?.plan.says, stop: execution.stop });
  const { goOn } = ended.decision;
  if (goOn) await deps.goOn({ message, ...(goOn === 'later' ? { delaySeconds: LATER_SECONDS } : {}) });
  // What was deleted so far is told at the end of the plan, or before a long wait.
  if (goOn !== 'now') await deps.askForAudit({ kind: 'sweep', trigger: 'cleanup', ...target });
}

/** Executes what of the plan no earlier run of it has brought to an end. */
async function carryOut(deps: CleanupWorkerDeps, proposed: ProposedPlan, remainingMs: () => number): Promise<Execution> {
  const { store, settings, clock, sleep } = deps;
  const { plan, publishers } = proposed;
  const done = new Set(endedWell(proposed, newestFirst(await store.load(plan.target), DELETION)).map(({ interfaceId }) => interfaceId));
  const left = { ...plan, deletions: plan.deletions.filter(({ interfaceId }) => !done.has(interfaceId)) };
  const clients = deps.clientsFor(plan.target.region);
  return executePlan({ settings, clients, store, publishers, clock }, left, settings.cleanupMax, {
    halt: () => (remainingMs() < NEEDED_MS ? 'time' : undefined),
    ...(sleep ? { sleep } : {}),
  });
}

/** For graphs and alarms: what was deleted, which guard held what back, and what went wrong. */
function count({ outcomes, stop }: Execution, log: Logger): void {
  const deleted = outcomes.filter(({ status }) => status === 'deleted').length;
  if (deleted > 0) log.count('Deletions', {}, deleted);
  const refused = Map.groupBy(
    outcomes.filter(({ status }) => status === 'refused'),
    ({ guard }) => guard ?? 'none',
  );
  for (const [guard, those] of refused) log.count('Refusals', { guard }, those.length);
  const failed = outcomes.filter(({ status }) => status === 'failed').length;
  // A stop without a failed interface (Ctrl-C, the time) is no fault.
  if (failed > 0 && stop?.why !== 'throttled') log.count('CleanupFailures', {}, failed);
}
