import type { NetworkInterface } from '../domain/inventory.ts';
import { BRANCH_DESCRIPTION, TRUNK_DESCRIPTION } from '../domain/tags.ts';
import type { Leftover } from './teardown.ts';

/** What the audit of the same moment found of an interface: its state, or why it is undecided. */
export interface Judged {
  state: string;
  says: string;
}

const KINDS: [(description: string) => boolean, Leftover['kind'], string][] = [
  [(text) => text === BRANCH_DESCRIPTION, 'branch-interface', ''],
  [(text) => text === TRUNK_DESCRIPTION, 'trunk-interface', ''],
  [(text) => text.startsWith('aws-K8S-'), 'cni-interface', "the VPC CNI's; its node should have taken it along"],
  [(text) => text.startsWith('Amazon EKS '), 'control-plane-interface', "EKS's own; EKS deletes it, open a support case if it stays"],
  [(text) => text.startsWith('ELB '), 'load-balancer-interface', "a load balancer's; delete the load balancer, not the interface"],
];

/** One interface that is left, what it is and what it blocks. */
export function leftoverOf(eni: NetworkInterface, judged: Judged | undefined): Leftover {
  const [, kind, whose] = KINDS.find(([matches]) => matches(eni.description)) ?? [
    undefined,
    'other-interface' as const,
    'holds a security group of the cluster',
  ];
  const ours = kind === 'branch-interface' || kind === 'trunk-interface';
  const inUse = eni.status !== 'available';
  const state = inUse ? 'in-use' : (judged?.state ?? 'undecided');
  const saysOurs = inUse ? `still ${eni.status}: its node or its pod is still there` : (judged?.says ?? 'not decided yet');
  return {
    id: eni.id,
    kind,
    status: eni.status,
    description: eni.description,
    ours,
    state: ours ? state : undefined,
    says: ours ? saysOurs : whose,
    blocks: { securityGroups: eni.groups.map((group) => group.id), subnet: eni.subnetId, vpc: eni.vpcId },
  };
}
