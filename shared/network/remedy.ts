import type { PathOutcome, SecurityGroupRule } from '../model/network.ts';
import type { CompiledFacts } from './compile.ts';
import type { Path } from './evaluate.ts';

/** A path that was judged in the same run; a remedy that changes its outcome has a side effect. */
export interface AskedPath {
  /** e.g. `tcp 53 from sg-0a to CoreDNS of shop`. */
  label: string;
  path: Path;
  outcome: PathOutcome;
}

/** The smallest rules that open a path, proven by evaluating again with them. */
export interface PathRemedy {
  rules: readonly SecurityGroupRule[];
  /** One sentence: what to add, and why it was chosen. */
  summary: string;
  /** One AWS CLI command for each rule. */
  commands: readonly string[];
  /** The same as Terraform resources. */
  terraform: string;
  /** What else changes among the paths that were asked about; empty when nothing does. */
  sideEffects: readonly { label: string; before: PathOutcome; after: PathOutcome }[];
}

/** What opens a path that is `blocked` or `some`; undefined for any other, and when nothing that was tried opens it. */
export function remedyFor(_facts: CompiledFacts, _path: Path, _asked: readonly AskedPath[], _region: string): PathRemedy | undefined {
  throw new Error('not written yet');
}
