// plan → guards → execute → ledger
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { collectCaller } from '../../aws/caller.ts';
import { type AwsClients, deletingClient } from '../../aws/clients.ts';
import { createPace } from '../../aws/pacing.ts';
import { describeFailure } from '../../domain/read.ts';
import { newestFirst } from '../../ledger/kind.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import type { Settings } from '../../settings/config.ts';
import type { DeletionOutcome, Execution, Plan } from '../deletion.ts';
import { DELETION } from '../record.ts';
import { recordAbandoned } from './abandoned.ts';
import { closeFindings } from './close-findings.ts';
import { deleteInterface } from './delete-interface.ts';
import { execute } from './execute.ts';
import { freshReads } from './fresh-reads.ts';
import { createJournal } from './journal.ts';

export interface CleanupControl {
  /** Asked before each interface: why to stop, if so. */
  halt: () => 'time' | 'interrupted' | undefined;
  onProgress?: ((done: number, total: number, says: string) => void) | undefined;
  sleep?: (ms: number) => Promise<void>;
}

export interface ExecutePlanDeps {
  settings: Settings;
  clients: AwsClients;
  store: LedgerStore;
  /** The names of those who are to send what becomes of the findings. */
  publishers: readonly string[];
  clock: () => Date;
}

/** Carries a plan out under every guard again, and records in the ledger what became of each interface. At most `max` are deleted. */
export async function executePlan(deps: ExecutePlanDeps, plan: Plan, max: number, control: CleanupControl): Promise<Execution> {
  const { settings, clients, store, publishers, clock } = deps;
  const { sleep = (ms: number) => wait(ms).then(() => undefined), halt, onProgress } = control;
  const by = await callerFor(deps, plan);
  const deleting = deletingClient(clients);
  const journal = createJournal({ store, target: plan.target, digest: plan.digest, worker: randomUUID(), by, clock });
  const reads = freshReads(clients, clock);
  const abandoned = await recordAbandoned({ reads, journal, clock }, newestFirst(await store.load(plan.target), DELETION));
  const isAbandoned = new Set(abandoned.map(({ interfaceId }) => interfaceId));
  const left = { ...plan, deletions: plan.deletions.filter(({ interfaceId }) => !isAbandoned.has(interfaceId)) };
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
    left,
    { target: plan.target, minOrphanAgeMinutes: settings.minOrphanAgeMinutes, exclusions: settings.exclusions, max },
  );
  const ended = execution.outcomes.filter((outcome) => !isThrottled(outcome, execution));
  await closeFindings({ store, target: plan.target }, [...abandoned, ...ended], publishers, clock());
  const planned = new Set(plan.deletions.map(({ interfaceId }) => interfaceId));
  // What became of an interface of this plan whose worker had ended is an outcome of this plan.
  return { ...execution, outcomes: [...abandoned.filter(({ interfaceId }) => planned.has(interfaceId)), ...execution.outcomes] };
}

/** Nothing happened, and it is tried again: no failure to alert anybody of. */
const isThrottled = ({ status, says }: DeletionOutcome, { stop }: Execution): boolean =>
  status === 'failed' && stop?.why === 'throttled' && says === stop.says;

/** The ARN of who deletes. Throws when it cannot be read, or is of another account than the plan. */
async function callerFor({ clients, clock }: ExecutePlanDeps, { target }: Plan): Promise<string> {
  const caller = await collectCaller(clients.sts, clock);
  if (!caller.ok) throw new Error(`who is asking could not be read, so nothing is deleted: ${describeFailure(caller.reason)}`);
  if (caller.value.accountId === target.accountId) return caller.value.arn;
  throw new Error(`the plan is for account ${target.accountId}, these credentials are of ${caller.value.accountId}: nothing is deleted`);
}
