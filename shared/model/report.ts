import type { Finding, Target, Transition } from './finding.ts';
import type { Subject, Verdict } from './verdict.ts';

/** Whether one slice was read in full, and if not, why. */
export interface Coverage {
  slice: string;
  ok: boolean;
  reason?: string;
}

/** What could not be decided, and what would settle it. */
export interface Unknown {
  ruleId: string;
  subject: Subject;
  cluster: string | null;
  reason: string;
}

/** All that one audit of one target says. Renderers choose what to show of it. */
export interface AuditReport {
  generatedAt: string;
  target: Target;
  coverage: readonly Coverage[];
  findings: readonly Finding[];
  unknown: readonly Unknown[];
  /** Every verdict, passes included: what was covered. */
  verdicts: readonly Verdict[];
  transitions: readonly Transition[];
  /** Where sightings are kept, or undefined when this audit stands alone and every leftover is a suspect at most. */
  ledger: string | undefined;
  minOrphanAgeMinutes: number;
  stats: { apiCalls: number; durationMs: number };
}
