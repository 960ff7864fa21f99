// Runs in a function's own process and stands for nodejs24.x: loads the bundle, calls its handler, reports.
// After https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { installDateShift } from '../date-shift.ts';
import type { FromRuntime, FunctionError, ToRuntime } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

const MachineDate = Date;
const setShift = installDateShift();
const send = process.send?.bind(process);
// Lambda offers its functions no such channel.
delete process.send;
// Node has read it; it is none of the function's variables.
delete process.env.NODE_COMPILE_CACHE;

let handler: Handler | undefined;
let mark = '';
let requestId = '';

const report = (message: FromRuntime, then: () => void = () => {}) => send?.(message, undefined, undefined, then);

/** Ends one invocation. The marks tell the invoker that it has read all that was logged before. */
function end(message: FromRuntime): void {
  process.stdout.write(`${mark}\n`);
  process.stderr.write(`${mark}\n`);
  report(message);
}

const asError = (error: unknown): FunctionError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

const named = (errorType: string, errorMessage: string, trace: readonly string[] = []): FunctionError => ({
  errorType,
  errorMessage,
  trace,
});

async function init({ bundle, handler: name }: { bundle: string; handler: string }): Promise<void> {
  try {
    const loaded: Record<string, unknown> = await import(pathToFileURL(bundle).href);
    const exported = loaded[name];
    if (!isHandler(exported)) {
      fail(named('Runtime.HandlerNotFound', `index.${name} is undefined or not exported`), end);
    } else if (exported.length >= 3) {
      const why = `index.${name} has ${exported.length} parameters: Node.js 24 has no callback-based handlers. Write an async function of (event, context).`;
      fail(named('Runtime.CallbackHandlerDeprecated', why), end);
    } else {
      handler = exported;
      // Now: most processes end by a kill.
      flushCompileCache();
      end({ kind: 'ready' });
    }
  } catch (error) {
    fail(asLoadError(error), end);
  }
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

function asLoadError(error: unknown): FunctionError {
  const found = asError(error);
  if (error instanceof SyntaxError) return named('Runtime.UserCodeSyntaxError', String(error), found.trace);
  const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return missing ? named('Runtime.ImportModuleError', String(error), found.trace) : found;
}

async function invoke(asked: Extract<ToRuntime, { kind: 'invoke' }>): Promise<void> {
  const started = performance.now();
  requestId = asked.requestId;
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: asked.requestId,
    invokedFunctionArn: asked.functionArn,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.round(asked.timeoutMs - (performance.now() - started)),
  };
  try {
    const result = await handler?.(JSON.parse(asked.event), context);
    end({ kind: 'done', payload: stringify(result) });
  } catch (error) {
    fail(asError(error), end);
  }
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw Object.assign(new Error('Unable to stringify response body'), { name: 'Runtime.JSONStringifyError' });
  }
}

type Failure = 'init-failed' | 'failed' | 'fatal';

function fail(error: FunctionError, tell: (message: FromRuntime) => void, kind: Failure = handler ? 'failed' : 'init-failed'): void {
  const what = handler ? 'Invoke Error' : 'Uncaught Exception';
  process.stderr.write(`${[new Date().toISOString(), requestId, 'ERROR', what, JSON.stringify(error)].join('\t')}\n`);
  tell({ kind, error });
}

// What nobody awaited ends the process, as it does in Lambda.
const die = (error: FunctionError, status: number) => fail(error, (message) => report(message, () => process.exit(status)), 'fatal');
process.on('uncaughtException', (error) => die(asError(error), 129));
process.on('unhandledRejection', (reason) => die(named('Runtime.UnhandledPromiseRejection', String(reason), asError(reason).trace), 128));
// Nobody is left to report to.
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToRuntime) => {
  setShift(message.now - MachineDate.now());
  if (message.kind === 'init') {
    mark = message.mark;
    void init(message);
  } else void invoke(message);
});
