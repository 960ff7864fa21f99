// open findings → plan → guards → execute → ledger → publish
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { deleteInterface } from '../cleanup/delete-interface.ts';
import { execute } from '../cleanup/execute.ts';
import { createJournal } from '../cleanup/journal.ts';
import { isUnlockedBy, makePlan } from '../cleanup/plan.ts';
import { settleOpen } from '../cleanup/settle-open.ts';
import { collectCaller } from '../inventory/caller.ts';
import { deletingClient } from '../inventory/clients.ts';
import { memoryStore } from '../ledger/memory.ts';
import { deletionsOf } from '../ledger/records.ts';
import type { Candidate, CleanupReport } from '../model/cleanup.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import { describeFailure, type Read, readFailed, readOk } from '../model/read.ts';
import { createPace } from '../runtime/pacing.ts';
import { auditWithReads } from './audit.ts';
import type { Deps } from './deps.ts';
import { freshReads } from './fresh-reads.ts';
import { LEFTOVER_RULES } from './leftover-rules.ts';
import type { CleanupRequest } from './request.ts';
import { settleDeletions } from './settle-deletions.ts';

export interface CleanupControl {
  /** Asked before each interface: why to stop, if so. */
  halt: () => 'time' | 'interrupted' | undefined;
  onProgress?: ((done: number, total: number, says: string) => void) | undefined;
  sleep?: (ms: number) => Promise<void>;
}

/** Audits, and says what would be deleted, what not, and why. Changes nothing in AWS. */
export async function planCleanup(deps: Deps, { region, clusters, max }: CleanupRequest): Promise<CleanupReport> {
  const { report, inventory, sightings } = await auditWithReads(deps, { region, clusters, rules: LEFTOVER_RULES });
  const { minOrphanAgeMinutes, exclusions } = deps.settings;
  const orphans = report.findings.filter((finding) => finding.ruleId === 'orphaned-branch-eni');
  const plan = makePlan({
    context: { target: report.target, minOrphanAgeMinutes, exclusions, max },
    orphans: orphans.map((finding) => ({ finding, candidate: candidateOf(finding, inventory, sightings) })),
    pinned: report.findings.filter((finding) => finding.ruleId === 'pinned-by-orphans'),
    at: deps.clock(),
  });
  return { audit: report, plan, exclusions, execution: undefined, freed: [] };
}

/** Carries a plan out under every guard again, and audits once more to tell what became free. */
export async function applyCleanup(
  deps: Deps,
  request: CleanupRequest,
  planned: CleanupReport,
  control: CleanupControl,
): Promise<CleanupReport> {
  const { plan } = planned;
  if (request.region !== plan.target.region) {
    throw new Error(`the plan is for ${plan.target.region}, this run is for ${request.region}: nothing is deleted`);
  }
  const { clock, settings } = deps;
  const { sleep = (ms: number) => wait(ms).then(() => undefined), halt, onProgress } = control;
  // Sightings of a run without a ledger end with it; the claims need a place all the same.
  const store = deps.store ?? memoryStore();
  const clients = deps.clientsFor(request.region);
  const caller = await collectCaller(clients.sts, clock);
  if (!caller.ok) throw new Error(`who is asking could not be read, so nothing is deleted: ${describeFailure(caller.reason)}`);
  if (caller.value.accountId !== plan.target.accountId) {
    throw new Error(
      `the plan is for account ${plan.target.accountId}, these credentials are of ${caller.value.accountId}: nothing is deleted`,
    );
  }
  const deleting = deletingClient(clients);
  const journal = createJournal({ store, target: plan.target, digest: plan.digest, worker: randomUUID(), by: caller.value.arn, clock });
  const reads = freshReads(clients, clock);
  const settled = await settleOpen({ reads, journal, clock }, deletionsOf(await store.load(plan.target)));
  const execution = await execute(
    {
      reads,
      remove: (id) => deleteInterface(deleting, id),
      journal,
      pace: createPace(settings.cleanupRatePerSecond, clock, sleep),
      clock,
      sleep,
      halt,
      onProgress,
    },
    plan,
    { target: plan.target, minOrphanAgeMinutes: settings.minOrphanAgeMinutes, exclusions: settings.exclusions, max: request.max },
  );
  await settleDeletions(
    store,
    plan.target,
    [...settled, ...execution.outcomes],
    deps.publishers.map((publisher) => publisher.name),
    clock(),
  );
  const after = await auditWithReads({ ...deps, store }, { region: request.region, clusters: request.clusters, rules: LEFTOVER_RULES });
  const still = new Set(after.report.findings.map((finding) => finding.id));
  const pinned = planned.audit.findings.filter((finding) => finding.ruleId === 'pinned-by-orphans');
  const gone = new Set(
    execution.outcomes.flatMap(({ interfaceId, status }) => (status === 'deleted' || status === 'already-gone' ? [interfaceId] : [])),
  );
  // Free only by what was read now: a gap in the last audit claims nothing.
  const isKnown = after.report.coverage.every((each) => each.ok);
  const freed = isKnown ? pinned.filter((finding) => !still.has(finding.id) && isUnlockedBy(finding, gone)) : [];
  // A gap in the last look makes the whole run incomplete: what it says of the result may not be all.
  const audit = isKnown ? planned.audit : { ...planned.audit, coverage: after.report.coverage };
  return { ...planned, audit, execution, freed: freed.map(({ subject, summary }) => ({ subject, summary })) };
}

/** What the guards need of one finding, from the reads of the same audit. */
function candidateOf({ subject }: Finding, inventory: Inventory, sightings: ReadonlyMap<string, Candidate['sighting']>): Candidate {
  const { branchEnis, clusters, trunks, instances } = inventory;
  const eni = branchEnis?.ok ? branchEnis.value.find((each) => each.id === subject.id) : undefined;
  const unread: Candidate['eni'] = readFailed({
    cause: 'not-asked',
    action: 'ec2:DescribeNetworkInterfaces',
    item: subject.id,
    message: 'not listed',
  });
  return {
    interfaceId: subject.id,
    eni: eni && branchEnis?.ok ? { ...readOk({ found: true, interface: eni }, new Date(branchEnis.readAt)) } : unread,
    clusters: itemsOf(clusters),
    trunks: itemsOf(trunks),
    instances: itemsOf(instances),
    sighting: sightings.get(subject.id),
    planned: undefined,
  };
}

const itemsOf = <T extends object>(read: Read<T> | undefined): T | Record<string, never> => (read?.ok ? read.value : {});
