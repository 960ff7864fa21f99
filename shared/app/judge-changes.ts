// pending changes → whom they concern → audit of those → notices
import { createHash } from 'node:crypto';
import { causeSays } from '../changes/describe.ts';
import { explaining } from '../changes/explain.ts';
import { noticesOf, type UntoldNotice } from '../changes/notices.ts';
import { PATH_SLICES } from '../inventory/collect-paths.ts';
import { changesOf, findingsOf } from '../ledger/records.ts';
import type { Publisher } from '../model/announcement.ts';
import { changeNoticeKey } from '../model/change.ts';
import type { Finding, Target, TransitionKind } from '../model/finding.ts';
import type { LedgerChange, LedgerRecord, LedgerStore } from '../model/ledger.ts';
import type { AuditReport } from '../model/report.ts';
import { RULES } from '../rules/index.ts';
import type { Logger } from '../runtime/log.ts';
import { audit } from './audit.ts';
import { DEBOUNCE_SECONDS } from './change-trigger.ts';
import type { Deps } from './deps.ts';
import { takeJudgement } from './judging.ts';
import { reachesOf } from './reach.ts';

export interface ChangeDeps extends Deps {
  store: LedgerStore;
  publishers: readonly Publisher[];
}

/** The rules that need nothing but what path proofs read. */
export const PATH_RULES: readonly string[] = RULES.filter(({ needs }) =>
  needs.every((slice) => PATH_SLICES.some((each) => each === slice)),
).map(({ meta }) => meta.id);

// Each round takes all that is due; more than a few mean that something is wrong, and the sweep goes on.
const ROUNDS = 5;
const LOOKS_MS = 2 * 60 * 60_000;
// EC2 shows a change some seconds after it was made. Its own message comes later than that, a sweep or another change's may not.
const CONVERGES_MS = 15_000;

type Pending = LedgerRecord & { body: Extract<LedgerRecord['body'], { kind: 'change' }> };

const isPending = (record: LedgerRecord): record is Pending => record.body.kind === 'change' && record.body.state.status === 'pending';

/** Whether any change of these waits for its judgement. */
export const hasPendingChanges = (records: readonly LedgerRecord[]): boolean => records.some(isPending);

/**
 * Judges every pending change of a region at once, by what AWS says now, and says whether there was any. Whoever finds somebody else judging
 * leaves it to them: they look again for changes that are due after they have let go.
 */
export async function judgeChanges(deps: ChangeDeps, target: Target, log: Logger): Promise<boolean> {
  const { store, clock } = deps;
  let judged = false;
  const taken = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const letGo = await takeJudgement(store, target, clock());
    if (!letGo) return judged;
    try {
      for (const { key } of await judgePending(deps, target, log)) taken.add(key);
      judged ||= taken.size > 0;
    } finally {
      await letGo();
    }
    const dueBy = clock().getTime() - DEBOUNCE_SECONDS * 1_000;
    const isDue = (record: LedgerRecord) =>
      isPending(record) && !taken.has(record.key) && Date.parse(record.body.state.receivedAt) <= dueBy;
    if (!(await store.load(target)).some(isDue)) return judged;
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
  const reaches = await reachesOf(deps, target.region, changes, log);
  const isEverywhere = reaches.some(({ everywhere }) => everywhere);
  const clusters = isEverywhere ? [] : [...new Set(reaches.flatMap((reach) => reach.clusters))].sort();
  if (!isEverywhere && clusters.length === 0) {
    log.info('changes touch no pods');
    await settle(deps, target, pending, [], 'no pod, node or control plane of a cluster has to do with it');
    return pending;
  }
  const because = (finding: Finding, kind: TransitionKind): string | undefined => {
    const [cause] = explaining(reaches, finding, kind === 'resolved' ? 'regained' : 'lost');
    return cause && causeSays(cause);
  };
  const report = await audit(deps, { region: target.region, clusters, rules: PATH_RULES, because });
  refuseUnrecorded(report);
  const notices = noticesOf({
    region: target.region,
    at: clock().toISOString(),
    reaches,
    before: findingsOf(records),
    after: findingsOf(await store.load(target)),
    rules: PATH_RULES,
    earlier: changesOf(records).map(({ change }) => change),
  });
  const { findings, unknown, stats } = report;
  const gaps = report.coverage.filter(({ ok }) => !ok);
  const left = pending.filter((each) => isWorthAnotherLook(each, notices, gaps.length > 0, clock()));
  log.info('changes judged', {
    clusters,
    isEverywhere,
    notices: notices.length,
    findings: findings.length,
    unknown: unknown.length,
    left: left.length,
    gaps,
    ...stats,
  });
  const settled = pending.filter((each) => !left.includes(each));
  await settle(deps, target, settled, notices, saysOf(notices));
  return pending;
}

/**
 * What could not be read, or does not show yet, may hide what a change did: the next sweeps look again for a while, or its own message does.
 * One that explains something is settled.
 */
function isWorthAnotherLook({ body }: Pending, notices: readonly UntoldNotice[], hasGaps: boolean, now: Date): boolean {
  const { change, receivedAt } = body.state;
  const isTold = notices.some(({ changes }) => changes.some((told) => told.change.id === change.id));
  const [age, waited] = [now.getTime() - Date.parse(change.at), now.getTime() - Date.parse(receivedAt)];
  const isEarly = age < CONVERGES_MS && waited < DEBOUNCE_SECONDS * 1_000;
  return !isTold && (isEarly || (hasGaps && waited < LOOKS_MS));
}

/** Neither a run that nobody can look up nor one that does not know whose account it is may settle a change. */
function refuseUnrecorded({ coverage }: AuditReport): void {
  const gap = coverage.find(({ slice, ok }) => !ok && ['ledger', 'callerIdentity'].includes(slice));
  if (gap) throw new Error(`the changes stay pending: ${gap.reason}`);
}

const saysOf = (notices: readonly UntoldNotice[]): string =>
  notices.length === 0
    ? 'no pods lost or regained a path'
    : notices.map(({ cluster, lost, regained }) => `${cluster}: ${lost.length} lost, ${regained.length} regained`).join('; ');

/**
 * Writes the notices, and then that the changes are judged. Killed in between, the changes are judged again: a notice that is the same has the
 * same id, and is not written a second time.
 */
async function settle(
  { store, clock, publishers }: ChangeDeps,
  target: Target,
  pending: readonly Pending[],
  notices: readonly UntoldNotice[],
  says: string,
): Promise<void> {
  const owedTo = publishers.map(({ name }) => name);
  const told = notices.map((notice): LedgerChange => {
    const id = noticeId(notice);
    const state = { notice: { id, ...notice }, pending: owedTo.length > 0 ? [{ owedTo }] : [] };
    return { key: changeNoticeKey(id), ifVersion: 0, body: { kind: 'change-notice', state } };
  });
  await store.write(target, told);
  const judgedAt = clock().toISOString();
  await store.write(
    target,
    pending.map(({ key, version, body }) => {
      const state = { ...body.state, status: 'judged', judgedAt, says } as const;
      return { key, ifVersion: version, body: { ...body, state } };
    }),
  );
}

/** The same changes with the same effect are the same notice. */
function noticeId({ cluster, changes, lost, regained }: UntoldNotice): string {
  const ids = [changes.map(({ change }) => change.id), lost.map(({ findingId }) => findingId), regained.map(({ findingId }) => findingId)];
  return `${cluster}/${createHash('sha256')
    .update(JSON.stringify(ids.map((each) => each.toSorted())))
    .digest('hex')
    .slice(0, 16)}`;
}
