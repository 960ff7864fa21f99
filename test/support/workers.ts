// The two workers of a stack that may delete, in this process over the sandbox: quick enough to be killed at each of their steps in turn.
// What is packaged, and whether it is wired like this, test/scenarios/modes-*.test.ts ask.
import type { Sandbox } from '../../sandbox/index.ts';
import { messageOf } from '../../shared/aws/errors.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { TransitionKind } from '../../shared/domain/finding.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { newestFirst, statesOf } from '../../shared/ledger/kind.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { decidePlan } from '../../shared/plans/decide-plan.ts';
import type { ProposedPlan } from '../../shared/plans/plan.ts';
import { DELETION, PLAN } from '../../shared/plans/record.ts';
import { type CleanupWorkerDeps, clean } from '../../shared/run/cleanup-worker.ts';
import type { AuditMessage } from '../../shared/run/messages/audit-message.ts';
import type { CleanupMessage } from '../../shared/run/messages/cleanup-message.ts';
import { work } from '../../shared/run/worker.ts';
import type { WorkerDeps } from '../../shared/run/worker-ports.ts';
import { loadStackConfig } from '../../shared/settings/config.ts';
import { ANNA } from './modes.ts';
import { depsOf } from './sandbox.ts';

const REDELIVERED_AFTER_MINUTES = 60;
// A loop that never ends must fail a test, not hold it.
const MOST_MESSAGES = 200;

/** Around which step of the next cleanup worker its process ends: a call to AWS, a use of the ledger, or a message. */
export interface Death {
  step: number;
  when: 'before' | 'after';
}

type Step = <T>(does: () => Promise<T>) => Promise<T>;

interface Waiting<M> {
  message: M;
  at: number;
}

export type Workers = ReturnType<typeof startWorkers>;

