import { findingId } from '../../shared/domain/finding.ts';
import type { CleanupReport } from '../../shared/findings/audit-report.ts';
import type { DeletionOutcome, DeletionRecord, Execution, Plan, PlannedDeletion, Refusal } from '../../shared/plans/deletion.ts';
import { leftover } from './leftovers.ts';
import { eniId, FIRST, NEWEST, report, TARGET } from './reports.ts';

const findingOf = (n: number, cluster: string) =>
  findingId(TARGET, { ruleId: 'orphaned-branch-eni', cluster, subject: { type: 'network-interface', id: eniId(n) } });

/** An interface that a plan deletes, with the proof that the rules give. */
export function planned(n: number, parts: Partial<PlannedDeletion> = {}): PlannedDeletion {
  const cluster = parts.cluster ?? 'payments';
  const { proof } = leftover(n, { cluster }).evidence;
  return {
    interfaceId: eniId(n),
    cluster,
    findingId: findingOf(n, cluster),
    fingerprint: `fingerprint-${n}`,
    since: FIRST,
    addresses: [`10.0.1.${n}`],
    owners: { clusters: [cluster], trunk: undefined, instance: undefined },
    proof: proof as PlannedDeletion['proof'],
    ...parts,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  'seen-twice': `seen unchanged 1x over 0 minutes, since ${NEWEST}; two sightings at least 30 minutes apart are needed`,
  'batch-limit': 'deferred: 12 in one run at most; run again for the rest',
  'not-excluded': 'it carries the tag sgp-warden:keep',
};

/** One that a guard holds back. */
export const refused = (n: number, guard: string, parts: Partial<Refusal> = {}): Refusal => ({
  interfaceId: eniId(n),
  cluster: 'payments',
  guard,
  reason: REASONS[guard] ?? 'not now',
  ...parts,
});

/** A plan that does nothing, unless told otherwise. */
export const plan = (parts: Partial<Plan> = {}): Plan => ({
  target: TARGET,
  createdAt: NEWEST,
  digest: '0123456789abcdef',
  deletions: [],
  refusals: [],
  unblocks: [],
  ...parts,
});

/** A cleanup of an account in which there is nothing to clean up, unless told otherwise. */
export const cleanupReport = (parts: Partial<Omit<CleanupReport, 'plan'>> & { plan?: Partial<Plan> } = {}): CleanupReport => ({
  audit: report(),
  exclusions: { clusters: [], vpcs: [] },
  execution: undefined,
  freed: [],
  ...parts,
  plan: plan(parts.plan),
});

/** The same with suspects that lack only a second sighting. */
export const suspected = (...ns: number[]): CleanupReport =>
  cleanupReport({
    audit: report({ findings: ns.map((n) => leftover(n, { state: 'suspect' })) }),
    plan: { refusals: ns.map((n) => refused(n, 'seen-twice')) },
  });

/** What became of one deletion. */
export const outcome = (n: number, parts: Partial<DeletionOutcome> = {}): DeletionOutcome => ({
  interfaceId: eniId(n),
  cluster: 'payments',
  findingId: findingOf(n, 'payments'),
  status: 'deleted',
  says: 'deleted',
  ...parts,
});

export const execution = (parts: Partial<Execution> = {}): Execution => ({ outcomes: [], stop: undefined, left: [], ...parts });

/** What the ledger keeps of one deletion. */
export const deletionRecord = (n: number, parts: Partial<DeletionRecord> = {}): DeletionRecord => ({
  interfaceId: eniId(n),
  cluster: 'payments',
  findingId: findingOf(n, 'payments'),
  digest: '0123456789abcdef',
  status: 'deleted',
  lease: { by: 'worker-1', until: NEWEST },
  by: 'arn:aws:sts::111122223333:assumed-role/Operator/alice',
  at: NEWEST,
  proof: planned(n).proof,
  interface: rawInterface(n),
  says: 'deleted',
  ...parts,
});

/** An interface as EC2 describes it. */
export const rawInterface = (n: number, parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  NetworkInterfaceId: eniId(n),
  Description: 'aws-k8s-branch-eni',
  SubnetId: 'subnet-0aaaaaaaaaaaaaaa1',
  VpcId: 'vpc-0cccccccccccccccc',
  MacAddress: '02:00:00:00:00:01',
  PrivateIpAddress: `10.0.1.${n}`,
  PrivateIpAddresses: [{ PrivateIpAddress: `10.0.1.${n}`, Primary: true }],
  Ipv6Addresses: [],
  Groups: [{ GroupId: 'sg-0bbbbbbbbbbbbbbb1', GroupName: 'payments-pods' }],
  SourceDestCheck: true,
  Status: 'available',
  TagSet: [
    { Key: 'eks:eni:owner', Value: 'eks-vpc-resource-controller' },
    { Key: 'kubernetes.io/cluster/payments', Value: 'owned' },
    { Key: 'vpcresources.k8s.aws/trunk-eni-id', Value: eniId(0xf00) },
    { Key: 'vpcresources.k8s.aws/vlan-id', Value: '7' },
  ],
  ...parts,
});
