import type { EvidenceOf, EvidenceSchema } from '../domain/evidence/read.ts';
import type { Target } from '../domain/finding.ts';
import type { SliceName, Slices } from '../domain/inventory.ts';
import type { About, Judgement, Severity } from '../domain/verdict.ts';

export interface RuleMeta {
  id: string;
  title: string;
  severity: Severity;
  /** The states that a finding of this rule goes through, in order. */
  states?: readonly string[];
  /** One sentence each, for the table of rules, the head of the rule's page, alerts and reports. */
  why: string;
  remedy: string;
  /** Where its page is. */
  docs: string;
}

export interface RuleContext {
  target: Target;
  at: Date;
  minOrphanAgeMinutes: number;
  /** COREDNS_SECURITY_GROUPS and PROBE_PORTS. */
  corednsSecurityGroups: readonly string[];
  probePorts: readonly number[];
}

export interface Rule<N extends SliceName = SliceName, S extends EvidenceSchema = EvidenceSchema> extends About {
  meta: RuleMeta;
  /** What the evidence of a finding is; every output shows it by this. */
  evidence: S;
  /** The slices that `evaluate` gets. When one of them could not be read, the rule is not called. */
  needs: readonly N[];
  /** One judgement for every subject that the rule looked at, passes included. */
  evaluate(slices: Pick<Slices, N>, context: RuleContext): readonly Judgement<EvidenceOf<S>>[];
}

type Defined<N extends SliceName, S extends EvidenceSchema> = Omit<Rule<N, S>, 'meta'> & { meta: Omit<RuleMeta, 'docs'> };

// There is no public address yet: a path in this repository, in this one place.
const DOCS = 'docs/rules/';

/** A rule; reading a slice that `needs` does not name, or giving evidence that `evidence` does not describe, is a compile error. */
export function defineRule<const N extends SliceName, S extends EvidenceSchema>(rule: Defined<N, S>): Rule {
  const { meta } = rule;
  return { ...rule, meta: { ...meta, docs: `${DOCS}${meta.id}.md` } } as unknown as Rule;
}
