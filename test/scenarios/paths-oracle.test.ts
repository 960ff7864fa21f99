// Random worlds, audited through AWS's own calls, against an oracle that looks into the sandbox and tries every single packet.
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type RegionWorld, type SecurityGroup, startSandbox } from '../../sandbox/index.ts';
import { egress, type GivenRule, ingress } from '../../sandbox/world/network/rules.ts';
import { pathsOf, verdictOn } from '../support/path-world.ts';
import { auditOf } from '../support/sandbox.ts';

const PROTOCOLS = ['tcp', 'udp', 'tcp', 'udp', '-1', '-1', '6', '17', 'icmp', '50'];
const PORTS: (readonly [number, number] | undefined)[] = [[53, 53], [0, 52], [54, 65_535], [1, 1000], [0, 65_535], undefined];

interface Host {
  groups: readonly string[];
  addresses: readonly number[];
}

const value = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function blockOf(cidr: string): [start: number, size: number] {
  const [ip = '', length = '32'] = cidr.split('/');
  return [value(ip), 2 ** (32 - Number(length))];
}

const isIn = (address: number, cidr: string): boolean => {
  const [start, size] = blockOf(cidr);
  return address >= start && address < start + size;
};
const everyAddressOf = (cidr: string): number[] => {
  const [start, size] = blockOf(cidr);
  return Array.from({ length: size }, (_, index) => start + index);
};

const admits = (rule: SecurityGroup['rules'][number], protocol: string, peer: Host, address: number, world: RegionWorld): boolean => {
  const named = { '6': 'tcp', '17': 'udp' }[rule.protocol] ?? rule.protocol;
  if (named !== '-1' && named !== protocol) return false;
  const hasPorts = named !== '-1' && rule.fromPort !== undefined && rule.toPort !== undefined && rule.fromPort !== -1;
  if (hasPorts && !((rule.fromPort ?? 0) <= 53 && 53 <= (rule.toPort ?? 0))) return false;
  if (rule.cidrIpv4) return isIn(address, rule.cidrIpv4);
  if (rule.referencedGroup) return peer.groups.includes(rule.referencedGroup.groupId);
  const list = world.state.prefixLists.get(rule.prefixListId ?? '');
  return (list?.entries[list.version] ?? []).some(({ cidr }) => isIn(address, cidr));
};

/** Whether some rule of one direction of a host's groups admits traffic with an address of another host. */
const lets = (host: Host, isEgress: boolean, protocol: string, peer: Host, address: number, world: RegionWorld): boolean =>
  host.groups.some((id) =>
    world.state.securityGroups.get(id)?.rules.some((rule) => rule.isEgress === isEgress && admits(rule, protocol, peer, address, world)),
  );

function oracle(pods: readonly Host[], coredns: readonly Host[], protocol: string, world: RegionWorld): string {
  const packets = pods.flatMap((pod) =>
    coredns.flatMap((host) =>
      pod.addresses.flatMap((from) =>
        host.addresses.map((to) => lets(pod, true, protocol, host, to, world) && lets(host, false, protocol, pod, from, world)),
      ),
    ),
  );
  if (packets.every(Boolean)) return 'open';
  return packets.some(Boolean) ? 'some' : 'blocked';
}

/** Draws evenly, which fast-check's own numbers do not: small ones are its favourites. */
function drawer(seed: number): <T>(from: readonly T[]) => T {
  let state = seed >>> 0;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[(state >>> 8) % from.length] as (typeof from)[number];
  };
}

