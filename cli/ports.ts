import type { Target } from '../shared/domain/finding.ts';
import type { AcceptanceAnswer, AcceptanceRequest } from '../shared/findings/accept.ts';
import type { AuditReport, CleanupReport } from '../shared/findings/audit-report.ts';
import type { AuditRequest, CleanupRequest } from '../shared/findings/request.ts';
import type { LedgerStore } from '../shared/ledger/store.ts';
import type { DecisionAnswer, DecisionRequest } from '../shared/plans/decide-plan.ts';
import type { RuleMeta } from '../shared/rules/define.ts';
import type { Settings } from '../shared/settings/config.ts';
import type { PreflightReport, PreflightRequest } from '../shared/teardowns/preflight-report.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export type Stream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Where a command is typed, and where its answer goes. */
export interface Terminal {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: Stream;
  stderr: Stream;
  env: Env;
}

/** How a use case tells a person what it is doing. */
export type OnProgress = (says: string) => void;

/** What one use case runs with. */
export interface Run {
  settings: Settings;
  store: LedgerStore | undefined;
  onProgress: OnProgress;
}

/** How a command steers a cleanup while it deletes. */
export interface CleanupControl {
  /** Asked before each interface. */
  halt: () => 'interrupted' | undefined;
  onProgress: (done: number, total: number, says: string) => void;
  sleep: (ms: number) => Promise<void>;
}

/** What the commands need of the rest of the program; compose.ts binds the real one. */
export interface World {
  version: string;
  rules: readonly RuleMeta[];
  audit: (run: Run, request: AuditRequest) => Promise<AuditReport>;
  preflight: (run: Omit<Run, 'store'>, request: PreflightRequest) => Promise<PreflightReport>;
  planCleanup: (run: Run, request: CleanupRequest) => Promise<CleanupReport>;
  applyCleanup: (run: Run, request: CleanupRequest, planned: CleanupReport, control: CleanupControl) => Promise<CleanupReport>;
  /** Takes an approval or rejection, or says why not. Throws when the ledger could not be read or written. */
  decidePlan: (run: { store: LedgerStore; clock: () => Date }, request: DecisionRequest) => Promise<DecisionAnswer>;
  /** Records that somebody answers for a finding, or says why not. Throws when the ledger could not be read or written. */
  acceptFinding: (run: { store: LedgerStore; clock: () => Date }, target: Target, request: AcceptanceRequest) => Promise<AcceptanceAnswer>;
  /** A file, or a table: in the region that its name says, or else in this one. */
  openLedger: (name: string, region: string) => Promise<LedgerStore>;
  /** One that lasts as long as the command. */
  memoryLedger: () => Promise<LedgerStore>;
  /** Every account and region that a ledger file knows. */
  fileTargets: (path: string) => Promise<readonly Target[]>;
  /** Whose credentials are in force; throws when that could not be read. */
  callerIdentity: (region: string) => Promise<{ accountId: string; arn: string }>;
  clock: () => Date;
  /** Ends early when the signal says so. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Tells of every Ctrl-C, instead of being ended by it, until the answer is called. */
  onInterrupt: (heard: () => void) => () => void;
  /** What the shared AWS configuration files say, for the profile in force. */
  profileRegion: () => Promise<string | undefined>;
}

/** Runs with the arguments that follow its name; gives the exit code. */
export type Command = (argv: readonly string[], terminal: Terminal, world: World) => Promise<number>;
