import type { AuditRequest, PreflightRequest } from '../shared/app/request.ts';
import type { LedgerStore } from '../shared/model/ledger.ts';
import type { PreflightReport } from '../shared/model/preflight.ts';
import type { AuditReport } from '../shared/model/report.ts';
import type { RuleMeta } from '../shared/rules/define.ts';
import type { Settings } from '../shared/runtime/config.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export type Stream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Where a command is typed, and where its answer goes. */
export interface Terminal {
  stdout: Stream;
  stderr: Stream;
  env: Env;
}

/** How a use case tells a person what it is doing. */
export type OnProgress = (says: string) => void;

/** What the commands need of the rest of the program; compose.ts binds the real one. */
export interface World {
  version: string;
  rules: readonly RuleMeta[];
  audit: (
    run: { settings: Settings; store: LedgerStore | undefined; onProgress: OnProgress },
    request: AuditRequest,
  ) => Promise<AuditReport>;
  preflight: (run: { settings: Settings; onProgress: OnProgress }, request: PreflightRequest) => Promise<PreflightReport>;
  openLedger: (path: string) => Promise<LedgerStore>;
  /** What the shared AWS configuration files say, for the profile in force. */
  profileRegion: () => Promise<string | undefined>;
}

/** Runs with the arguments that follow its name; gives the exit code. */
export type Command = (argv: readonly string[], terminal: Terminal, world: World) => Promise<number>;
