import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox, SandboxCall } from '../index.ts';
import { armCrash, type Crash } from './crash.ts';
import { type EmbeddedMetric, embeddedMetrics } from './emf.ts';
import { type Environment, startEnvironment } from './environment.ts';
import type { LogLine } from './log.ts';
import type { FunctionError } from './messages.ts';
import { accessKeyIdOf, checkVariables, variables } from './variables.ts';

export interface FunctionSettings {
  /** The path of one file, an ES module that needs no other. */
  bundle: string;
  /** What it exports: `handler` unless said otherwise. */
  handler?: string;
  env?: Readonly<Record<string, string>>;
  /** 3 unless said otherwise. */
  timeoutSeconds?: number;
  /** In MB: 128 unless said otherwise. Nothing is limited by it. */
  memorySize?: number;
  /** The name of a queue: where events go that an asynchronous invocation gave up on. */
  onFailure?: string;
}

/** One run of a function. */
export interface Invocation {
  functionName: string;
  requestId: string;
  /** By the sandbox's clock. */
  at: Date;
  coldStart: boolean;
  /** What the handler returned, as JSON carries it; undefined when it failed. */
  result: unknown;
  /** Undefined when it succeeded. */
  error: FunctionError | undefined;
  /** Whether it was killed as `crash` asked. */
  crashed: boolean;
  log: readonly LogLine[];
  metrics: readonly EmbeddedMetric[];
  /** Lines that look like embedded metrics and are none. */
  metricProblems: readonly string[];
  /** What it called. */
  calls: readonly SandboxCall[];
}

/** A function and its warm processes. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly timeoutSeconds: number;
  readonly onFailure: string | undefined;
  invoke(event: unknown, requestId?: string): Promise<Invocation>;
  crash(crash: Crash): void;
  /** Ends its processes: the next invocation is a cold start. */
  recycle(): Promise<void>;
  /** Ends its processes for good. */
  stop(): Promise<void>;
}

/** Installs a bundle the way Lambda unpacks one: alone, in a folder of its own, so that it finds no other modules. */
export function deployFunction(sandbox: Sandbox, functionName: string, settings: FunctionSettings, root: string): DeployedFunction {
  const { bundle, handler = 'handler', env = {}, timeoutSeconds = 3, memorySize = 128 } = settings;
  checkVariables(functionName, env);
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 900) {
    throw new Error(`The time limit of the function ${functionName} must be from 1 to 900 whole seconds; it is ${timeoutSeconds}.`);
  }
  if (!existsSync(bundle)) throw new Error(`The function ${functionName} has no bundle at ${bundle}. Build it first: npm run build.`);
  const taskRoot = join(root, functionName);
  mkdirSync(taskRoot, { recursive: true });
  const installed = join(taskRoot, 'index.mjs');
  copyFileSync(bundle, installed);
  const accountId = sandbox.accountId;
  const arn = `arn:aws:lambda:${sandbox.env.AWS_REGION}:${accountId}:function:${functionName}`;
  const now = () => sandbox.clock.now().getTime();
  const idle: Environment[] = [];
  const running = new Set<Environment>();
  const crashes: Crash[] = [];
  let started = 0;
  let stopped = false;

  const start = (): Environment => {
    started += 1;
    const session = `${functionName}-${started}`;
    const environment = startEnvironment({
      variables: variables({ sandbox, functionName, handler, memorySize, taskRoot, session, given: env }),
      ...{ taskRoot, bundle: installed, handler, now },
    });
    running.add(environment);
    return environment;
  };
  const warm = (): Environment | undefined => {
    for (let environment = idle.pop(); environment; environment = idle.pop()) {
      if (environment.isUsable()) return environment;
      running.delete(environment);
    }
    return undefined;
  };

  const recycle = async (): Promise<void> => {
    idle.length = 0;
    await Promise.all([...running].map((environment) => environment.kill()));
    running.clear();
  };

  return {
    name: functionName,
    arn,
    accessKeyId: accessKeyIdOf(functionName),
    timeoutSeconds,
    onFailure: settings.onFailure,
    crash: (crash) => {
      crashes.push(crash);
    },
    invoke: async (event, requestId = randomUUID()) => {
      if (stopped) throw new Error(`The function ${functionName} was stopped.`);
      const known = warm();
      const environment = known ?? start();
      const at = sandbox.clock.now();
      const callsBefore = sandbox.calls.length;
      const crash = crashes.shift();
      const armed = crash && armCrash(sandbox.faults, environment, crash);
      const { ending, log } = await environment.invoke({ requestId, event, timeoutSeconds, functionArn: arn });
      armed?.disarm();
      if (environment.isUsable()) idle.push(environment);
      else running.delete(environment);
      const { metrics, problems } = embeddedMetrics(log);
      return {
        functionName,
        requestId,
        at,
        coldStart: !known,
        result: 'result' in ending ? ending.result : undefined,
        error: 'error' in ending ? ending.error : undefined,
        crashed: armed?.happened() ?? false,
        log,
        metrics,
        metricProblems: problems,
        calls: sandbox.calls.slice(callsBefore).filter(({ session }) => session === environment.session),
      };
    },
    recycle,
    stop: () => {
      stopped = true;
      return recycle();
    },
  };
}
