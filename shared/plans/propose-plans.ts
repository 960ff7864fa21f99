// A sweep's last step where the stack may delete: plans in the ledger for what this audit proved, and word to the worker.

import type { Target } from '../domain/finding.ts';
import type { AuditWithReads } from '../findings/audit-with-reads.ts';
import { isOf, keyOf, statesOf } from '../ledger/kind.ts';
import { openSession } from '../ledger/session.ts';
import type { LedgerRecord, LedgerStore } from '../ledger/store.ts';
import { putOf, retrying } from '../ledger/update.ts';
import type { Settings } from '../settings/config.ts';
import type { CleanupMode } from '../settings/settings.ts';
import type { Plan } from './deletion.ts';
import { isOpenPlan, type PlanStatus, type ProposedPlan } from './plan.ts';
import { plansByCluster, unreadClusters } from './plan-from-audit.ts';
import { propose } from './propose.ts';
import { PLAN } from './record.ts';

// Plans that auto mode does not begin: rejected, waiting for a person, or carried out without effect.
const WAITING: ReadonlySet<string> = new Set<PlanStatus>(['rejected', 'waiting', 'done']);

export interface ProposalDeps {
  store: LedgerStore;
  settings: Settings;
  publishers: readonly string[];
  clock: () => Date;
  /** Where the plans lie, as `--ledger` takes it. */
  ledger: string;
}

export interface Proposed {
  /** The ids of plans that the worker has to begin or to go on with. */
  begin: readonly string[];
  waiting: readonly ProposedPlan[];
}

/** Brings the plans of one account and region up to date with an audit of it; `isAftermath`: a cleanup asked for it. Throws when others keep writing them. */
export async function proposePlans(deps: ProposalDeps, audited: AuditWithReads, isAftermath = false): Promise<Proposed> {
  const { store, settings, publishers, clock, ledger } = deps;
  const { target } = audited.report;
  const at = clock();
  const isHeld = settings.cleanupMode === 'report' ? () => true : unreadClusters(audited.report);
  // Whoever approves in between wins: this sweep then looks at what is there once more.
  const session = openSession(store);
  const { value, lost } = await retrying(async (before) => {
    const records = before.length > 0 ? await session.reload(target) : await answeredBy(session, target);
    const known = statesOf(records, PLAN);
    const statuses = new Map(known.map(({ plan }) => [plan.plan.digest, plan.status]));
    const waits = ({ digest }: Plan) => WAITING.has(statuses.get(digest) ?? '');
    const fresh = settings.cleanupMode === 'report' ? [] : plansByCluster(audited, settings, at, waits);
    const { changed, begin } = propose(known, fresh, isHeld, {
      mode: modeOf(settings.cleanupMode),
      expiryHours: settings.planExpiryHours,
      ledger,
      publishers,
      isAftermath,
      at,
    });
    const over = new Map(records.map((record) => [record.key, record]));
    const changes = changed.map((state) => putOf(PLAN, state, over.get(keyOf(PLAN, state))));
    const all = new Map([...known, ...changed].map((state) => [state.plan.plan.digest, state.plan]));
    const waiting = [...all.values()].filter((plan) => plan.status === 'waiting');
    return { outcomes: await session.write(target, changes), value: { begin: settings.cleanupMode === 'report' ? [] : begin, waiting } };
  });
  if (lost.length > 0) throw new Error(`the plans in ${store.name} are being written by others all the time; the message is tried again`);
  return value;
}

/** The records, with the answers that people gave since they were loaded: what somebody rejected must not begin in another shape. */
async function answeredBy(session: LedgerStore, target: Target): Promise<readonly LedgerRecord[]> {
  for (const record of await session.load(target))
    if (isOf(record, PLAN) && isOpenPlan(record.body.state.plan.status)) await session.get(target, record.key);
  return session.load(target);
}

// In report mode nothing is offered and everything is held: plans of another mode only run out of time.
const modeOf = (mode: CleanupMode): 'approve' | 'auto' => (mode === 'auto' ? 'auto' : 'approve');
