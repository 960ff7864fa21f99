import { Writable } from 'node:stream';
import type { Env, Stream, World } from '../../cli/ports.ts';
import type { AuditRequest, PreflightRequest } from '../../shared/app/request.ts';
import type { LedgerStore } from '../../shared/model/ledger.ts';
import type { RuleMeta } from '../../shared/rules/define.ts';
import { preflightReport, report, TARGET } from './reports.ts';

/** A stream that keeps what is written to it. */
export function recordingStream(parts: { isTTY?: boolean; columns?: number } = {}): Stream & { text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.assign(stream, parts, { text: () => chunks.join('') });
}

/** A stream whose every write fails, as a closed pipe's (EPIPE) or a full disk's (ENOSPC) does. */
export function failingStream(code: string): Stream {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })) });
}

/** A terminal that nobody watches: no TTY, and only the environment that is given. */
export function fakeTerminal(env: Env = {}, parts: { isTTY?: boolean; columns?: number } = {}) {
  return { stdout: recordingStream(parts), stderr: recordingStream(parts), env };
}

export const RULE_METAS: readonly RuleMeta[] = [
  {
    id: 'orphaned-branch-eni',
    title: 'Branch interface of a deleted cluster',
    severity: 'high',
    states: ['suspect', 'orphan'],
    why: 'w',
    remedy: 'r',
  },
  { id: 'leaked-branch-eni', title: 'Branch interface that is not collected', severity: 'medium', why: 'w', remedy: 'r' },
];

export const emptyStore = (name: string): LedgerStore => ({
  name,
  load: async () => [],
  get: async () => undefined,
  write: async () => [],
});

/** A world in which nothing is wrong, and the requests that were made of it. */
export function fakeWorld(
  parts: Partial<World> = {},
): World & { audits: AuditRequest[]; preflights: PreflightRequest[]; ledgers: string[] } {
  const [audits, preflights, ledgers]: [AuditRequest[], PreflightRequest[], string[]] = [[], [], []];
  return {
    audits,
    preflights,
    ledgers,
    version: '1.2.3',
    rules: RULE_METAS,
    profileRegion: async () => undefined,
    openLedger: async (path) => {
      ledgers.push(path);
      return emptyStore(path);
    },
    audit: async ({ store }, request) => {
      audits.push(request);
      return report({ target: { ...TARGET, region: request.region }, ledger: store?.name });
    },
    preflight: async (_run, request) => {
      preflights.push(request);
      return preflightReport({ cluster: request.cluster });
    },
    ...parts,
  };
}
