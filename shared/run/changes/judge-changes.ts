// pending changes → whom they concern → audit of those → notices
import { createHash } from 'node:crypto';
import type { Change } from '../../changes/change.ts';
import { causeSays } from '../../changes/describe.ts';
import { coinciding, explaining } from '../../changes/explain.ts';
import { noticesOf, type UntoldNotice } from '../../changes/notices.ts';
import { CHANGE, CHANGE_NOTICE, JUDGING } from '../../changes/record.ts';
import { isShown } from '../../changes/shown.ts';
import type { Publisher } from '../../channels/publisher.ts';
import type { Deps } from '../../deps.ts';
import type { Because, Finding, Target, TransitionKind } from '../../domain/finding.ts';
import type { Logger } from '../../domain/log.ts';
import { itemOf } from '../../domain/read.ts';
import { auditWithReads } from '../../findings/audit.ts';
import type { AuditReport } from '../../findings/audit-report.ts';
import type { AuditWithReads } from '../../findings/audit-with-reads.ts';
import { FINDING } from '../../findings/record.ts';
import { type BodyOf, isOf, statesById, statesOf } from '../../ledger/kind.ts';
import { takeLease } from '../../ledger/lease.ts';
import { openSession } from '../../ledger/session.ts';
import type { LedgerRecord, LedgerStore } from '../../ledger/store.ts';
import { putOf } from '../../ledger/update.ts';
import { ruleIds } from '../../rules/find.ts';
import { affectedClusters } from './affected-clusters.ts';
import { DEBOUNCE_SECONDS } from './change-trigger.ts';

export interface ChangeDeps extends Deps {
  store: LedgerStore;
  publishers: readonly Publisher[];
}

// Each round takes all that is due; more than a few mean that something is wrong, and the sweep goes on.
const ROUNDS = 5;
// Longer than the function that judges may run: a worker that was killed holds up nobody for longer.
const LEASE_MS = 6 * 60_000;
const LOOKS_MS = 2 * 60 * 60_000;

type Pending = LedgerRecord & { body: BodyOf<typeof CHANGE> };

const isPending = (record: LedgerRecord): record is Pending => isOf(record, CHANGE) && record.body.state.status === 'pending';

/** Whether any change of these waits for its judgement. */
export const hasPendingChanges = (records: readonly LedgerRecord[]): boolean => records.some(isPending);

/**
 * Judges every pending change of a region at once, by what AWS says now, and says whether there was any. Whoever finds somebody else judging
 * leaves word with the lease: they look again for changes that are due after they have let go.
 */
export async function judgeChanges(deps: ChangeDeps, target: Target, log: Logger): Promise<boolean> {
  const { store, clock } = deps;
  let judged = false;
  const taken = new Set<string>();
  const session = openSession(store);
  for (let round = 0; round < ROUNDS; round += 1) {
    const turn = statesOf(await session.load(target), JUDGING)[0]?.turn ?? 0;
    const lease = await takeLease({ store, target }, JUDGING, LEASE_MS, clock);
    if (!lease) return judged;
    let isWanted = false;
    try {
      // Somebody has judged since this run loaded the ledger: what waits is less now, and what was found before is more.
      if (lease.turn !== turn + 1) await session.reload(target);
      for (const { key } of await judgePending({ ...deps, store: session }, target, log)) taken.add(key);
      judged ||= taken.size > 0;
    } finally {
      isWanted = await lease.release();
    }
    if (!isWanted) return judged;
    const dueBy = clock().getTime() - DEBOUNCE_SECONDS * 1_000;
    const isDue = (record: LedgerRecord) =>
      isPending(record) && !taken.has(record.key) && Date.parse(record.body.state.receivedAt) <= dueBy;
    if (!(await session.reload(target)).some(isDue)) return judged;
  }
  return judged;
}

