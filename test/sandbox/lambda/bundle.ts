import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { build } from 'esbuild';
import { type FunctionSettings, type Lambda, startLambda } from '../../../sandbox/lambda/index.ts';
import { type Account, account } from '../account.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-lambda-test-'));

/** The bundle of fixture.ts. */
export const FIXTURE = join(folder, 'fixture.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'fixture.ts')],
    outfile: FIXTURE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A bundle of this text. */
export function bundleOf(text: string): string {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(path, text);
  return path;
}

const running: Lambda[] = [];

afterEach(async () => {
  for (const lambda of running.splice(0)) await lambda.stop();
});

/** A sandbox with one function, `fixture`, unless others are given; both end with the test. */
export async function lambdaWith(
  functions: Record<string, Partial<FunctionSettings>> = { fixture: {} },
): Promise<{ aws: Account; lambda: Lambda }> {
  const aws = await account();
  const given = Object.entries(functions).map(([name, settings]) => [name, { bundle: FIXTURE, timeoutSeconds: 30, ...settings }] as const);
  const lambda = startLambda({ sandbox: aws, functions: Object.fromEntries(given) });
  running.push(lambda);
  return { aws, lambda };
}
