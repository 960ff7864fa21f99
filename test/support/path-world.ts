// A region with a cluster whose pods have security groups of their own.
import type { Cluster, Node, RegionWorld, Sandbox, SecurityGroup, Subnet } from '../../sandbox/index.ts';
import { egress, type GivenRule, ingress } from '../../sandbox/world/network/rules.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';

export { egress, ingress };

export interface PathWorld {
  world: RegionWorld;
  cluster: Cluster;
  /** Two, with a node in each. */
  subnets: readonly [Subnet, Subnet];
  nodes: readonly [Node, Node];
  /** The group of both nodes, and so the one of CoreDNS: open inside of the VPC. */
  nodeGroup: SecurityGroup;
  /** A pod with one group for each list of rules; gives the set's id. */
  addPod: (...groups: GivenRule[][]) => string;
}

/** A cluster in a VPC of its own, two nodes in two subnets, the vpc-cni add-on in its default mode. */
export function pathWorld(sandbox: Sandbox, name = 'shop', nodeRules?: GivenRule[]): PathWorld {
  const world = sandbox.world();
  const vpc = world.createVpc();
  const subnets = [world.createSubnet({ vpcId: vpc.id }), world.createSubnet({ vpcId: vpc.id })] as const;
  const cluster = world.createCluster(name, { subnetIds: subnets.map(({ id }) => id) });
  world.installAddon(name, 'vpc-cni');
  const rules = nodeRules ?? [ingress('-1', undefined, vpc.cidr), egress('-1', undefined, '0.0.0.0/0')];
  const nodeGroup = world.createSecurityGroup({ vpcId: vpc.id, name: `${name}-nodes`, rules });
  const nodeIn = ({ id }: Subnet) => world.addNode(name, { subnetId: id, securityGroups: [nodeGroup.id], prefixes: 1 });
  const nodes = [nodeIn(subnets[0]), nodeIn(subnets[1])] as const;
  return {
    ...{ world, cluster, subnets, nodes, nodeGroup },
    addPod: (...groups) => {
      const ids = groups.map((each) => world.createSecurityGroup({ vpcId: vpc.id, rules: each }).id);
      world.addPod(nodes[0].instanceId, { securityGroups: ids });
      return ids.sort().join('+');
    },
  };
}

/** What a rule says of a set. */
export function verdictOn({ verdicts }: AuditReport, ruleId: string, setId: string): Verdict {
  const found = verdicts.find((each) => each.ruleId === ruleId && each.subject.id === setId);
  if (!found) throw new Error(`${ruleId} judged no ${setId}, only ${verdicts.map(({ subject }) => subject.id).join(', ')}`);
  return found;
}

interface Cell {
  protocol: string;
  port: number | 'any';
  open: boolean | 'some' | 'unknown';
  side?: string;
}

/** The paths of a verdict's evidence in a few words, e.g. `{ 'udp 53': 'open', 'tcp 53': 'blocked by egress' }`. */
export function pathsOf({ evidence }: Pick<Verdict, 'evidence'>): Record<string, string> {
  const word = ({ open, side }: Cell) => `${open === true ? 'open' : open === false ? 'blocked' : open}${side ? ` by ${side}` : ''}`;
  return Object.fromEntries(((evidence.paths ?? []) as Cell[]).map((cell) => [`${cell.protocol} ${cell.port}`, word(cell)]));
}
