// What is said of a remedy that was proven.

import { itemOf } from '../domain/read.ts';
import type { PathOutcome, RulePeer, SecurityGroupRule } from '../domain/security-group.ts';
import { type CompiledFacts, groupOf } from './compile.ts';
import { describeRule } from './describe.ts';
import type { Path } from './evaluate.ts';
import { type PrintedRule, printCommand, printTerraform } from './print-rule.ts';
import { type Means, MOST_RULES } from './remedy-candidates.ts';

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

/** Rules that were proven to open a path. */
export interface Proven {
  rules: readonly SecurityGroupRule[];
  means: Means;
  /** `unknown` where something of the path was so before. */
  after: PathOutcome;
  sideEffects: readonly SideEffect[];
}

/** A proven remedy in words, as commands and as Terraform. */
export function printed(compiled: CompiledFacts, path: Path, found: Proven, region: string): PathRemedy {
  const { rules, sideEffects } = found;
  const ownerOf = (id: string): string | undefined => {
    const group = itemOf(compiled.facts.groups, id);
    return group?.ok && group.value.found ? group.value.ownerId : undefined;
  };
  const peerOwnerOf = (groupId: string, peer: RulePeer) => {
    const owner = peer.kind === 'group' ? ownerOf(peer.groupId) : undefined;
    return owner === ownerOf(groupId) ? undefined : owner;
  };
  const toPrint = rules.map((rule): PrintedRule => ({ rule, peerOwner: peerOwnerOf(rule.groupId, rule.peer) }));
  return {
    rules,
    summary: summarise(path, found) + roomSays(compiled, rules),
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

/** A group that has as many rules as EC2 allows by default may refuse one more. */
function roomSays(compiled: CompiledFacts, rules: readonly SecurityGroupRule[]): string {
  const isFull = ({ groupId, isEgress }: SecurityGroupRule) =>
    groupOf(compiled, groupId).rules[isEgress ? 'egress' : 'ingress'].length >= MOST_RULES;
  const full = [...new Set(rules.filter(isFull).map(({ groupId }) => groupId))];
  const refuses = `EC2 refuses more than ${MOST_RULES} in one direction unless the quota was raised`;
  return full.length === 0 ? '' : ` ${full.join(' and ')} has ${MOST_RULES} rules or more already, and ${refuses}.`;
}
