// The functions as they are deployed, in processes of their own, against any AWS endpoint: what the sandbox's Lambda does without a sandbox.

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { type Environment, startEnvironment } from '../../sandbox/lambda/environment.ts';
import { builtFunctions } from '../../scripts/build/stack.ts';

export interface PackagedFunctions {
  /** What the handler answers, as JSON carries it, when the function's clock shows `now`. Throws, with its log, when it fails. */
  invoke(name: string, event: unknown, now: Date): Promise<unknown>;
  /** Everything that the functions logged so far, a line each. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

export interface PackagedOptions {
  accountId: string;
  region: string;
  /** What every function gets: endpoint, credentials, settings. Nothing else of this process's own reaches it. */
  env: Readonly<Record<string, string>>;
}

// The cleanup does not begin an interface in its last two minutes.
const timeoutOf = (name: string): number => (name === 'cleanup' ? 600 : 60);

/** The functions as bundles; each one's process starts with its first event and stays warm. */
export async function packagedFunctions({ accountId, region, env }: PackagedOptions): Promise<PackagedFunctions> {
  const bundles = new Map((await builtFunctions()).map(({ name, bundle }) => [name, bundle]));
  const warm = new Map<string, Environment>();
  const log: string[] = [];
  let time = Date.now();

  const start = (name: string): Environment => {
    const bundle = bundles.get(name);
    if (!bundle) throw new Error(`there is no function ${name} among ${[...bundles.keys()].join(', ')}`);
    const environment = startEnvironment({
      variables: { ...env, AWS_LAMBDA_FUNCTION_NAME: name, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', TZ: 'UTC' },
      taskRoot: dirname(bundle),
      bundle,
      handler: 'handler',
      now: () => time,
    });
    warm.set(name, environment);
    return environment;
  };
  return {
    log,
    invoke: async (name, event, now) => {
      time = now.getTime();
      const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
      const asked = { requestId: randomUUID(), event, timeoutSeconds: timeoutOf(name), functionArn };
      const answer = await (warm.get(name) ?? start(name)).invoke(asked);
      const lines = answer.log.map(({ text }) => text);
      log.push(...lines);
      if ('result' in answer.ending) return answer.ending.result;
      warm.delete(name);
      throw new Error(`${name} failed: ${answer.ending.error.errorMessage}\n${lines.join('\n')}`);
    },
    stop: async () => {
      await Promise.all([...warm.values()].map((environment) => environment.kill()));
    },
  };
}
