import { PassThrough, Writable } from 'node:stream';
import { placeOf } from '../../cli/ledger.ts';
import type { Env, Stream, World } from '../../cli/ports.ts';
import type { AuditRequest, CleanupRequest } from '../../shared/findings/request.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import type { DecisionRequest } from '../../shared/plans/decide-plan.ts';
import type { RuleMeta } from '../../shared/rules/define.ts';
import type { PreflightRequest } from '../../shared/teardowns/preflight-report.ts';
import { cleanupReport } from './cleanup-reports.ts';
import { ALICE } from './plans.ts';
import { NEWEST, preflightReport, report, TARGET } from './reports.ts';

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

/** What is typed, and then the end of it; undefined: nothing yet. */
export function typing(typed: string | undefined, parts: { isTTY?: boolean } = {}) {
  const stdin = new PassThrough();
  if (typed !== undefined) stdin.end(typed);
  return Object.assign(stdin, parts);
}

/** A terminal that nobody watches: no TTY, and only the environment that is given. */
export function fakeTerminal(env: Env = {}, parts: { isTTY?: boolean; columns?: number } = {}, typed?: string) {
  return { stdin: typing(typed, parts), stdout: recordingStream(parts), stderr: recordingStream(parts), env };
}

export const RULE_METAS: readonly RuleMeta[] = [
  {
    id: 'orphaned-branch-eni',
    title: 'Branch interface of a deleted cluster',
    severity: 'high',
    states: ['suspect', 'orphan'],
    why: 'w',
    remedy: 'r',
    docs: 'docs/rules/x.md',
  },
  {
    id: 'leaked-branch-eni',
    title: 'Branch interface that is not collected',
    severity: 'medium',
    why: 'w',
    remedy: 'r',
    docs: 'docs/rules/x.md',
  },
];

export const emptyStore = (name: string): LedgerStore => ({
  name,
  load: async () => [],
  get: async () => undefined,
  write: async () => [],
});

/** Requests, ledgers and milliseconds of waiting that a world was asked for. */
export interface Recorded {
  audits: AuditRequest[];
  preflights: PreflightRequest[];
  cleanups: CleanupRequest[];
  applied: CleanupRequest[];
  decided: DecisionRequest[];
  ledgers: string[];
  slept: number[];
  /** Those who hear Ctrl-C now. */
  listeners: Set<() => void>;
  /** Ctrl-C. */
  interrupt: () => void;
}

/** A world in which nothing is wrong, whose time passes only while somebody sleeps, and what was asked of it. */
export function fakeWorld(parts: Partial<World> = {}): World & Recorded {
  let now = Date.parse(NEWEST);
  const listeners = new Set<() => void>();
  const recorded: Recorded = {
    ...{ audits: [], preflights: [], cleanups: [], applied: [], decided: [], ledgers: [], slept: [] },
    listeners,
    interrupt: () => {
      for (const heard of [...listeners]) heard();
    },
  };
  return {
    ...recorded,
    version: '1.2.3',
    rules: RULE_METAS,
    profileRegion: async () => undefined,
    openLedger: async (name, region) => {
      const place = placeOf(name, region);
      recorded.ledgers.push(place ? `dynamodb:${place.table} in ${place.region}` : name);
      return emptyStore(name);
    },
    memoryLedger: async () => emptyStore('memory'),
    fileTargets: async () => [],
    callerIdentity: async () => ({ accountId: TARGET.accountId, arn: ALICE }),
    decidePlan: async (_run, request) => {
      recorded.decided.push(request);
      return { accepted: false, plan: undefined, says: `there is no plan ${request.plan}` };
    },
    acceptFinding: async (_run, _target, { findingId }) => ({ accepted: false, says: `the ledger knows no finding ${findingId}` }),
    audit: async ({ store }, request) => {
      recorded.audits.push(request);
      return report({ target: { ...TARGET, region: request.region }, ledger: store?.name });
    },
    preflight: async (_run, request) => {
      recorded.preflights.push(request);
      return preflightReport({ cluster: request.cluster });
    },
    planCleanup: async (_run, request) => {
      recorded.cleanups.push(request);
      return cleanupReport();
    },
    applyCleanup: async (_run, request, planned) => {
      recorded.applied.push(request);
      return { ...planned, execution: { outcomes: [], stop: undefined, left: [] } };
    },
    clock: () => new Date(now),
    sleep: async (ms) => {
      recorded.slept.push(ms);
      now += ms;
    },
    onInterrupt: (heard) => {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    ...parts,
  };
}
