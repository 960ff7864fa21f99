import type { PathProof } from '../domain/security-group.ts';
import type { Remedy } from '../domain/verdict.ts';
import type { CompiledFacts } from '../network/compile.ts';
import type { Path } from '../network/evaluate.ts';
import { type AskedPath, type PathRemedy, remedyFor } from '../network/remedy.ts';

/** A path that was asked about, and what became of it. */
export interface JudgedPath {
  label: string;
  path: Path;
  proof: PathProof;
}

export interface Remedied {
  remedy: Remedy;
  terraform: string;
  sideEffects: PathRemedy['sideEffects'];
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter(Boolean);

/** The smallest rules that open each of the failing paths, checked against all `asked` paths: what else they would open is told. */
export function remedied(facts: CompiledFacts, failing: readonly JudgedPath[], asked: readonly JudgedPath[], region: string): Remedied {
  const others: AskedPath[] = asked.map(({ label, path, proof }) => ({ label, path, outcome: proof.outcome }));
  const remedies = failing.map(({ path, label }) => ({
    label,
    found: remedyFor(
      facts,
      path,
      others.filter((other) => other.path !== path),
      region,
    ),
  }));
  const found = remedies.flatMap((each) => each.found ?? []);
  const without = remedies.filter((each) => !each.found).map(({ label }) => label);
  const summary = distinct([
    ...found.map((each) => each.summary),
    ...(without.length > 0 ? [`No single rule was found that opens ${without.join(' and ')}: look at the proof.`] : []),
  ]).join(' ');
  const sideEffects = found.flatMap((each) => each.sideEffects);
  return {
    remedy: { summary, commands: distinct(found.flatMap((each) => each.commands)) },
    terraform: distinct(found.map((each) => each.terraform.trim())).join('\n\n'),
    // The two protocols of one path open one another: that is what the remedy is for.
    sideEffects: sideEffects.filter(({ label }) => !failing.some((each) => each.label === label)),
  };
}
