import { shellWord } from '../../shared/content/shell-word.ts';
import type { AuditArguments } from '../arguments.ts';
import type { CleanupArguments } from '../cleanup-arguments.ts';
import type { Env } from '../ports.ts';

/** How this program was started, so that what it prints can be typed again. */
export function invocation(env: Env): string {
  if (env.npm_lifecycle_event === 'sgp-warden') return 'npm run -s sgp-warden --';
  return env.npm_command === 'exec' ? 'npx sgp-warden' : 'sgp-warden';
}

const repeat = (option: string, values: readonly (string | number | undefined)[]) =>
  values.flatMap((value) => (value === undefined ? [] : [option, String(value)]));

/** The command line that asks for the same cleanup again, on the terminal. The region is named: elsewhere another may be set. */
export function cleanupCommandLine(
  asked: Pick<CleanupArguments, 'clusters' | 'ledger'> & Partial<Pick<CleanupArguments, 'max' | 'wait' | 'apply'>> & { region: string },
  env: Env,
): string {
  const words = [
    ...['--region', asked.region],
    ...repeat('--cluster', asked.clusters),
    ...repeat('--ledger', [asked.ledger]),
    ...repeat('--max', [asked.max]),
    ...(asked.wait ? ['--wait'] : []),
    ...(asked.apply ? ['--apply'] : []),
  ];
  return [invocation(env), 'cleanup', ...words.map(shellWord)].join(' ');
}

/** The command line that answers a plan. */
export const decisionCommandLine = (
  verdict: 'approve' | 'reject',
  asked: { plan: string; ledger: string; region: string },
  env: Env,
): string => [invocation(env), verdict, ...[asked.plan, '--region', asked.region, '--ledger', asked.ledger].map(shellWord)].join(' ');

/** The command line that accepts a finding; who types it says why, and who answers for it. */
export const acceptCommandLine = (asked: { findingId: string; until: string; ledger: string }, env: Env): string =>
  [
    invocation(env),
    'accept',
    ...[asked.findingId, '--reason', 'REASON', '--owner', 'OWNER', '--until', asked.until, '--ledger', asked.ledger].map(shellWord),
  ].join(' ');

/** The command line that shows the plans of a region, and how its orphans stand. */
export const ledgerAuditCommandLine = (asked: { ledger: string; region: string }, env: Env): string =>
  [invocation(env), 'audit', ...['--region', asked.region, '--ledger', asked.ledger].map(shellWord)].join(' ');

/** The command line that shows what a ledger says of deletions. */
export const historyCommandLine = (asked: { ledger: string; region: string }, env: Env): string =>
  [invocation(env), 'history', '--ledger', asked.ledger, '--region', asked.region]
    .map((word, index) => (index === 0 ? word : shellWord(word)))
    .join(' ');

/** The command line that asks for the same audit again, on the terminal. */
export function auditCommandLine(asked: AuditArguments, env: Env): string {
  const words = [
    ...repeat('--region', asked.regions),
    ...repeat('--cluster', asked.clusters),
    ...repeat('--rule', asked.rules),
    ...(asked.format === 'table' ? [] : ['--format', asked.format]),
    ...repeat('--ledger', [asked.ledger]),
  ];
  return [invocation(env), 'audit', ...words.map(shellWord)].join(' ');
}
