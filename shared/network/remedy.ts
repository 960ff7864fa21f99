import type { PathOutcome, RulePeer, SecurityGroupRule, Side } from '../model/network.ts';
import { itemOf } from '../model/read.ts';
import { type CompiledFacts, withRules } from './compile.ts';
import { describeRule } from './describe.ts';
import { outcomeOf, outcomeOfPath, type Path } from './evaluate.ts';
import { subtract } from './intervals.ts';
import { type Meeting, type MeetingContext, meetings, sharedFamilies } from './meeting.ts';
import { type PrintedRule, printCommand, printTerraform } from './print-rule.ts';
import { candidatesFor, combine, MEANS, type Means } from './remedy-candidates.ts';
import { type Need, needsOf } from './remedy-needs.ts';
import { compileTraffic } from './traffic.ts';

/** A path that was judged in the same run; a remedy that changes its outcome has a side effect. */
export interface AskedPath {
  /** e.g. `tcp 53 from sg-0a to CoreDNS of shop`. */
  label: string;
  path: Path;
  outcome: PathOutcome;
}

export interface SideEffect {
  label: string;
  before: PathOutcome;
  after: PathOutcome;
}

/** The smallest rules that open a path, proven by evaluating again with them. */
export interface PathRemedy {
  /** Their ids are made up: they do not exist yet. */
  rules: readonly SecurityGroupRule[];
  /** What to add, and why it was chosen. */
  summary: string;
  /** One AWS CLI command for each rule. */
  commands: readonly string[];
  /** The same as Terraform resources. */
  terraform: string;
  /** What else changes among the paths that were asked about; empty when nothing does. */
  sideEffects: readonly SideEffect[];
}

interface Proven {
  rules: readonly SecurityGroupRule[];
  means: Means;
  /** `unknown` where something of the path was so before. */
  after: PathOutcome;
  sideEffects: readonly SideEffect[];
}

interface Search {
  context: MeetingContext;
  path: Path;
  met: readonly Meeting[];
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
  const met = meetings(context, path.from, path.to);
  const outcome = outcomeOf(met);
  if (outcome !== 'blocked' && outcome !== 'some') return undefined;
  const needs = needsOf(met);
  for (const means of MEANS) {
    const found = search({ context, path, met, needs, asked }, means);
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
  const end = ({ side }: Need) => (side === 'egress' ? path.to : path.from);
  return needs.map((need) => upTo.flatMap((each) => candidatesFor(need, each, end(need), context.traffic)));
}

/** Whether nothing is blocked any more, and nothing is unknown that was not so before. */
function isOpenedBy({ context, path, met }: Search, rules: readonly SecurityGroupRule[]): boolean {
  const after = meetings({ ...context, facts: withRules(context.facts, rules) }, path.from, path.to);
  const isWorse = (one: Meeting | undefined, other: Meeting, side: Side) =>
    one === undefined || subtract(other[side].maybe, one[side].maybe).length > 0;
  return needsOf(after).length === 0 && !after.some((each, at) => isWorse(met[at], each, 'egress') || isWorse(met[at], each, 'ingress'));
}

/** The rules without those that the others make needless. */
function withoutNeedless(of: Search, rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] {
  return rules.reduceRight((kept, rule) => {
    const fewer = kept.filter((each) => each !== rule);
    return isOpenedBy(of, fewer) ? fewer : kept;
  }, rules);
}

function sideEffectsOf(facts: CompiledFacts, rules: readonly SecurityGroupRule[], asked: readonly AskedPath[]): SideEffect[] {
  const changed = (isEgress: boolean) => rules.filter((rule) => rule.isEgress === isEgress).map((rule) => rule.groupId);
  const [out, into] = [changed(true), changed(false)];
  return asked.flatMap(({ label, path, outcome }) => {
    // Only who holds a changed group can be affected: asking again about thousands of others would take the longest of all.
    if (!out.some((id) => path.from.groupIds.has(id)) && !into.some((id) => path.to.groupIds.has(id))) return [];
    const after = outcomeOfPath(facts, path);
    return after === outcome ? [] : [{ label, before: outcome, after }];
  });
}

function printed({ facts }: CompiledFacts, path: Path, found: Proven, region: string): PathRemedy {
  const { rules, sideEffects } = found;
  const ownerOf = (id: string): string | undefined => {
    const group = itemOf(facts.groups, id);
    return group?.ok && group.value.found ? group.value.ownerId : undefined;
  };
  const peerOwnerOf = (groupId: string, peer: RulePeer) => {
    const owner = peer.kind === 'group' ? ownerOf(peer.groupId) : undefined;
    return owner === ownerOf(groupId) ? undefined : owner;
  };
  const toPrint = rules.map((rule): PrintedRule => ({ rule, peerOwner: peerOwnerOf(rule.groupId, rule.peer) }));
  return {
    rules,
    summary: summarise(path, found),
    commands: toPrint.map((each) => printCommand(each, region)),
    terraform: toPrint.map(printTerraform).join('\n\n'),
    sideEffects,
  };
}

const WHY: Readonly<Record<Means, string>> = {
  group: '',
  subnet: ' No reference to a group would do, so subnets are named: whatever else is in them is admitted as well.',
  address: ' No reference to a group and no subnet would do, so the addresses of today are named: others need rules of their own.',
};

function summarise({ from, to }: Path, { rules, means, after, sideEffects }: Proven): string {
  const said = rules.map((rule) => `a rule of ${rule.groupId} that ${describeRule(rule)}`).join(', and ');
  const also = sideEffects.map(({ label, before, after }) => `${label} (${before} to ${after})`).join(', ');
  const proven = after === 'open' ? 'is open' : 'is blocked nowhere; what is unknown of it stays so';
  const whom = `the path from ${from.endpoint.label} to ${to.endpoint.label}`;
  return `Add ${said}: evaluated again with that, ${whom} ${proven}.${WHY[means]}${also && ` It also changes ${also}.`}`;
}
