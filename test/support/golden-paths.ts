import type { NetworkInterface, Slices } from '../../shared/domain/inventory.ts';
import type { SecurityGroupAnswer } from '../../shared/domain/security-group.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import type { Rule } from '../../shared/rules/define.ts';
import dns from '../../shared/rules/paths/dns-path-blocked.ts';
import podToPod from '../../shared/rules/paths/pod-to-pod-path-blocked.ts';
import probes from '../../shared/rules/paths/probe-path-blocked.ts';
import { aboutOf } from './about.ts';
import { CLUSTER, denied } from './interfaces.ts';
import { group, NODE_GROUP, node, ok, pathSlices, pod, podCluster, rule } from './path-slices.ts';
import { finding, report, TARGET } from './reports.ts';

const SETS = ['web', 'api', 'batch', 'cron'] as const;
const idOf = (name: string): string =>
  `sg-0000000000000${[...name]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .slice(0, 4)}`;
const tcp = (id: string, port: number) => rule(id, { id: `sgr-${name(id)}`, ipProtocol: 'tcp', fromPort: port, toPort: port });
const name = (id: string): string => SETS.find((each) => idOf(each) === id) ?? '';
const all = (id: string) => [rule(id, { id: 'sgr-out' }), rule(id, { id: 'sgr-in', isEgress: false })];

const podOf = (set: string, cluster: string, index: number): NetworkInterface => ({
  ...pod({ id: `eni-${set}`, groups: [{ id: idOf(set), name: set }], privateIpAddresses: [`10.0.1.${20 + index}`] }),
  tags: { [`kubernetes.io/cluster/${cluster}`]: 'owned' },
});

/** Four sets: one forgets UDP, one is open, one of a cluster whose nodes could not be read, one in a cluster where all is open. */
const slices = (): Partial<Slices> => ({
  podEnis: [podOf('web', CLUSTER, 0), podOf('api', CLUSTER, 1), podOf('batch', 'ledger', 2), podOf('cron', 'search', 3)],
  podClusters: Object.fromEntries(
    [CLUSTER, 'ledger', 'search'].map((each) => [each, ok({ found: true, cluster: podCluster({ name: each }) })]),
  ),
  nodes: { [CLUSTER]: ok([node()]), ledger: denied('ec2:DescribeInstances', 'ledger'), search: ok([node()]) },
  fargateProfiles: Object.fromEntries([CLUSTER, 'ledger', 'search'].map((each) => [each, ok([])])),
  cniAddons: Object.fromEntries([CLUSTER, 'ledger', 'search'].map((each) => [each, ok({ found: true, enforcingMode: undefined })])),
  securityGroups: Object.fromEntries(
    [...SETS.map(idOf), NODE_GROUP].map((id) => [id, ok<SecurityGroupAnswer>(group(id, { name: name(id) }))]),
  ),
  securityGroupRules: {
    ...Object.fromEntries([...SETS.map(idOf), NODE_GROUP].map((id) => [id, ok(all(id))])),
    [idOf('web')]: ok([tcp(idOf('web'), 53)]),
  },
});

/** A report of paths as the rules give it. */
export function pathReport(): AuditReport {
  const context = {
    target: TARGET,
    at: new Date('2026-11-20T18:35:00.000Z'),
    minOrphanAgeMinutes: 30,
    corednsSecurityGroups: [],
    probePorts: [8080],
  };
  const verdictsOf = (each: Rule): Verdict[] =>
    each
      .evaluate(pathSlices(each, slices()) as Slices, context)
      .map((judged) => ({ ruleId: each.meta.id, ...aboutOf(each.meta.id), severity: each.meta.severity, ...judged }));
  const verdicts = [dns, probes, podToPod].flatMap(verdictsOf);
  return report({
    coverage: ['podEnis', 'podClusters', 'nodes', 'securityGroupRules'].map((slice) => ({
      slice,
      ok: slice !== 'nodes',
      ...(slice === 'nodes' ? { reason: 'ec2:DescribeInstances for ledger failed: AccessDenied' } : {}),
    })),
    verdicts,
    findings: verdicts.filter(({ verdict }) => verdict === 'fail').map(findingOf),
    unknown: verdicts
      .filter(({ verdict }) => verdict === 'unknown')
      .map(({ ruleId, subject, cluster, summary }) => ({ ruleId, subject, cluster: cluster ?? null, reason: summary })),
  });
}

const findingOf = ({ ruleId, subject, cluster, severity, state, summary, details, evidence, remedy }: Verdict) =>
  finding({
    ...{ ruleId, subject, severity, summary, ...(details ? { details } : {}), evidence },
    cluster: cluster ?? null,
    ...(state ? { state } : {}),
    remedy: remedy ?? { summary: '', commands: [] },
  });
