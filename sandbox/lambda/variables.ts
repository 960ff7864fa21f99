import { createHash } from 'node:crypto';
import type { Sandbox } from '../index.ts';

/** What Lambda sets itself and lets nobody else set. */
const RESERVED = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

/** Refuses variables that Lambda would refuse. */
export function checkVariables(functionName: string, given: Readonly<Record<string, string>>): void {
  const names = Object.keys(given);
  const reserved = names.filter((name) => RESERVED.has(name));
  if (reserved.length > 0) throw new Error(`The function ${functionName} may not set ${reserved.join(', ')}: Lambda sets it itself.`);
  const bad = names.filter((name) => !/^[a-zA-Z]\w+$/.test(name));
  if (bad.length > 0) throw new Error(`The function ${functionName} has variables with names that Lambda refuses: ${bad.join(', ')}.`);
  const bytes = Buffer.byteLength(JSON.stringify(given));
  if (bytes > 4096) throw new Error(`The variables of the function ${functionName} take ${bytes} bytes; Lambda lets them have 4096.`);
}

/** Every function has credentials of its own, so that a call tells who made it. */
export const accessKeyIdOf = (functionName: string): string =>
  `ASIA${createHash('sha256').update(functionName).digest('hex').slice(0, 16).toUpperCase()}`;

export interface Variables {
  sandbox: Sandbox;
  functionName: string;
  handler: string;
  memorySize: number;
  taskRoot: string;
  session: string;
  given: Readonly<Record<string, string>>;
}

/** The whole environment of a function's process: nothing comes from this process's own. */
export function variables({ sandbox, functionName, handler, memorySize, taskRoot, session, given }: Variables): Record<string, string> {
  const { AWS_REGION = 'us-east-1', AWS_ENDPOINT_URL = sandbox.endpoint } = sandbox.env;
  return {
    ...given,
    AWS_ENDPOINT_URL,
    AWS_REGION,
    AWS_DEFAULT_REGION: AWS_REGION,
    AWS_ACCESS_KEY_ID: accessKeyIdOf(functionName),
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_SESSION_TOKEN: session,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `sandbox/[$LATEST]${session}`,
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: 'UTC',
    _HANDLER: `index.${handler}`,
  };
}
