import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltFunction, buildFunctions } from '../../scripts/build/functions.ts';

let built: Promise<readonly BuiltFunction[]> | undefined;

/** The packaged functions, built once however many stacks a story deploys; gone with the process. */
export function bundlesOfThisProcess(): Promise<readonly BuiltFunction[]> {
  built ??= build();
  return built;
}

async function build(): Promise<readonly BuiltFunction[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sgp-warden-stack-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return buildFunctions(folder);
}
