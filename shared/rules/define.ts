import type { Target } from '../model/finding.ts';
import type { SliceName, Slices } from '../model/inventory.ts';
import type { Judgement, Severity } from '../model/verdict.ts';

export interface RuleMeta {
  id: string;
  title: string;
  severity: Severity;
  /** The states that a finding of this rule goes through, in order. */
  states?: readonly string[];
  /** One sentence each, for the table of rules and the head of docs/rules/<id>.md. */
  why: string;
  remedy: string;
}

export interface RuleContext {
  target: Target;
  at: Date;
  minOrphanAgeMinutes: number;
  /** COREDNS_SECURITY_GROUPS and PROBE_PORTS. */
  corednsSecurityGroups: readonly string[];
  probePorts: readonly number[];
}

export interface Rule<N extends SliceName = SliceName> {
  meta: RuleMeta;
  /** The slices that `evaluate` gets. When one of them could not be read, the rule is not called. */
  needs: readonly N[];
  /** One judgement for every subject that the rule looked at, passes included. */
  evaluate(slices: Pick<Slices, N>, context: RuleContext): readonly Judgement[];
}

/** A rule; reading a slice that `needs` does not name is a compile error. */
export function defineRule<const N extends SliceName>(rule: Rule<N>): Rule {
  return rule;
}
