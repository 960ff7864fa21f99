import type { Inventory, SliceName, Slices } from '../domain/inventory.ts';
import { describeFailure } from '../domain/read.ts';
import type { Subject, Verdict } from '../domain/verdict.ts';
import type { Rule, RuleContext } from './define.ts';

export interface Judged {
  verdicts: readonly Verdict[];
  /** Rules that threw: defects of ours, never silent. */
  broken: readonly { ruleId: string; reason: string }[];
}

/** The slices that a rule needs, or why it cannot be called. */
function provide(rule: Rule, inventory: Inventory): { slices: Slices } | { missing: string } {
  const slices: Partial<Record<SliceName, unknown>> = {};
  const missing: string[] = [];
  for (const name of rule.needs) {
    const read = inventory[name];
    if (read?.ok) slices[name] = read.value;
    else missing.push(read ? `${name} could not be read: ${describeFailure(read.reason)}` : `${name} was not read`);
  }
  return missing.length > 0 ? { missing: missing.join('; ') } : { slices: slices as Slices };
}

/**
 * What every rule says of every subject. A rule whose slices are not all there is not called: its known subjects (those of
 * open findings) and the region as a whole are `unknown`. A rule that throws is `unknown` too, and the others still run.
 */
export function judge(
  rules: readonly Rule[],
  inventory: Inventory,
  context: RuleContext,
  knownSubjects: (ruleId: string) => readonly { subject: Subject; cluster?: string | undefined }[],
): Judged {
  const verdicts: Verdict[] = [];
  const broken: { ruleId: string; reason: string }[] = [];
  for (const rule of rules) {
    const { topic, path, leftover } = rule;
    const base = { ruleId: rule.meta.id, severity: rule.meta.severity, topic, ...(path && { path }), ...(leftover && { leftover }) };
    const unknown = (summary: string) => {
      const region = { subject: { type: 'region', id: context.target.region } } as const;
      const subjects = [region, ...knownSubjects(rule.meta.id)];
      verdicts.push(...subjects.map((known) => ({ ...base, ...known, verdict: 'unknown' as const, summary, evidence: {} })));
    };
    const provided = provide(rule, inventory);
    if ('missing' in provided) {
      unknown(provided.missing);
      continue;
    }
    try {
      verdicts.push(...rule.evaluate(provided.slices, context).map((judgement) => ({ ...base, ...judgement })));
    } catch (error) {
      const reason = `rule ${rule.meta.id} failed: ${error instanceof Error ? error.message : String(error)}`;
      broken.push({ ruleId: rule.meta.id, reason });
      unknown(reason);
    }
  }
  return { verdicts, broken };
}
