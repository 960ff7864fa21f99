// Runs the real command line in a process of its own, at the sandbox's time and endpoint.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `sgp-warden` with these arguments, shows what it prints, and gives its exit code. */
export function sgpWarden(sandbox: Sandbox, args: readonly string[]): Promise<number> {
  process.stdout.write(`\n$ sgp-warden ${args.join(' ')}\n\n`);
  const offset = sandbox.clock.now().getTime() - Date.now();
  const child = spawn(process.execPath, ['--import', './sandbox/shifted-date.ts', 'cli/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...sandbox.env, SANDBOX_DATE_OFFSET_MS: String(offset) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => (code === null ? reject(new Error(`sgp-warden was ended by ${signal}`)) : resolve(code)));
  });
}
