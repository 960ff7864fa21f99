// Facts, hosts and rules for tests, with what every case would otherwise repeat. The VPC is vpc-0a, unless a case says otherwise.

import { type ItemReads, type Read, readFailed, readOk } from '../../shared/domain/read.ts';
import type {
  Endpoint,
  GroupReference,
  Host,
  NetworkFacts,
  PathProof,
  RulePeer,
  SecurityGroupRule,
  Traffic,
} from '../../shared/domain/security-group.ts';
import { type CompiledFacts, compileFacts } from '../../shared/network/compile.ts';
import { compileEndpoint } from '../../shared/network/endpoint.ts';
import { evaluate, type Path } from '../../shared/network/evaluate.ts';

export const VPC = 'vpc-0a';
export const PEER_VPC = 'vpc-0b';
const AT = new Date('2026-11-25T12:00:00Z');

/** A peer as tests write it: a CIDR, `pl-…`, or `sg-…`. */
const peerOf = (text: string): RulePeer => {
  if (text.startsWith('pl-')) return { kind: 'prefix-list', id: text };
  if (text.startsWith('sg-')) return reference(text);
  return text.includes(':') ? { kind: 'cidr-ipv6', cidr: text } : { kind: 'cidr-ipv4', cidr: text };
};

/** A reference to a group, within the VPC unless more is said. */
export const reference = (groupId: string, more: Partial<GroupReference> = {}): RulePeer => ({
  kind: 'group',
  groupId,
  userId: '111122223333',
  vpcId: undefined,
  peeringStatus: undefined,
  vpcPeeringConnectionId: undefined,
  ...more,
});

/** Rules of one group, e.g. `{ out: ['udp 53 10.0.0.0/16'], in: ['tcp 80-443 sg-b', 'all 0.0.0.0/0'] }`, ids counted in that order. */
export interface Rules {
  out?: readonly (string | Partial<SecurityGroupRule>)[];
  in?: readonly (string | Partial<SecurityGroupRule>)[];
}

function ruleOf(groupId: string, isEgress: boolean, index: number, said: string | Partial<SecurityGroupRule>): SecurityGroupRule {
  const id = `sgr-${groupId.slice(3)}-${isEgress ? 'out' : 'in'}-${index + 1}`;
  const base: SecurityGroupRule = { id, groupId, isEgress, ipProtocol: '-1', fromPort: -1, toPort: -1, peer: peerOf('0.0.0.0/0') };
  if (typeof said !== 'string') return { ...base, ...said };
  const [protocol = '', ...words] = said.split(' ');
  const peer = peerOf(words.pop() ?? '');
  const [from = '-1', to = from] = (words[0] ?? '-1').split(/(?<=\d)-/);
  return { ...base, ipProtocol: protocol === 'all' ? '-1' : protocol, fromPort: Number(from), toPort: Number(to), peer };
}

export const denied = <T>(action: string, item: string): Read<T> =>
  readFailed({ cause: 'denied', action, item, code: 'UnauthorizedOperation', message: 'You are not authorized.' });

export interface World {
  /** `denied`: its rules could not be read. */
  groups: Readonly<Record<string, Rules | 'denied'>>;
  lists?: Readonly<Record<string, readonly string[] | 'denied'>>;
  /** Of groups that are not in vpc-0a. */
  homes?: Readonly<Record<string, string>>;
  /** By group: VPC and state. */
  associations?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function factsOf({ groups, lists = {}, homes = {}, associations = {} }: World): NetworkFacts {
  const map = <A, B>(record: Readonly<Record<string, A>>, of: (value: A, id: string) => Read<B>): ItemReads<B> =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [id, of(value, id)]));
  return {
    groups: map(groups, (_, id) => readOk({ found: true, id, name: id, ownerId: '111122223333', vpcId: homes[id] ?? VPC, tags: {} }, AT)),
    rules: map(groups, (rules, id) =>
      rules === 'denied'
        ? denied('ec2:DescribeSecurityGroupRules', id)
        : readOk(
            [
              ...(rules.out ?? []).map((each, i) => ruleOf(id, true, i, each)),
              ...(rules.in ?? []).map((each, i) => ruleOf(id, false, i, each)),
            ],
            AT,
          ),
    ),
    associations: map(associations, (states) =>
      readOk(
        Object.entries(states).map(([vpcId, state]) => ({ vpcId, state })),
        AT,
      ),
    ),
    prefixLists: map(lists, (entries, id) => (entries === 'denied' ? denied('ec2:GetManagedPrefixListEntries', id) : readOk(entries, AT))),
  };
}

/** A host, e.g. `host('node 1', ['10.0.0.5'], ['sg-nodes'])`. */
export const host = (label: string, addresses: readonly string[], groupIds: readonly string[], more: Partial<Host> = {}): Host => ({
  label,
  addresses,
  groupIds,
  vpcId: VPC,
  ...more,
});

export const endpoint = (label: string, hosts: readonly Host[]): Endpoint => ({ label, hosts });

export interface Case {
  world: World;
  from: readonly Host[];
  to: readonly Host[];
  traffic?: Traffic;
}

export const DNS: Traffic = { protocol: 'udp', port: 53 };

export const compiled = ({ world, from, to, traffic = DNS }: Case): { facts: CompiledFacts; path: Path } => ({
  facts: compileFacts(factsOf(world)),
  path: { from: compileEndpoint(endpoint('pods', from)), to: compileEndpoint(endpoint('CoreDNS', to)), traffic },
});

/** What the evaluator says of a case. */
export function judge(each: Case): PathProof {
  const { facts, path } = compiled(each);
  return evaluate(facts, path);
}
