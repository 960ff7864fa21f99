import { describeFailure, itemOf } from '../domain/read.ts';
import type { NetworkFacts, SecurityGroupRule, Side, Unsettled } from '../domain/security-group.ts';
import { type CompiledPeer, compilePeer, type Peers } from './peer.ts';
import { admits, type CompiledTraffic, compilePorts } from './traffic.ts';

/** A rule that admits some traffic; `sure: false` when it cannot be told whether it does. */
export interface Admission {
  rule: SecurityGroupRule;
  peer: CompiledPeer;
  sure: boolean;
}

interface CompiledGroup {
  id: string;
  rules: Readonly<Record<Side, readonly SecurityGroupRule[]>>;
  /** When present, the group may have rules besides those that are known. */
  unsettled: Unsettled | undefined;
  /** By side and traffic: thousands of paths ask the same few things of a group. */
  admissions: Map<string, readonly Admission[]>;
}

/** Facts made ready: what is the same for every question is found out once. Compile once per audit, ask as often as needed. */
export interface CompiledFacts {
  readonly facts: NetworkFacts;
  readonly groups: ReadonlyMap<string, CompiledGroup>;
  /** Where groups are looked up that are not in `groups`: the facts that these change. */
  readonly base?: CompiledFacts;
  readonly peers: Peers;
}

/** Makes facts ready for `evaluate`. Never throws: what cannot be understood becomes unknown where it matters. */
export function compileFacts(facts: NetworkFacts): CompiledFacts {
  return { facts, groups: new Map(Object.keys(facts.rules).map((id) => [id, compileGroup(id, facts)])), peers: new Map() };
}

function compileGroup(id: string, facts: NetworkFacts): CompiledGroup {
  const read = itemOf(facts.rules, id);
  const rules = read?.ok ? [...read.value].sort(byId) : [];
  return {
    id,
    rules: { egress: rules.filter((rule) => rule.isEgress), ingress: rules.filter((rule) => !rule.isEgress) },
    unsettled: unsettledGroup(id, facts),
    admissions: new Map(),
  };
}

// The order of the answer decides which of two equal rules is named, so it must not be the order of EC2's pages.
const byId = (a: SecurityGroupRule, b: SecurityGroupRule): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function unsettledGroup(id: string, facts: NetworkFacts): Unsettled | undefined {
  const read = itemOf(facts.rules, id);
  if (!read) return { what: 'rules', id, says: `the rules of ${id} are not known: they were not asked for` };
  if (!read.ok) return { what: 'rules', id, says: `the rules of ${id} are not known: ${describeFailure(read.reason)}` };
  const group = itemOf(facts.groups, id);
  // EC2 deletes no group that an interface holds: one of the two reads is out of date, and its rules may be as well.
  if (group?.ok && !group.value.found) return { what: 'group', id, says: `EC2 knows no group ${id}, yet a host holds it: look again` };
  return undefined;
}

/** One group that was compiled, or what stands for a group that nobody asked about. */
export const groupOf = (compiled: CompiledFacts, id: string): CompiledGroup =>
  compiled.groups.get(id) ?? (compiled.base ? groupOf(compiled.base, id) : compileGroup(id, compiled.facts));

/** The rules of one side of a group that admit, or may admit, this traffic to or from somebody, in the order of their ids. */
export function admissionsOf(
  { facts, peers }: CompiledFacts,
  group: CompiledGroup,
  side: Side,
  traffic: CompiledTraffic,
): readonly Admission[] {
  const key = `${side}/${traffic.key}`;
  const known = group.admissions.get(key);
  if (known) return known;
  const admissions = group.rules[side].flatMap((rule) => {
    const answer = admits(compilePorts(rule), traffic);
    return answer === 'no' ? [] : [{ rule, peer: compilePeer(rule, facts, peers), sure: answer === 'yes' }];
  });
  group.admissions.set(key, admissions);
  return admissions;
}

/** The same facts with some rules more, e.g. to prove a remedy. Only the groups that get one are made anew. */
export function withRules(base: CompiledFacts, added: readonly SecurityGroupRule[]): CompiledFacts {
  const changed = [...new Set(added.map(({ groupId }) => groupId))].map((id) => groupOf(base, id));
  const groups = changed.map((group): CompiledGroup => {
    const own = added.filter(({ groupId }) => groupId === group.id);
    const side = (isEgress: boolean) => own.filter((rule) => rule.isEgress === isEgress);
    const rules = {
      egress: [...group.rules.egress, ...side(true)].sort(byId),
      ingress: [...group.rules.ingress, ...side(false)].sort(byId),
    };
    return { ...group, rules, admissions: new Map() };
  });
  return { facts: base.facts, peers: base.peers, groups: new Map(groups.map((group) => [group.id, group])), base };
}
