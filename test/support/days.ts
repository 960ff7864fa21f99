// A stack's worker in this process, swept through days of simulated time: what people get of it, message by message.
import type { Sandbox } from '../../sandbox/index.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { Measurement } from '../../shared/digests/measurement.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { applyCleanup, planCleanup } from '../../shared/plans/cleanup.ts';
import { messageOf } from '../../shared/render/batch-content.ts';
import { emailOf } from '../../shared/render/email.ts';
import { work } from '../../shared/run/worker.ts';
import type { WorkerDeps } from '../../shared/run/worker-ports.ts';
import { memoryPublisher } from './memory-publisher.ts';
import { depsOf } from './sandbox.ts';

const emails = (batch: readonly Announcement[]) => emailOf(messageOf(batch));

export interface Days {
  store: LedgerStore;
  told: readonly Announcement[];
  measured: Measurement[][];
  log: string[];
  deps: WorkerDeps;
  /** Audits every region, and again every hour, until that time. */
  sweepUntil(time: string): Promise<void>;
  /** A person's `cleanup --apply` with the stack's ledger. */
  cleanUp(region: string): Promise<void>;
}

const HOUR_MINUTES = 60;

/** The deployed worker over a sandbox, auditing some regions. */
export function daysOf(sandbox: Sandbox, regions: readonly string[], settings: Partial<WorkerDeps['settings']> = {}): Days {
  const store = memoryStore();
  const publisher = memoryPublisher('sns');
  const log: string[] = [];
  const measured: Measurement[][] = [];
  const base = depsOf(sandbox);
  const deps: WorkerDeps = {
    ...base,
    settings: { ...base.settings, ...settings },
    store,
    publishers: [publisher],
    regions,
    ledgerName: (region) => (region === regions[0] ? 'dynamodb:warden' : `dynamodb:warden@${regions[0]}`),
    askForCleanup: undefined,
    sendMeasurements: async (measurements) => {
      measured.push([...measurements]);
      return undefined;
    },
  };
  const logger = jsonLogger((line) => log.push(line), deps.clock);
  const { accountId } = sandbox;
  const sweep = async () => {
    for (const region of regions) await work(deps, { kind: 'sweep', trigger: 'schedule', accountId, region }, logger);
  };
  return {
    ...{ store, told: publisher.delivered, measured, log, deps },
    sweepUntil: async (time) => {
      while (sandbox.clock.now().getTime() < Date.parse(time)) {
        await sweep();
        sandbox.clock.advance(HOUR_MINUTES);
      }
    },
    cleanUp: async (region) => {
      const request = { region, clusters: [], max: 100 };
      const planned = await planCleanup(deps, request);
      await applyCleanup(deps, request, planned, { halt: () => undefined, sleep: async () => undefined });
    },
  };
}

/** The daily messages as a mailbox shows them, one after the other. */
export const mailbox = (told: readonly Announcement[]): string =>
  told
    .flatMap((announcement) => {
      if (announcement.kind !== 'daily') return [];
      const { subject, text } = emails([announcement]);
      return [`===== ${announcement.digest.at.slice(0, 16).replace('T', ' ')}\nSubject: ${subject}\n\n${text}`];
    })
    .join('\n');
