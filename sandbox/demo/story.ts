import type { Sandbox } from '../index.ts';
import { egress, ingress } from '../world/network/rules.ts';

export interface DemoAccount {
  /** The group of checkout's pods, which somebody will want to delete. */
  podGroup: string;
  /** The group of search's pods, which lets them reach all that they need. */
  searchGroup: string;
  /** The nodes go after the control plane: the way that leaves orphans. */
  terminateNodes(): void;
  /** An operator keeps one of checkout's interfaces; gives its id. */
  keepOne(): string;
  isThere(interfaceId: string): boolean;
  /** An operator deletes an interface by hand. */
  remove(interfaceId: string): void;
}

/** A VPC with two clusters; only checkout gets into trouble. */
export function createAccount(sandbox: Sandbox): DemoAccount {
  const world = sandbox.world();
  const vpc = world.createVpc({ cidr: '10.20.0.0/16' });
  const checkoutSubnet = world.createSubnet({ vpcId: vpc.id, cidr: '10.20.1.0/24' });
  const searchSubnet = world.createSubnet({ vpcId: vpc.id, cidr: '10.20.2.0/24' });
  const podGroup = world.createSecurityGroup({ name: 'checkout-payments', vpcId: vpc.id }).id;
  const inside = ingress('-1', undefined, vpc.cidr);
  const searchGroup = world.createSecurityGroup({
    name: 'search-index',
    vpcId: vpc.id,
    rules: [inside, egress('udp', 53, '0.0.0.0/0'), egress('tcp', [53, 443], vpc.cidr)],
  }).id;

  world.createCluster('checkout', { vpcId: vpc.id, subnetIds: [checkoutSubnet.id] });
  const nodes = [world.addNode('checkout', { subnetId: checkoutSubnet.id }), world.addNode('checkout', { subnetId: checkoutSubnet.id })];
  for (const node of nodes) for (let pod = 0; pod < 3; pod += 1) world.addPod(node.instanceId, { securityGroups: [podGroup] });

  world.createCluster('search', { vpcId: vpc.id, subnetIds: [searchSubnet.id] });
  world.installAddon('search', 'vpc-cni');
  const nodeRules = [inside, egress('-1', undefined, '0.0.0.0/0')];
  const searchNodes = world.createSecurityGroup({ name: 'search-nodes', vpcId: vpc.id, rules: nodeRules }).id;
  const searchNode = world.addNode('search', { subnetId: searchSubnet.id, securityGroups: [searchNodes] });
  for (let pod = 0; pod < 4; pod += 1) world.addPod(searchNode.instanceId, { securityGroups: [searchGroup] });

  return {
    podGroup,
    searchGroup,
    terminateNodes: () => {
      for (const node of nodes) world.terminateNode(node.instanceId);
    },
    keepOne: () => {
      const kept = [...world.state.interfaces.values()].filter((eni) => eni.groups.includes(podGroup)).at(-1);
      if (!kept) throw new Error('checkout left no interface to keep');
      kept.tags['sgp-warden:keep'] = 'anna is looking at it';
      return kept.id;
    },
    isThere: (interfaceId) => world.state.interfaces.has(interfaceId),
    remove: (interfaceId) => world.removeInterface(interfaceId),
  };
}
