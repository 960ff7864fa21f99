import type { ChangeNotice } from '../../shared/changes/change.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { DailyDigest } from '../../shared/digests/digest.ts';
import { type Accepted, acceptedBy } from '../../shared/domain/acceptance.ts';
import type { Finding, Transition, TransitionKind } from '../../shared/domain/finding.ts';
import { describeEnd, describeSuppression } from '../../shared/findings/meaning.ts';
import type { PlanEvent, PlanNotice, ProposedPlan } from '../../shared/plans/plan.ts';
import type { Certificate, DeletedCluster, DeletionWarning, Leftover } from '../../shared/teardowns/teardown.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { change, changeNotice, GROUP, NODES, news, toldChange } from '../support/changes.ts';
import { dailyDigest, FULL_DAY } from '../support/daily.ts';
import { leaked, leftover, pinned } from '../support/leftovers.ts';
import { eniId, finding, gap, NEWEST, TARGET } from '../support/reports.ts';

function wordsOf({ summary, details }: Finding, words?: string | Pick<Transition, 'says' | 'details'>) {
  if (words === undefined) return { says: summary, ...(details ? { details } : {}) };
  return typeof words === 'string' ? { says: words } : words;
}

/** A transition of a finding, as the ledger tells it. */
export const told = (kind: TransitionKind, of: Finding, words?: string | Pick<Transition, 'says' | 'details'>): Announcement => ({
  kind: 'transition',
  id: `${of.id}#${kind}#${NEWEST}`,
  target: TARGET,
  transition: { kind, findingId: of.id, at: NEWEST, ...wordsOf(of, words) },
  finding: of,
});

export const suspect = (n = 1) => told('opened', leftover(n, { state: 'suspect' }));
export const orphan = (n = 1) => told('changed', leftover(n), { says: 'orphan, was suspect', details: leftover(n).summary });
export const gone = (n = 1) =>
  told('resolved', leftover(n), { says: `${eniId(n)} is gone`, details: 'EC2 answered InvalidNetworkInterfaceID.NotFound' });
export const inUseAgain = (n = 1) => told('resolved', leftover(n, { state: 'suspect' }), `${eniId(n)} is in use again (in-use)`);
export const unread = () => told('opened', gap('clusters', 'eks:DescribeCluster', ['payments']).finding);
export const pin = () => {
  const group = 'sg-0bbbbbbbbbbbbbbb1';
  const summary = `only 2 orphaned interfaces keep security group ${group} (payments-pods) from being deleted`;
  const details = '2 addresses come back with them';
  return told('opened', pinned('security-group', group, [eniId(1), eniId(2)], { summary, details }));
};
export const leak = () => {
  const remedy = { summary: "Check the cluster role's AmazonEKSVPCResourceController policy.", commands: [] };
  const { evidence: _, ...rest } = leaked(50, 'leaked', remedy);
  const proof = [
    { point: 'status-available', outcome: 'holds', says: 'status is available' },
    { point: 'cluster-alive', outcome: 'holds', says: 'cluster checkout is ACTIVE in vpc-0cccccccccccccccc' },
    { point: 'seen-twice', outcome: 'holds', says: 'seen unchanged 3x over 65 minutes, since 2026-11-20T17:30:00.000Z' },
  ];
  const summary = `${eniId(50)} of the live cluster checkout is available`;
  const details = proof[2]?.says ?? '';
  return told('opened', { ...rest, summary, details, evidence: { proof } });
};

export const CLUSTER: DeletedCluster = {
  name: 'payments',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
  createdAt: '2025-02-03T09:10:11.000Z',
  vpcId: 'vpc-0cccccccccccccccc',
  subnetIds: ['subnet-0aaaaaaaaaaaaaaa1', 'subnet-0aaaaaaaaaaaaaaa2'],
  clusterSecurityGroupId: 'sg-0bbbbbbbbbbbbbbb9',
  roleArn: 'arn:aws:iam::111122223333:role/payments',
};

export const left = (n: number, parts: Partial<Leftover> = {}): Leftover => ({
  id: eniId(n),
  kind: 'branch-interface',
  status: 'available',
  description: 'aws-k8s-branch-eni',
  ours: true,
  state: 'orphan',
  says: `${eniId(n)} is an orphan of the deleted cluster payments`,
  blocks: { securityGroups: ['sg-0bbbbbbbbbbbbbbb1'], subnet: 'subnet-0aaaaaaaaaaaaaaa1', vpc: 'vpc-0cccccccccccccccc' },
  ...parts,
});

export const certified = (parts: Partial<Certificate> = {}): Announcement => ({
  kind: 'certificate',
  id: `certificate/payments/${NEWEST}`,
  target: TARGET,
  certificate: { outcome: 'clean', at: NEWEST, cluster: CLUSTER, leftovers: [], says: 'Nothing is left of cluster payments.', ...parts },
});

