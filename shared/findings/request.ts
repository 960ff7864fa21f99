import type { Because, Finding, TransitionKind } from '../domain/finding.ts';

/** What a trigger asks for. Empty lists mean all. */
export interface AuditRequest {
  region: string;
  /** The account, where whoever asks has just been told it by STS. */
  accountId?: string;
  clusters: readonly string[];
  rules: readonly string[];
  /** Which call explains what becomes of a finding, where a change is what is asked about. */
  because?: (finding: Finding, kind: TransitionKind) => Because;
}

export interface CleanupRequest {
  region: string;
  clusters: readonly string[];
  /** At most so many in this run. */
  max: number;
}
