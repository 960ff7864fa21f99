import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type LogLine, readLog } from './log.ts';
import type { FromRuntime, FunctionError, ToRuntime } from './messages.ts';

// What Node has compiled once, the next process of the same function need not compile again; the function does not see it.
const CACHE = process.env.NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };
const RUNTIME = fileURLToPath(new URL('./runtime.ts', import.meta.url));

export interface EnvironmentOptions {
  variables: Record<string, string>;
  taskRoot: string;
  bundle: string;
  handler: string;
  now: () => number;
}

export interface Asked {
  requestId: string;
  event: unknown;
  timeoutSeconds: number;
  functionArn: string;
}

/** How an invocation ended. */
export type Ending = { result: unknown } | { error: FunctionError };

/** One execution environment: a process that serves one invocation at a time. */
export interface Environment {
  readonly session: string;
  /** False: the next invocation needs another one. */
  isUsable(): boolean;
  invoke(asked: Asked): Promise<{ ending: Ending; log: LogLine[] }>;
  /** Ends the process at once and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a process. Its first invocation loads the bundle. */
export function startEnvironment({ variables, taskRoot, bundle, handler, now }: EnvironmentOptions): Environment {
  const mark = `end ${randomUUID()}`;
  const child = spawn(process.execPath, [RUNTIME], {
    cwd: taskRoot,
    env: { ...CACHE, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('A function’s process has no pipes to log into.');
  const log = readLog({ stdout, stderr }, mark);
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    // A process that could not even start.
    child.once('error', () => resolve());
  });
  let usable = true;
  // Even between two invocations.
  child.on('message', (message: FromRuntime) => {
    if (message.kind === 'fatal') usable = false;
  });
  let loaded = false;

  /** What the process answers to a message, or the error that its end means. */
  const ask = async (message: ToRuntime): Promise<FromRuntime | undefined> => {
    const answer = nextMessage(child);
    const marked = log.marked();
    child.send(message, () => {});
    const first = await Promise.race([answer, closed.then(() => undefined)]);
    if (first) await Promise.race([marked, closed]);
    return first;
  };
  const errorOf = async (answer: FromRuntime | undefined, requestId: string): Promise<FunctionError> => {
    if (answer && 'error' in answer) return answer.error;
    await closed;
    return exitError(child, requestId);
  };
  const kill = async () => {
    usable = false;
    child.kill('SIGKILL');
    await closed;
  };
  const run = async (asked: Asked): Promise<Ending> => {
    const { requestId, timeoutSeconds, functionArn } = asked;
    if (!loaded) {
      const answer = await ask({ kind: 'init', now: now(), bundle, handler, mark });
      if (answer?.kind !== 'ready') return { error: await errorOf(answer, requestId) };
      loaded = true;
    }
    const timeoutMs = timeoutSeconds * 1000;
    const event = JSON.stringify(asked.event) ?? 'null';
    const answered = ask({ kind: 'invoke', now: now(), requestId, event, timeoutMs, functionArn });
    const answer = await withinTime(answered, timeoutMs);
    if (answer === 'late') {
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      return { error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } };
    }
    return answer?.kind === 'done' ? { result: JSON.parse(answer.payload) } : { error: await errorOf(answer, requestId) };
  };
  return {
    session: variables.AWS_SESSION_TOKEN ?? '',
    isUsable: () => usable && child.exitCode === null && child.signalCode === null,
    invoke: async (asked) => {
      const ending = await run(asked);
      // Whatever did not load, or is still busy, cannot be asked again.
      if (!loaded || ('error' in ending && ending.error.errorType === 'Sandbox.Timedout')) await kill();
      return { ending, log: log.take() };
    },
    kill,
  };
}

const nextMessage = (child: ChildProcess) => new Promise<FromRuntime>((resolve) => child.once('message', resolve));

async function withinTime<T>(answer: Promise<T>, milliseconds: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function exitError({ exitCode, signalCode }: ChildProcess, requestId: string): FunctionError {
  const how = signalCode === null ? `exit status ${exitCode}` : `signal: ${signalCode === 'SIGKILL' ? 'killed' : signalCode}`;
  const what = exitCode === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${what}`, trace: [] };
}
