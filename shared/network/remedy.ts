import type { PathOutcome, SecurityGroupRule, Side } from '../domain/security-group.ts';
import { type CompiledFacts, groupOf, withRules } from './compile.ts';
import { outcomeOf, outcomeOfPath, type Path } from './evaluate.ts';
import { type HostPair, hostPairs, type PairContext, sharedFamilies } from './host-pairs.ts';
import { subtract } from './intervals.ts';
import { candidatesFor, combine, MEANS, type Means, MOST_RULES } from './remedy-candidates.ts';
import { type Need, needsOf } from './remedy-needs.ts';
import { type PathRemedy, type Proven, printed, type SideEffect } from './remedy-words.ts';
import { admits, compilePorts, compileTraffic } from './traffic.ts';

export type { PathRemedy, SideEffect } from './remedy-words.ts';

/** A path that was judged in the same run; a remedy that changes its outcome has a side effect. */
export interface AskedPath {
  /** e.g. `tcp 53 from sg-0a to CoreDNS of shop`. */
  label: string;
  path: Path;
  outcome: PathOutcome;
}

interface Search {
  context: PairContext;
  path: Path;
  pairs: readonly HostPair[];
  needs: readonly Need[];
  asked: readonly AskedPath[];
}

/**
 * What opens a path that is `blocked` or `some`; undefined for any other, and when nothing that was tried opens it. What is unknown of
 * the path stays so. Of equally small remedies it is the one with the fewest side effects on the paths `asked` about.
 */
export function remedyFor(facts: CompiledFacts, path: Path, asked: readonly AskedPath[], region: string): PathRemedy | undefined {
  const traffic = compileTraffic(path.traffic);
  const context = { facts, traffic, families: sharedFamilies(path.from, path.to, traffic) };
  if (context.families.length === 0) return undefined;
  const pairs = hostPairs(context, path.from, path.to);
  const outcome = outcomeOf(pairs);
  if (outcome !== 'blocked' && outcome !== 'some') return undefined;
  const needs = needsOf(pairs);
  for (const means of MEANS) {
    const found = search({ context, path, pairs, needs, asked }, means);
    if (found) return printed(facts, path, found, region);
  }
  return undefined;
}

/** The first of the candidates that opens the path and nothing else that was asked about; else the one that opens the least else. */
function search(of: Search, means: Means): Proven | undefined {
  let best: Proven | undefined;
  for (const candidate of combine(candidatesOf(of, means))) {
    if (!isOpenedBy(of, candidate)) continue;
    const rules = withoutNeedless(of, candidate);
    const facts = withRules(of.context.facts, rules);
    const sideEffects = sideEffectsOf(facts, rules, of.asked);
    if (best && sideEffects.length >= best.sideEffects.length) continue;
    best = { rules, means, after: outcomeOfPath(facts, of.path), sideEffects };
    if (sideEffects.length === 0) break;
  }
  return best;
}

/** Candidates for each need, of this means or a better one: what one side lacks is not what the other lacks. */
function candidatesOf({ context, path, needs }: Search, means: Means): SecurityGroupRule[][][] {
  const upTo = MEANS.slice(0, MEANS.indexOf(means) + 1);
  return needs.map((need) => {
    const hosts = need.side === 'egress' ? path.to : path.from;
    const isFull = (id: string) => groupOf(context.facts, id).rules[need.side].length >= MOST_RULES;
    return upTo.flatMap((each) => candidatesFor(need, each, { hosts, traffic: context.traffic, isFull }));
  });
}

/** Whether nothing is blocked any more, and nothing is unknown that was not so before. */
function isOpenedBy({ context, path, pairs }: Search, rules: readonly SecurityGroupRule[]): boolean {
  const after = hostPairs({ ...context, facts: withRules(context.facts, rules) }, path.from, path.to);
  const isWorse = (one: HostPair | undefined, other: HostPair, side: Side) =>
    one === undefined || subtract(other[side].maybe, one[side].maybe).length > 0;
  return (
    needsOf(after).length === 0 && !after.some((each, at) => isWorse(pairs[at], each, 'egress') || isWorse(pairs[at], each, 'ingress'))
  );
}

/** The rules without those that the others make needless. */
function withoutNeedless(of: Search, rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] {
  return rules.reduceRight((kept, rule) => {
    const fewer = kept.filter((each) => each !== rule);
    return isOpenedBy(of, fewer) ? fewer : kept;
  }, rules);
}

function sideEffectsOf(facts: CompiledFacts, rules: readonly SecurityGroupRule[], asked: readonly AskedPath[]): SideEffect[] {
  return asked.flatMap(({ label, path, outcome }) => {
    if (!rules.some((rule) => mayMatter(rule, path))) return [];
    const after = outcomeOfPath(facts, path);
    return after === outcome ? [] : [{ label, before: outcome, after }];
  });
}

/** Whether a rule could change a path at all. Few can be, and asking again about thousands of others would take the longest of all. */
function mayMatter(rule: SecurityGroupRule, { from, to, traffic }: Path): boolean {
  const [local, other] = rule.isEgress ? [from, to] : [to, from];
  if (!local.groupIds.has(rule.groupId) || admits(compilePorts(rule), compileTraffic(traffic)) === 'no') return false;
  return rule.peer.kind !== 'group' || other.groupIds.has(rule.peer.groupId);
}
