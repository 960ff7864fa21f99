import type { Target } from '../domain/finding.ts';
import type { BodyOf } from './kind.ts';
import type { KINDS } from './kinds.ts';

export type LedgerBody = BodyOf<(typeof KINDS)[number]>;

/** One item of the ledger. `version` counts its writes, starting at 1. */
export interface LedgerRecord {
  key: string;
  version: number;
  body: LedgerBody;
}

/** A write that happens only if the record still has the version that was read; 0: only if there is none. */
export type LedgerChange = { key: string; ifVersion: number; body: LedgerBody } | { key: string; ifVersion: number; delete: true };

/** A lost race is an expected outcome: it comes back with what the winner wrote (undefined: it deleted the record). */
export type LedgerOutcome = { key: string; written: true } | { key: string; written: false; winner: LedgerRecord | undefined };

/** The port that every store implements; test/ledger/store-conformance.ts is its specification. */
export interface LedgerStore {
  /** What a person is told about where the ledger lives, e.g. a file's path. */
  readonly name: string;
  /** Every record of one account and region. */
  load(target: Target): Promise<readonly LedgerRecord[]>;
  /** One record as it is now, or undefined. */
  get(target: Target, key: string): Promise<LedgerRecord | undefined>;
  /** Each change is atomic by itself; the outcomes come in the order of the changes. */
  write(target: Target, changes: readonly LedgerChange[]): Promise<readonly LedgerOutcome[]>;
}