export function startWorkers(
  sandbox: Sandbox,
  mode: 'approve' | 'auto',
  settings: Readonly<Record<string, string>> = {},
  store = memoryStore('dynamodb:ledger'),
) {
  const world = sandbox.world();
  const target = { accountId: sandbox.accountId, region: world.region };
  const told: Announcement[] = [];
  const log: Record<string, unknown>[] = [];
  const clock = () => sandbox.clock.now();
  const now = () => clock().getTime();
  const logger = jsonLogger((line) => log.push(JSON.parse(line) as Record<string, unknown>), clock);
  const config = loadStackConfig({ CLEANUP_MODE: mode, CLEANUP_RATE_PER_SECOND: '100', ...settings });
  const audits: Waiting<AuditMessage>[] = [];
  const cleanups: Waiting<CleanupMessage>[] = [];
  const counted = { audits: 0, cleanups: 0, steps: 0 };
  let death: Death | undefined;
  let isCleaning = false;
  let isQueueDown = false;
  let remaining: () => number = () => 600_000;

  /** Runs `what` as a process that may die: from then on nothing of it happens any more. */
  async function inProcess(what: (step: Step) => Promise<void>): Promise<'ended' | 'died'> {
    const { promise: died, resolve: die } = Promise.withResolvers<'died'>();
    const planned = death;
    death = undefined;
    const never = new Promise<never>(() => {});
    let isDead = false;
    counted.steps = 0;
    const kill = () => {
      isDead = true;
      die('died');
    };
    const isNext = (when: Death['when']) => planned?.when === when && planned.step === counted.steps;
    const step: Step = async (does) => {
      if (isDead) return never;
      counted.steps += 1;
      if (isNext('before')) kill();
      if (isDead) return never;
      const isLast = isNext('after');
      const answer = await does();
      if (isLast) kill();
      return isDead ? never : answer;
    };
    // Nobody else calls AWS while it runs. A dead process's call, and the one at which it dies before it is made, has no effect.
    const isLost = () => {
      if (isDead) return true;
      counted.steps += 1;
      const isBefore = isNext('before');
      if (isBefore || isNext('after')) kill();
      return isBefore;
    };
    const remove = sandbox.faults.add({ when: isLost, effect: { kind: 'error', code: 'Dead', status: 400 } });
    const ended = await Promise.race([what(step).then(() => 'ended' as const), died]);
    remove();
    return ended;
  }

  const stepwise = (step: Step): LedgerStore => ({
    name: store.name,
    load: (of) => step(() => store.load(of)),
    get: (of, key) => step(() => store.get(of, key)),
    write: (of, changes) => step(() => store.write(of, changes)),
  });

  const auditDeps: WorkerDeps = {
    ...depsOf(sandbox),
    settings: config,
    store,
    publishers: [
      {
        name: 'sns',
        publish: async (announcements) => {
          told.push(...announcements);
          return announcements.map(({ id }) => ({ id, delivered: true }));
        },
      },
    ],
    ledgerName: () => store.name,
    regions: [],
    sendMeasurements: async () => undefined,
    askForCleanup: async (messages) => {
      if (isQueueDown) throw new Error('SQS took 0 of 1 messages (AccessDenied)');
      cleanups.push(...messages.map((message) => ({ message, at: now() })));
    },
  };
  const cleanDeps = (step: Step): CleanupWorkerDeps => ({
    ...depsOf(sandbox),
    settings: config,
    store: stepwise(step),
    sleep: (ms) => step(async () => sandbox.clock.advance(ms / 60_000)),
    askForAudit: (message) => step(async () => void audits.push({ message, at: now() })),
    goOn: ({ message, delaySeconds = 0 }) => step(async () => void cleanups.push({ message, at: now() + delaySeconds * 1_000 })),
  });

  const take = <M>(queue: Waiting<M>[]): M | undefined => {
    const index = queue.findIndex(({ at }) => at <= now());
    return index < 0 ? undefined : queue.splice(index, 1)[0]?.message;
  };
  const comesAgain = <M>(queue: Waiting<M>[], message: M) => void queue.push({ message, at: now() + REDELIVERED_AFTER_MINUTES * 60_000 });

  const failed = (error: unknown) => void log.push({ level: 'error', message: messageOf(error) });

  async function cleanOnce(message: CleanupMessage): Promise<void> {
    counted.cleanups += 1;
    isCleaning = true;
    const left = remaining;
    const ended = await inProcess((step) => clean(cleanDeps(step), message, left, logger)).catch((error: unknown) => {
      failed(error);
      return 'failed' as const;
    });
    isCleaning = false;
    if (ended !== 'ended') comesAgain(cleanups, message);
  }

  /** Works off every message that can be received now. */
  async function idle(): Promise<void> {
    for (let worked = 0; ; worked += 1) {
      if (worked > MOST_MESSAGES) throw new Error(`${MOST_MESSAGES} messages and no end: the workers keep each other busy`);
      // In turn, as two functions that run side by side: what one asks of the other is there before its own next message is.
      const audit = take(audits);
      if (audit) {
        counted.audits += 1;
        await work(auditDeps, audit, logger).catch((error: unknown) => {
          failed(error);
          comesAgain(audits, audit);
        });
      }
      const cleanup = take(cleanups);
      if (cleanup) await cleanOnce(cleanup);
      if (!audit && !cleanup) return;
    }
  }

  const sweep = (): void => void audits.push({ message: { kind: 'sweep', trigger: 'schedule', ...target }, at: now() });
  const plans = async (): Promise<ProposedPlan[]> => statesOf(await store.load(target), PLAN).map(({ plan }) => plan);
  return {
    store,
    target,
    told,
    log,
    counted,
    idle,
    /** Whether it is the cleanup worker that calls AWS now. */
    isCleaning: () => isCleaning,
    /** Whether the cleanup queue takes nothing. */
    queueIsDown: (is: boolean) => {
      isQueueDown = is;
    },
    errors: () => log.filter(({ level }) => level === 'error').map(({ message }) => String(message)),
    plans,
    /** What is on the way to the cleanup worker. */
    cleanups,
    /** A sweep every half hour, and whatever falls due, for so many minutes. */
    live: async (minutes: number) => {
      for (let passed = 0; passed < minutes; passed += 30) {
        sandbox.clock.advance(30);
        sweep();
        await idle();
      }
    },
    /** A cluster with so many pods, gone for half an hour, its nodes with it. */
    orphan: (cluster: string, pods: number): string[] => {
      world.createCluster(cluster);
      const node = world.addNode(cluster);
      const ids = Array.from({ length: pods }, () => world.addPod(node.instanceId).interfaceId ?? '');
      world.deleteCluster(cluster);
      sandbox.clock.advance(10);
      world.terminateNode(node.instanceId);
      sandbox.clock.advance(10);
      return ids.sort();
    },
    isThere: (id: string) => world.state.interfaces.has(id),
    decide: (plan: string, verdict: 'approve' | 'reject' = 'approve') =>
      decidePlan({ store, clock }, { target, plan, verdict, by: ANNA, via: 'cli' }),
    deliver: async (plan: string) => {
      cleanups.push({ message: { kind: 'cleanup', ...target, plan }, at: now() });
      await idle();
    },
    deletions: async () => newestFirst(await store.load(target), DELETION),
    /** The next cleanup worker dies there. */
    dieAt: (at: Death) => {
      death = at;
    },
    /** How much time an invocation of the cleanup worker has left, each time that it asks. */
    remainingMs: (is: () => number) => {
      remaining = is;
    },
    planEvents: () => told.flatMap((each) => (each.kind === 'plan' ? [each.notice.event] : [])),
    /** The interfaces of which people were told so. */
    transitions: (kind: TransitionKind): string[] =>
      told.flatMap((each) => (each.kind === 'transition' && each.transition.kind === kind ? [each.finding.subject.id] : [])),
    outcomeOfCertificate: () => told.flatMap((each) => (each.kind === 'certificate' ? [each.certificate.outcome] : [])).at(-1),
    counts: (metric: string) => log.flatMap((line) => (typeof line[metric] === 'number' && line._aws ? [line[metric]] : [])),
  };
}