export const leftBehind = () =>
  certified({
    outcome: 'leftovers',
    says: '3 branch and trunk interfaces and 1 other interfaces are left of cluster payments.',
    leftovers: [
      left(1),
      left(2),
      left(3, { status: 'in-use', state: 'in-use', says: 'still in-use: its node or its pod is still there' }),
      left(4, {
        kind: 'load-balancer-interface',
        ours: false,
        state: undefined,
        says: "a load balancer's; delete the load balancer, not the interface",
        blocks: { securityGroups: ['sg-0bbbbbbbbbbbbbbb7'], subnet: 'subnet-0aaaaaaaaaaaaaaa2', vpc: 'vpc-0cccccccccccccccc' },
      }),
    ],
  });

export const superseded = () =>
  certified({
    outcome: 'superseded',
    says: 'A newer cluster payments lives in the same VPC.',
    details: 'The newer one collects what the old one left.',
    leftovers: [left(1)],
  });

export const warned = (parts: Partial<DeletionWarning> = {}): Announcement => ({
  kind: 'warning',
  id: `warning/payments/${NEWEST}`,
  target: TARGET,
  warning: {
    at: NEWEST,
    cluster: CLUSTER,
    principal: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
    branchesInUse: 212,
    branchesAvailable: 3,
    says: 'Cluster payments is being deleted while 212 branch interfaces serve pods and 3 wait to be collected: they will be left behind.',
    advice: ['Delete the pods while the control plane still answers.', 'Terminate the remaining nodes.'],
    ...parts,
  },
});

/** What is told of a plan. */
export const toldPlan = (event: PlanEvent, plan: ProposedPlan, parts: Partial<PlanNotice> = {}): Announcement => ({
  kind: 'plan',
  id: `plan/${plan.id}#${event}#${NEWEST}`,
  target: TARGET,
  notice: { plan: plan.id, event, at: NEWEST, says: plan.says, ...parts },
  plan,
});

/** What changes did to a cluster. */
export const toldNotice = (parts: Partial<ChangeNotice> = {}): Announcement => {
  const notice = changeNotice(parts);
  return { kind: 'change', id: `change-notice/${notice.id}`, target: TARGET, notice };
};

export const cutOff = () => {
  const probes = news({
    ruleId: 'probe-path-blocked',
    severity: 'high',
    setId: `${GROUP}+${NODES}`,
    pods: 1,
    interfaces: ['eni-00000000000000009'],
    says: 'pods of payments cannot be probed',
    fix: null,
  });
  return toldNotice({
    lost: [news(), probes],
    regained: [news({ ruleId: 'pod-to-pod-path-blocked', pods: 2, fix: null, says: 'they reach one another on tcp 8080' })],
    moreChanges: 3,
  });
};
/** A transition that somebody's call explains. */
export const causedBy = (who: string): Announcement => {
  const blocked = finding({
    ruleId: 'dns-path-blocked',
    subject: { type: 'security-group-set', id: GROUP },
    summary: 'pods cannot resolve names',
    details: 'udp 53 is blocked by egress',
  });
  const opened = told('opened', blocked);
  if (opened.kind !== 'transition') return opened;
  return {
    ...opened,
    transition: { ...opened.transition, cause: `RevokeSecurityGroupEgress by ${who} with terraform: revoked egress udp 53` },
  };
};
export const backAgain = () => {
  const authorized = toldChange({
    change: change({ call: 'AuthorizeSecurityGroupEgress' }),
    says: `authorized egress udp 53 to 0.0.0.0/0 of ${GROUP}`,
  });
  return toldNotice({ lost: [], regained: [news({ fix: null, says: 'udp 53 is open; tcp 53 is open' })], changes: [authorized] });
};
/** A digest of a day. */
export const today = (changes: Partial<DailyDigest> = {}): Announcement => {
  const digest = dailyDigest(changes);
  return { kind: 'daily', id: `daily/${digest.at}`, target: TARGET, digest };
};

/** A day on which everything is to be told. */
export const fullDay = (): Announcement => today(FULL_DAY);

/** So many suspects of one cluster, and what became of others. */
export const many = (suspects: number, resolved = 0): Announcement[] => [
  ...Array.from({ length: suspects }, (_, index) => suspect(index + 1)),
  ...Array.from({ length: resolved }, (_, index) => gone(suspects + index + 1)),
];

export const certificateOf = (name: string) => certified({ cluster: { ...CLUSTER, name }, says: `Nothing is left of cluster ${name}.` });

const SET = finding({
  ruleId: 'dns-path-blocked',
  ...{ severity: 'critical', state: 'blocked', cluster: 'web' },
  subject: { type: 'security-group-set', id: 'sg-0bbbbbbbbbbbbbbb1' },
  summary: 'pods of web with sg-0bbbbbbbbbbbbbbb1 cannot resolve names',
  details: 'udp 53 is blocked by egress',
  remedy: { summary: 'Add a rule that lets out udp 53 to the nodes.', commands: [] },
});
const verdict = { ...SET, cluster: 'web' };
const accepted: Accepted = { ...acceptedBy(ACCEPTED), reason: 'talks to IP addresses only: no names needed' };

export const acceptedSet = () => told('suppressed', { ...SET, accepted }, describeSuppression(accepted, verdict));
export const endOfAcceptance = () => told('changed', SET, describeEnd(accepted, ACCEPTED, verdict, new Date('2027-01-01T00:00:00Z')));
