// Does the judgement of paths grow with the number of security-group sets, and no faster? Both sizes are measured side by side in one
// process, in turns, so that a busy machine slows both alike. What counts is the ratio; ten times the sets should take about ten times.

import { type Read, readOk } from '../shared/domain/read.ts';
import type { Host, NetworkFacts, RulePeer, SecurityGroupRule } from '../shared/domain/security-group.ts';
import { compileFacts } from '../shared/network/compile.ts';
import { compileEndpoint } from '../shared/network/endpoint.ts';
import { evaluate } from '../shared/network/evaluate.ts';
import { type AskedPath, remedyFor } from '../shared/network/remedy.ts';

const SETS_PER_CLUSTER = 10;
const NODES = 200;
const RULES = 60;
const PODS = 5;
const ROUNDS = 5;
const AT = new Date('2026-01-01T00:00:00Z');
const TRAFFIC = [
  { protocol: 'udp', port: 53 },
  { protocol: 'tcp', port: 53 },
  { protocol: 'tcp', port: 8080 },
] as const;

interface Cluster {
  nodes: readonly Host[];
  sets: readonly (readonly Host[])[];
}

const address = (network: number, host: number): string => `10.${network % 256}.${Math.floor(host / 256)}.${host % 256}`;

/** 60 rules in each direction, as full as EC2 lets a group be: narrow blocks, and last, if at all, the one that opens. */
function rulesOf(groupId: string, opened: RulePeer | undefined, network: number): SecurityGroupRule[] {
  const rule = (isEgress: boolean, index: number): SecurityGroupRule => ({
    id: `sgr-${groupId}-${isEgress}-${String(index).padStart(2, '0')}`,
    groupId,
    isEgress,
    ipProtocol: index % 3 === 0 ? 'udp' : 'tcp',
    fromPort: index % 4 === 0 ? 53 : 1000 + index,
    toPort: index % 4 === 0 ? 53 : 9000 + index,
    peer: { kind: 'cidr-ipv4', cidr: `${address(network, index * 64)}/26` },
  });
  const last = (isEgress: boolean) => ({ ...rule(isEgress, RULES - 1), ...(opened && { ipProtocol: '-1', peer: opened }) });
  return [true, false].flatMap((isEgress) => [...Array.from({ length: RULES - 1 }, (_, index) => rule(isEgress, index)), last(isEgress)]);
}

const referenceTo = (groupId: string): RulePeer => ({
  kind: 'group',
  groupId,
  userId: '1',
  vpcId: undefined,
  peeringStatus: undefined,
  vpcPeeringConnectionId: undefined,
});

/** Nodes with a primary address, a second interface and three delegated prefixes each; sets of two groups, half of them open. */
function build(sets: number): { facts: NetworkFacts; clusters: Cluster[] } {
  const groups: Record<string, NetworkFacts['groups'][string]> = {};
  const rules: Record<string, Read<readonly SecurityGroupRule[]>> = {};
  const add = (id: string, vpcId: string, peer: RulePeer | undefined, network: number) => {
    groups[id] = readOk({ found: true, id, name: id, ownerId: '1', vpcId, tags: {} }, AT);
    rules[id] = readOk(rulesOf(id, peer, network), AT);
  };
  const clusters = Array.from({ length: sets / SETS_PER_CLUSTER }, (_, c): Cluster => {
    const vpcId = `vpc-${c}`;
    const nodeGroup = `sg-nodes-${c}`;
    add(nodeGroup, vpcId, { kind: 'cidr-ipv4', cidr: `10.${c % 256}.0.0/16` }, c);
    const prefixes = (node: number) => [0, 1, 2].map((each) => `${address(c, 16_384 + (node * 3 + each) * 16)}/28`);
    const nodes = Array.from(
      { length: NODES },
      (_, n): Host => ({
        label: `node ${n}`,
        addresses: [address(c, n * 2), address(c, n * 2 + 1), ...prefixes(n)],
        groupIds: [nodeGroup],
        vpcId,
      }),
    );
    const podSets = Array.from({ length: SETS_PER_CLUSTER }, (_, s) => {
      const groupIds = [`sg-${c}-${s}-a`, `sg-${c}-${s}-b`];
      for (const id of groupIds) add(id, vpcId, s % 2 === 0 ? referenceTo(nodeGroup) : undefined, c);
      return Array.from(
        { length: PODS },
        (_, p): Host => ({ label: `pod ${p}`, addresses: [address(c, 8192 + s * 16 + p)], groupIds, vpcId }),
      );
    });
    return { nodes, sets: podSets };
  });
  return { facts: { groups, rules, associations: {}, prefixLists: {} }, clusters };
}

interface Measured {
  judging: number;
  fixing: number;
  outcomes: Map<string, number>;
}

/** An audit's share: compile everything once, ask about every set of every cluster, find what opens each path that is not open. */
function judgeAll({ facts, clusters }: ReturnType<typeof build>): Measured {
  const measured: Measured = { judging: 0, fixing: 0, outcomes: new Map() };
  let began = performance.now();
  const lap = (): number => {
    const spent = performance.now() - began;
    began += spent;
    return spent;
  };
  const compiled = compileFacts(facts);
  for (const cluster of clusters) {
    const nodes = compileEndpoint({ label: 'nodes', hosts: cluster.nodes });
    const asked = cluster.sets.flatMap((set, index): AskedPath[] => {
      const pods = compileEndpoint({ label: `set ${index}`, hosts: set });
      return TRAFFIC.map((traffic) => {
        const path = { from: pods, to: nodes, traffic };
        return { label: `set ${index}`, path, outcome: evaluate(compiled, path).outcome };
      });
    });
    measured.judging += lap();
    for (const { path, outcome } of asked) {
      const others = asked.filter((other) => other.path !== path);
      const isFixed = remedyFor(compiled, path, others, 'eu-west-1') !== undefined;
      const what = isFixed ? `${outcome} and fixed` : outcome;
      measured.outcomes.set(what, (measured.outcomes.get(what) ?? 0) + 1);
    }
    measured.fixing += lap();
  }
  return measured;
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

const [small, large] = [build(200), build(2000)];
judgeAll(small);
const rounds = Array.from({ length: ROUNDS }, () => ({ few: judgeAll(small), many: judgeAll(large) }));
const line = (name: string, time: (measured: Measured) => number): string => {
  const [few, many] = [median(rounds.map((round) => time(round.few))), median(rounds.map((round) => time(round.many)))];
  return `  ${name}: 200 sets ${few.toFixed(0)} ms, 2000 sets ${many.toFixed(0)} ms, ratio ${(many / few).toFixed(1)} for 10 times the sets`;
};
const outcomes = [...(rounds[0]?.many.outcomes ?? [])].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
process.stdout.write(
  [
    `clusters of ${SETS_PER_CLUSTER} sets, ${RULES} rules each way a group, ${NODES} nodes; ${TRAFFIC.length} paths a set (${outcomes})`,
    line('judging', ({ judging }) => judging),
    line('remedies', ({ fixing }) => fixing),
    '',
  ].join('\n'),
);
