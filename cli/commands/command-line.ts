import type { AuditArguments } from '../arguments.ts';
import type { Env } from '../ports.ts';

/** A word as a POSIX shell takes it for itself. */
export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** How this program was started, so that what it prints can be typed again. */
export function invocation(env: Env): string {
  if (env.npm_lifecycle_event === 'sgp-warden') return 'npm run -s sgp-warden --';
  return env.npm_command === 'exec' ? 'npx sgp-warden' : 'sgp-warden';
}

/** The command line that asks for the same audit again, on the terminal. */
export function auditCommandLine(asked: AuditArguments, env: Env): string {
  const repeat = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);
  const words = [
    ...repeat('--region', asked.regions),
    ...repeat('--cluster', asked.clusters),
    ...repeat('--rule', asked.rules),
    ...(asked.format === 'json' ? ['--format', 'json'] : []),
    ...(asked.ledger === undefined ? [] : ['--ledger', asked.ledger]),
  ];
  return [invocation(env), 'audit', ...words.map(shellWord)].join(' ');
}
