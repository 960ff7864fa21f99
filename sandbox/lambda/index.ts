// Lambda on this machine: packaged bundles, each in processes of its own that live at the sandbox's time.
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox, SandboxCall } from '../index.ts';
import { deliverEvent, type EventDelivery } from './asynchronous.ts';
import type { Crash } from './crash.ts';
import { type DeployedFunction, deployFunction, type FunctionSettings, type Invocation } from './deployed-function.ts';
import { type Mapping, type MappingSettings, mapQueue } from './event-source-mapping.ts';
import { permissionsOf } from './permissions.ts';

export type { EventDelivery } from './asynchronous.ts';
export type { Crash } from './crash.ts';
export type { FunctionSettings, Invocation } from './deployed-function.ts';
export type { EmbeddedMetric } from './emf.ts';
export type { LogLine } from './log.ts';
export type { FunctionError } from './messages.ts';

export interface Lambda {
  /** Invokes and waits, as the console does. What the function throws is in the answer. */
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /** Invokes as EventBridge does: two retries, one and two minutes later (it moves the clock), then the on-failure destination. */
  deliverEvent(functionName: string, event: unknown): Promise<EventDelivery>;
  /** From now on `runUntilIdle` and `advance` hand the queue's messages to the function. The answer ends that. */
  pollQueue(queueName: string, functionName: string, settings?: MappingSettings): () => void;
  /** Hands over all messages that can be received now. Delayed and hidden ones wait for the clock. */
  runUntilIdle(): Promise<readonly Invocation[]>;
  /** Moves the clock; messages that fall due on the way are handed over, each at its own time. */
  advance(minutes: number): Promise<readonly Invocation[]>;
  /** Has the function's next invocation killed around one of its calls. */
  crash(functionName: string, crash: Crash): void;
  /** Ends the warm processes of a function, or of all: the next invocation is a cold start. */
  recycle(functionName?: string): Promise<void>;
  /** Calls with the function's credentials: its own, and Lambda's when it polls and reports for it. */
  callsBy(functionName: string): readonly SandboxCall[];
  /** The IAM actions that those calls needed, sorted. */
  actionsBy(functionName: string): readonly string[];
  /** Every invocation, in the order in which they ended. */
  readonly invocations: readonly Invocation[];
  stop(): Promise<void>;
}

// A function that feeds its own queue would never let it be idle.
const MAX_BATCHES = 1000;

/** Installs functions; their processes start with their first invocations. */
export function startLambda(given: { sandbox: Sandbox; functions: Readonly<Record<string, FunctionSettings>> }): Lambda {
  const { sandbox } = given;
  const root = mkdtempSync(join(tmpdir(), 'sandbox-lambda-'));
  const functions = deployAll(given, root);
  const mappings = new Set<Mapping>();
  const invocations: Invocation[] = [];
  const named = (name: string) => {
    const found = functions.get(name);
    if (!found) throw new Error(`There is no function ${name}. There are: ${[...functions.keys()].join(', ')}.`);
    return found;
  };
  const callsBy = (name: string) => sandbox.calls.filter(({ accessKeyId }) => accessKeyId === named(name).accessKeyId);
  const runUntilIdle = async (): Promise<readonly Invocation[]> => {
    const ran: Invocation[] = [];
    for (let busy = true; busy; ) {
      busy = false;
      for (const mapping of mappings) {
        const invocation = await mapping.poll();
        if (!invocation) continue;
        busy = true;
        ran.push(invocation);
        invocations.push(invocation);
        if (ran.length > MAX_BATCHES) throw new Error(`The queue ${mapping.queue.name} was not empty after ${MAX_BATCHES} batches.`);
      }
    }
    return ran;
  };
  return {
    invocations,
    invoke: async (name, event) => {
      const invocation = await named(name).invoke(event);
      invocations.push(invocation);
      return invocation;
    },
    deliverEvent: async (name, event) => {
      const delivery = await deliverEvent(sandbox, named(name), event);
      invocations.push(...delivery.attempts);
      return delivery;
    },
    pollQueue: (queueName, functionName, settings) => {
      const mapping = mapQueue(sandbox, queueName, named(functionName), settings);
      mappings.add(mapping);
      return () => mappings.delete(mapping);
    },
    runUntilIdle,
    advance: async (minutes) => {
      const target = sandbox.clock.now().getTime() + minutes * 60_000;
      const ran = [...(await runUntilIdle())];
      for (let due = nextDue(mappings, sandbox); due !== undefined && due <= target; due = nextDue(mappings, sandbox)) {
        sandbox.clock.set(new Date(due));
        ran.push(...(await runUntilIdle()));
      }
      sandbox.clock.set(new Date(target));
      return [...ran, ...(await runUntilIdle())];
    },
    crash: (name, crash) => named(name).crash(crash),
    recycle: async (name) => {
      for (const each of name === undefined ? functions.values() : [named(name)]) await each.recycle();
    },
    callsBy,
    actionsBy: (name) => [...new Set(callsBy(name).flatMap(permissionsOf))].sort(),
    stop: async () => {
      for (const each of functions.values()) await each.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function deployAll({ sandbox, functions }: Parameters<typeof startLambda>[0], root: string): ReadonlyMap<string, DeployedFunction> {
  try {
    return new Map(Object.entries(functions).map(([name, settings]) => [name, deployFunction(sandbox, name, settings, root)]));
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

/** When the next message that waits can be received. */
function nextDue(mappings: ReadonlySet<Mapping>, { clock }: Sandbox): number | undefined {
  const now = clock.now().getTime();
  const times = [...mappings].flatMap(({ queue }) => queue.messages.map(({ visibleAt }) => visibleAt)).filter((at) => at > now);
  return times.length > 0 ? Math.min(...times) : undefined;
}
