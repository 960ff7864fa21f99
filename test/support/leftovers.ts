import type { Finding } from '../../shared/domain/finding.ts';
import type { ProofPoint, Remedy } from '../../shared/domain/verdict.ts';
import { eniId, FIRST, finding, NEWEST, TARGET } from './reports.ts';

const proof = (n: number, cluster: string, seen: ProofPoint): ProofPoint[] => [
  {
    point: 'controller-owned',
    outcome: 'holds',
    says: 'description is aws-k8s-branch-eni; tag eks:eni:owner is eks-vpc-resource-controller',
  },
  { point: 'own-account', outcome: 'holds', says: `owner is ${TARGET.accountId}, the audited account is ${TARGET.accountId}` },
  { point: 'status-available', outcome: 'holds', says: 'status is available' },
  { point: 'not-managed', outcome: 'holds', says: 'neither requester-managed nor operated by an AWS service' },
  { point: 'cluster-gone', outcome: 'holds', says: `cluster ${cluster}: DescribeCluster answered ResourceNotFoundException` },
  {
    point: 'trunk-and-instance-gone',
    outcome: 'holds',
    says: `trunk ${eniId(0xf00 + (n % 3))} does not exist; instance i-0123456789abcdef0 is terminated`,
  },
  seen,
];

export interface LeftoverParts {
  cluster?: string;
  state?: 'orphan' | 'suspect';
  ruleId?: 'orphaned-branch-eni' | 'orphaned-trunk-eni';
}

/** A leftover branch (or trunk) interface with the evidence that the rules give. */
export function leftover(
  n: number,
  { cluster = 'payments', state = 'orphan', ruleId = 'orphaned-branch-eni' }: LeftoverParts = {},
): Finding {
  const id = eniId(n);
  const isOrphan = state === 'orphan';
  const seen: ProofPoint = isOrphan
    ? { point: 'seen-twice', outcome: 'holds', says: `seen unchanged 2x over 35 minutes, since ${FIRST}` }
    : {
        point: 'seen-twice',
        outcome: 'waits',
        says: `seen unchanged 1x over 0 minutes, since ${NEWEST}; two sightings at least 30 minutes apart are needed`,
      };
  return finding({
    ruleId,
    severity: ruleId === 'orphaned-branch-eni' ? 'high' : 'medium',
    state,
    subject: { type: 'network-interface', id },
    cluster,
    summary: `${id} ${isOrphan ? 'is an orphan' : 'looks like an orphan'} of the deleted cluster ${cluster}`,
    details: seen.says,
    evidence: {
      proof: proof(n, cluster, seen),
      interface: {
        id,
        status: 'available',
        subnetId: 'subnet-0aaaaaaaaaaaaaaa1',
        vpcId: 'vpc-0cccccccccccccccc',
        availabilityZone: 'eu-west-1a',
        addresses: [`10.0.1.${n}`],
        securityGroups: [{ id: 'sg-0bbbbbbbbbbbbbbb1', name: 'payments-pods' }],
      },
      blocks: { securityGroups: ['sg-0bbbbbbbbbbbbbbb1'], subnet: 'subnet-0aaaaaaaaaaaaaaa1', vpc: 'vpc-0cccccccccccccccc' },
      sightings: isOrphan ? { count: 2, first: FIRST, newest: NEWEST } : { count: 1, first: NEWEST, newest: NEWEST },
    },
    remedy: isOrphan
      ? {
          summary: 'Delete it; nothing uses it any more.',
          commands: [`aws ec2 delete-network-interface --region eu-west-1 --network-interface-id ${id}`],
        }
      : { summary: `Look again: ${seen.says}.`, commands: [] },
    sightings: isOrphan ? 2 : 1,
    firstSeen: isOrphan ? FIRST : NEWEST,
  });
}

/** A security group, subnet or VPC that only these interfaces keep alive. */
export function pinned(
  type: 'security-group' | 'subnet' | 'vpc',
  id: string,
  unlockSet: readonly string[],
  parts: Partial<Finding> = {},
): Finding {
  return finding({
    ruleId: 'pinned-by-orphans',
    severity: 'medium',
    state: 'orphan',
    subject: { type, id },
    cluster: 'payments',
    evidence: { name: type === 'security-group' ? 'payments-pods' : '', unlockSet, trunks: [], addressesReturned: unlockSet.length },
    remedy: { summary: `Delete ${unlockSet.join(', ')}; then it can be deleted.`, commands: [] },
    ...parts,
  });
}

/** A live cluster's available branch interface. */
export function leaked(n: number, state: 'suspect' | 'leaked', remedy: Remedy): Finding {
  const { evidence } = leftover(n);
  return finding({
    ruleId: 'leaked-branch-eni',
    severity: 'medium',
    state,
    subject: { type: 'network-interface', id: eniId(n) },
    cluster: 'checkout',
    evidence,
    remedy,
    sightings: 2,
  });
}
