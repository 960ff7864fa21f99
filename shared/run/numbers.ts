// After a sweep: what it counts for. A note of it in the ledger, the digest of the day when it is due, and numbers for CloudWatch.

import { messageOf } from '../aws/errors.ts';
import type { RegionLedger } from '../digests/daily.ts';
import type { DailyState, Watch } from '../digests/digest.ts';
import { lastDue, nextDaily } from '../digests/due.ts';
import { type Measured, measure } from '../digests/measure.ts';
import type { Measurement } from '../digests/measurement.ts';
import { DAILY, WATCH } from '../digests/record.ts';
import { openFindings } from '../digests/tally.ts';
import { watched } from '../digests/watch.ts';
import type { Target } from '../domain/finding.ts';
import type { Logger } from '../domain/log.ts';
import type { AuditReport } from '../findings/audit-report.ts';
import { ACCEPTANCE, FINDING } from '../findings/record.ts';
import { newestFirst, stateOf, statesById, statesOf } from '../ledger/kind.ts';
import { knownRecord } from '../ledger/session.ts';
import type { LedgerRecord, LedgerStore } from '../ledger/store.ts';
import { update } from '../ledger/update.ts';
import { DELETION, PLAN } from '../plans/record.ts';
import { RULES } from '../rules/index.ts';
import type { Settings } from '../settings/config.ts';

export interface NumbersDeps {
  store: LedgerStore;
  settings: Settings;
  publishers: readonly { name: string }[];
  /** Every region that the stack audits; the first one's ledger keeps the digest. */
  regions: readonly string[];
  /** Where a region's ledger is, as `--ledger` takes it. */
  ledgerName: (region: string) => string;
  /** Gives the reason when it could not; never throws. */
  sendMeasurements: (measurements: readonly Measurement[], at: Date) => Promise<string | undefined>;
  clock: () => Date;
}

/** Notes that a region was audited. A count that others contest is not worth a retry of the sweep. */
export async function noteAudit({ store, publishers, clock }: NumbersDeps, { target, coverage }: AuditReport): Promise<void> {
  const names = publishers.map(({ name }) => name);
  const next = (now: Watch | undefined) => ({ state: { ...watched(now, coverage, clock()), publishers: names } });
  await update({ store, target }, WATCH, WATCH.key(), next, { from: await knownRecord(store, target, WATCH.key()) });
}

/** Writes the digest of the day, if this is the first run after its hour: of two, one conditional write is the one. */
export async function writeDaily(deps: NumbersDeps, target: Target, log: Logger): Promise<void> {
  const { store, settings, publishers, regions, clock } = deps;
  if (settings.digestHourUtc === undefined || target.region !== regions[0]) return;
  const at = clock();
  const due = lastDue(at, settings.digestHourUtc);
  const isOver = (state: DailyState | undefined) => state !== undefined && Date.parse(state.due) >= due.getTime();
  const from = await knownRecord(store, target, DAILY.key());
  if (isOver(stateOf(from, DAILY))) return;
  const ledgers = await Promise.all(regions.map((region) => regionLedger(deps, { ...target, region })));
  const names = publishers.map((publisher) => publisher.name);
  const next = (now: DailyState | undefined) => (isOver(now) ? {} : { state: nextDaily(now, ledgers, due, at, names) });
  const { outcome, state } = await update({ store, target }, DAILY, DAILY.key(), next, { from });
  log.info('daily digest was due', { due: due.toISOString(), written: outcome === 'written', pending: state?.pending.length });
}

async function regionLedger({ store, ledgerName }: NumbersDeps, target: Target): Promise<RegionLedger> {
  const records = await store.load(target);
  return {
    region: target.region,
    ledger: ledgerName(target.region),
    states: statesOf(records, FINDING),
    deletions: newestFirst(records, DELETION),
    plans: plansIn(records),
    acceptances: statesOf(records, ACCEPTANCE),
    watch: statesOf(records, WATCH)[0],
  };
}

const plansIn = (records: readonly LedgerRecord[]) => statesOf(records, PLAN).map((state) => state.plan);

/** Measures a run and sends it. What CloudWatch does not take is counted, and holds up nothing. */
export async function sendNumbers(deps: NumbersDeps, report: AuditReport, log: Logger): Promise<void> {
  const reason = await measureAndSend(deps, report).catch(messageOf);
  if (reason === undefined) return;
  log.error('the numbers of this run are lost; the next run sends its own', { publisher: 'cloudwatch', reason });
  log.count('PublisherFailures', { publisher: 'cloudwatch' });
}

async function measureAndSend({ store, settings, sendMeasurements, clock }: NumbersDeps, report: AuditReport): Promise<string | undefined> {
  const records = await store.load(report.target);
  const at = clock();
  const measurements = measure(
    {
      report,
      findings: openFindings(statesById(records, FINDING).values()),
      plansWaiting: plansIn(records).filter(({ status }) => status === 'waiting').length,
      isRead: readBy(report),
      byCluster: settings.metrics === 'clusters',
    },
    at,
  );
  return sendMeasurements(measurements, at);
}

/** Whether a run read all that the rule about a leftover or a path needs, and the rule gave an answer. */
function readBy({ coverage }: AuditReport): Measured['isRead'] {
  const unread = new Set(coverage.filter(({ ok }) => !ok).map(({ slice }) => slice));
  return ({ path, leftover }) => {
    const rule = RULES.find((each) => each.path === path && each.leftover === leftover);
    return rule !== undefined && !unread.has(`rule ${rule.meta.id}`) && !rule.needs.some((slice) => unread.has(slice));
  };
}
