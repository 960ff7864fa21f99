import type { AddressFamily, Endpoint, Host } from '../domain/security-group.ts';
import { parseBlock } from './address.ts';
import { type Interval, type Intervals, unionOf } from './intervals.ts';
import { familyName } from './peer.ts';

/** Where addresses live: a family, or `unplaced`: one point for each host of which no address is known. */
export type Space = AddressFamily | 'unplaced';
export type BySpace = Readonly<Record<Space, Intervals>>;

export interface CompiledHost {
  /** Its place in the endpoint. */
  index: number;
  label: string;
  spaces: BySpace;
  /** Why it has a point in `unplaced`. */
  unplaced: string | undefined;
}

/** Hosts that no security group can tell apart but by address: the same groups in the same VPC. They are judged together. */
export interface HostClass {
  vpcId: string;
  groupIds: readonly string[];
  hosts: readonly CompiledHost[];
  spaces: BySpace;
}

interface ParsedHost {
  host: Host;
  blocks: Readonly<Record<AddressFamily, readonly Interval[]>>;
  malformed: string | undefined;
}

/** An end made ready: its hosts by groups and VPC, its addresses as intervals. Compile each end once and use it in many paths. */
export interface CompiledEndpoint {
  readonly endpoint: Endpoint;
  readonly parsed: readonly ParsedHost[];
  /** Every family of which some host has an address. */
  readonly families: readonly AddressFamily[];
  /** Of every host. */
  readonly labels: readonly string[];
  /** Every group that some host holds. */
  readonly groupIds: ReadonlySet<string>;
  /** By families: the classes, once they were asked for. */
  readonly classes: Map<string, readonly HostClass[]>;
}

/** Makes one end ready for `evaluate`. Never throws: an address that is none leaves its host without a known address. */
export function compileEndpoint(endpoint: Endpoint): CompiledEndpoint {
  const parsed = endpoint.hosts.map(parseHost);
  const families = (['ipv4', 'ipv6'] as const).filter((family) => parsed.some(({ blocks }) => blocks[family].length > 0));
  const labels = endpoint.hosts.map((host) => host.label);
  const groupIds = new Set(endpoint.hosts.flatMap((host) => host.groupIds));
  return { endpoint, parsed, families, labels, groupIds, classes: new Map() };
}

function parseHost(host: Host): ParsedHost {
  const blocks: Record<AddressFamily, Interval[]> = { ipv4: [], ipv6: [] };
  let malformed: string | undefined;
  for (const text of host.addresses) {
    const block = parseBlock(text);
    if (block) blocks[block.family].push(block.interval);
    else malformed ??= text;
  }
  return { host, blocks, malformed };
}

/** The hosts of an end by what security groups see of them, as far as these families go. */
export function classesOf(end: CompiledEndpoint, families: readonly AddressFamily[]): readonly HostClass[] {
  const key = families.join();
  const known = end.classes.get(key);
  if (known) return known;
  const members = new Map<string, { parsed: ParsedHost; compiled: CompiledHost }[]>();
  end.parsed.forEach((parsed, index) => {
    const name = JSON.stringify([parsed.host.vpcId, [...new Set(parsed.host.groupIds)].sort()]);
    const compiled = compileHost(parsed, index, families);
    const alike = members.get(name);
    if (alike) alike.push({ parsed, compiled });
    else members.set(name, [{ parsed, compiled }]);
  });
  const classes = [...members.values()].map(classOf);
  end.classes.set(key, classes);
  return classes;
}

function compileHost({ host, blocks, malformed }: ParsedHost, index: number, families: readonly AddressFamily[]): CompiledHost {
  const placed = (family: AddressFamily) => (families.includes(family) ? unionOf(blocks[family]) : []);
  const [ipv4, ipv6] = [placed('ipv4'), placed('ipv6')];
  // A malformed address is one more that the host has and nobody knows; so is the only one of a host that should have one.
  const unplaced =
    malformed !== undefined
      ? `${JSON.stringify(malformed)} is no address`
      : ipv4.length + ipv6.length === 0
        ? `no ${families.map(familyName).join(' or ')} address of it is known`
        : undefined;
  const spaces = { ipv4, ipv6, unplaced: unplaced === undefined ? [] : [{ start: index, end: index + 1 }] };
  return { index, label: host.label, spaces, unplaced };
}

function classOf(members: readonly { parsed: ParsedHost; compiled: CompiledHost }[]): HostClass {
  const hosts = members.map(({ compiled }) => compiled);
  const { vpcId = '', groupIds = [] } = members[0]?.parsed.host ?? {};
  const space = (name: Space) => unionOf(hosts.flatMap(({ spaces }) => spaces[name]));
  return {
    vpcId,
    groupIds: [...new Set(groupIds)].sort(),
    hosts,
    spaces: { ipv4: space('ipv4'), ipv6: space('ipv6'), unplaced: space('unplaced') },
  };
}