/** One judgement of all that is pending; gives what it took. */
async function judgePending(deps: ChangeDeps, target: Target, logger: Logger): Promise<readonly Pending[]> {
  const { store, clock } = deps;
  const records = await store.load(target);
  const pending = records.filter(isPending);
  if (pending.length === 0) return [];
  const changes = pending.map(({ body }) => body.state.change);
  const log = logger.child({ changes: changes.length });
  const affected = await affectedClusters(deps, target.region, changes, log);
  const isEverywhere = affected.some(({ everywhere }) => everywhere);
  const clusters = isEverywhere ? [] : [...new Set(affected.flatMap((each) => each.clusters))].sort();
  if (!isEverywhere && clusters.length === 0) {
    log.info('changes touch no pods');
    await recordJudgement(deps, target, pending, [], () => ({ says: 'no pod, node or control plane of a cluster has to do with it' }));
    return pending;
  }
  const because = (finding: Finding, kind: TransitionKind): Because => {
    const [cause] = explaining(affected, finding, kind === 'resolved' ? 'regained' : 'lost');
    const [coincidence] = cause ? [] : coinciding(affected, finding);
    return { ...(cause && { cause: causeSays(cause) }), ...(coincidence && { coincidence: causeSays(coincidence) }) };
  };
  const audited = await auditWithReads(deps, { ...target, clusters, rules: ruleIds('paths'), because });
  const { report } = audited;
  refuseUnrecorded(report);
  const known = statesOf(records, CHANGE).map(({ change }) => change);
  const notices = noticesOf({
    region: target.region,
    at: clock().toISOString(),
    affected,
    before: statesById(records, FINDING),
    after: statesById(await store.load(target), FINDING),
    earlier: known,
  });
  const { findings, unknown, stats } = report;
  const gaps = report.coverage.filter(({ ok }) => !ok);
  const doubts = new Map(pending.map((each) => [each.key, doubtOf(each.body.state.change, audited, known, notices)]));
  const isLeft = ({ key, body }: Pending) => doubts.get(key) !== undefined && isWorthAnotherLook(body.state.receivedAt, clock());
  log.info('changes judged', {
    clusters,
    isEverywhere,
    notices: notices.length,
    findings: findings.length,
    unknown: unknown.length,
    left: pending.filter(isLeft).length,
    gaps,
    ...stats,
  });
  await recordJudgement(deps, target, pending, notices, (each) => ({
    says: doubts.get(each.key) ?? saysOf(notices),
    isLeft: isLeft(each),
  }));
  return pending;
}

/** Why nobody knows what a change did, when this run is no proof of it; one that explains something is certain enough. */
function doubtOf(
  change: Change,
  { report, inventory }: AuditWithReads,
  known: readonly Change[],
  notices: readonly UntoldNotice[],
): string | undefined {
  if (notices.some(({ changes }) => changes.some((told) => told.change.id === change.id))) return undefined;
  const gaps = report.coverage.filter(({ ok }) => !ok).map(({ slice }) => slice);
  if (gaps.length > 0) return `what it did is not known: ${gaps.join(', ')} could not be read`;
  const rules = inventory.securityGroupRules;
  const rulesOf = (groupId: string) => {
    const read = rules?.ok ? itemOf(rules.value, groupId) : undefined;
    return read?.ok ? read.value : undefined;
  };
  return isShown(change, rulesOf, known) ? undefined : 'what it did is not known: EC2 did not show it yet';
}

/** What could not be read may hide what a change did: the next sweeps look again, for a while. */
const isWorthAnotherLook = (receivedAt: string, now: Date): boolean => now.getTime() - Date.parse(receivedAt) < LOOKS_MS;

/** A run that nobody can look up may not end a change. */
function refuseUnrecorded({ coverage }: AuditReport): void {
  const gap = coverage.find(({ slice, ok }) => !ok && slice === 'ledger');
  if (gap) throw new Error(`the changes stay pending: ${gap.reason}`);
}

const saysOf = (notices: readonly UntoldNotice[]): string =>
  notices.length === 0
    ? 'no pods lost or regained a path'
    : notices.map(({ cluster, lost, regained }) => `${cluster}: ${lost.length} lost, ${regained.length} regained`).join('; ');

/**
 * Writes the notices, then that the changes are judged, or why they are left. Killed in between, the changes are judged again: a notice that
 * is the same has the same id, and is not written a second time.
 */
async function recordJudgement(
  { store, clock, publishers }: ChangeDeps,
  target: Target,
  pending: readonly Pending[],
  notices: readonly UntoldNotice[],
  came: (of: Pending) => { says: string; isLeft?: boolean },
): Promise<void> {
  const recipients = publishers.map(({ name }) => name);
  const unsent = recipients.length > 0 ? [{ recipients }] : [];
  const told = notices.map((notice) => putOf(CHANGE_NOTICE, { notice: { id: noticeId(notice), ...notice }, pending: unsent }));
  await store.write(target, told);
  const judgedAt = clock().toISOString();
  const judged = pending.map((each) => {
    const { says, isLeft = false } = came(each);
    const { state } = each.body;
    return putOf(CHANGE, isLeft ? { ...state, says } : { ...state, status: 'judged', judgedAt, says }, each);
  });
  await store.write(target, judged);
}

/** The same changes with the same effect are the same notice. */
function noticeId({ cluster, changes, lost, regained }: UntoldNotice): string {
  const ids = [changes.map(({ change }) => change.id), lost.map(({ findingId }) => findingId), regained.map(({ findingId }) => findingId)];
  return `${cluster}/${createHash('sha256')
    .update(JSON.stringify(ids.map((each) => each.toSorted())))
    .digest('hex')
    .slice(0, 16)}`;
}