/** A world of two clusters with three nodes each, and rules that are drawn for everybody. */
function build(world: RegionWorld, draw: <T>(from: readonly T[]) => T): void {
  const vpc = world.createVpc();
  const subnets = [0, 1, 2].map(() => world.createSubnet({ vpcId: vpc.id }));
  const groups = Array.from({ length: 10 }, () => world.createSecurityGroup({ vpcId: vpc.id, rules: [] }).id);
  const lists = subnets.map(({ cidr }) => world.createPrefixList({ entries: [cidr] }).id);
  for (const name of ['one', 'two']) {
    world.createCluster(name, { subnetIds: subnets.map(({ id }) => id) });
    for (const { id } of subnets) {
      const node = world.addNode(name, {
        subnetId: id,
        securityGroups: [draw(groups), draw(groups)].filter((each, at, all) => all.indexOf(each) === at),
        prefixes: draw([0, 1]),
      });
      for (let pods = 0; pods < 3; pods += 1) {
        const held = [draw(groups), draw(groups)].filter((each, at, all) => all.indexOf(each) === at);
        world.addPod(node.instanceId, { securityGroups: held });
      }
    }
  }
  const addresses = [...world.state.interfaces.values()].flatMap((eni) => [
    ...eni.privateIpAddresses.map((ip) => `${ip}/32`),
    ...eni.ipv4Prefixes,
  ]);
  const peers = [
    ...groups,
    ...lists,
    ...addresses,
    vpc.cidr,
    vpc.cidr,
    vpc.cidr,
    ...subnets.map(({ cidr }) => cidr),
    ...Array.from({ length: 25 }, () => '0.0.0.0/0'),
    '0.0.0.0/0',
    '172.16.0.0/12',
  ];
  for (const id of groups) {
    const drawn = (make: typeof egress): GivenRule[] =>
      Array.from({ length: draw([0, 1, 2, 4, 6, 8]) }, () => {
        const protocol = draw(PROTOCOLS);
        return make(protocol, ['-1', '50', 'icmp'].includes(protocol) ? undefined : draw(PORTS), draw(peers));
      });
    world.addRules(id, [...drawn(egress), ...drawn(ingress)]);
  }
}

const clusterOf = (tags: Record<string, string>): string | undefined =>
  Object.keys(tags)
    .find((key) => key.startsWith('kubernetes.io/cluster/'))
    ?.slice(22);

it('every set of every world is judged as the packets themselves say', async () => {
  const seen: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const sandbox = await startSandbox();
      const world = sandbox.world();
      build(world, drawer(seed));
      const report = await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
      const enis = [...world.state.interfaces.values()];
      for (const name of ['one', 'two']) {
        const nodes = [...world.state.instances.values()].filter(({ tags }) => clusterOf(tags) === name).map(({ id }) => id);
        const coredns = enis
          .filter((eni) => nodes.includes(eni.attachment?.instanceId ?? '') && eni.interfaceType !== 'trunk')
          .map((eni) => ({
            groups: eni.groups,
            addresses: [...eni.privateIpAddresses.map(value), ...eni.ipv4Prefixes.flatMap(everyAddressOf)],
          }));
        const pods = enis.filter((eni) => eni.description === 'aws-k8s-branch-eni' && clusterOf(eni.tags) === name);
        for (const [set, held] of Map.groupBy(pods, ({ groups }) => groups.toSorted().join('+'))) {
          const hosts = held.map((eni) => ({ groups: eni.groups, addresses: eni.privateIpAddresses.map(value) }));
          const verdict = verdictOn(
            { ...report, verdicts: report.verdicts.filter(({ cluster }) => cluster === name) },
            'dns-path-blocked',
            set,
          );
          const paths = pathsOf(verdict);
          for (const protocol of ['udp', 'tcp']) {
            const expected = oracle(hosts, coredns, protocol, world);
            seen[expected] = (seen[expected] ?? 0) + 1;
            expect({ set, protocol, outcome: paths[`${protocol} 53`]?.split(' ')[0] }).toEqual({ set, protocol, outcome: expected });
          }
        }
      }
      await sandbox.stop();
    }),
    { numRuns: 40, endOnFailure: true },
  );
  // Not by luck: each of them was met.
  for (const outcome of ['open', 'some', 'blocked']) expect(seen[outcome] ?? 0).toBeGreaterThan(10);
});
