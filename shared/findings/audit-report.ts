import type { Finding, Target, Transition } from '../domain/finding.ts';
import type { Subject, Verdict } from '../domain/verdict.ts';
import type { Exclusions, Execution, Plan, Refusal } from '../plans/deletion.ts';
import type { ProposedPlan } from '../plans/plan.ts';

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

/** What a cleanup would do with the orphans of this audit now, and what earlier ones made of them. */
export interface CleanupStatus {
  /** Interfaces that every guard lets through. */
  ready: readonly string[];
  /** Orphans that a guard holds back, those over the cap included. */
  refusals: readonly Refusal[];
  /** Orphans that an earlier cleanup asked EC2 to delete, and that are still there. */
  attempts: readonly { interfaceId: string; status: string; at: string; says: string }[];
  /** Plans that wait, are approved or under way. */
  plans: readonly ProposedPlan[];
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
  /** Undefined when this audit did not look for orphans. */
  cleanup?: CleanupStatus | undefined;
  /** Where sightings are kept, or undefined when this audit stands alone and every leftover is a suspect at most. */
  ledger: string | undefined;
  minOrphanAgeMinutes: number;
  /** `throttles`: answers by which AWS asked to go slower. */
  stats: { apiCalls: number; durationMs: number; throttles?: number };
}

/** All that one run of `cleanup` has to say. */
export interface CleanupReport {
  /** The audit that the plan was made from. */
  audit: AuditReport;
  plan: Plan;
  exclusions: Exclusions;
  /** Undefined when the plan was only printed. */
  execution: Execution | undefined;
  /** What turned out to be free afterwards: findings of pinned-by-orphans that the last audit resolved. */
  freed: readonly Pick<Finding, 'subject' | 'summary'>[];
}
