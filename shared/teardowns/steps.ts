import { BRANCH_DESCRIPTION, CLUSTER_TAG_PREFIX } from '../domain/tags.ts';
import type { Remedy } from '../domain/verdict.ts';
import type { PreflightOutcome, PreflightReport } from './preflight-report.ts';

type Found = Pick<PreflightReport, 'leftBehind' | 'deleteFirst' | 'outliving'>;

// The order matters: only a living cluster's controller removes branch interfaces, and it acts through the cluster role.
// https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html
/** What to do before `aws eks delete-cluster`, in order. */
export function preflightSteps(cluster: string, region: string, outcome: PreflightOutcome, found: Found): Remedy[] {
  if (outcome === 'no-such-cluster') return [];
  if (outcome === 'unknown')
    return [{ summary: 'Grant what could not be read (see above), and ask again before you delete anything.', commands: [] }];
  const branches = found.leftBehind.branchesInUse.length + found.leftBehind.branchesAvailable.length;
  const drain: Remedy[] = [
    {
      summary:
        'Delete or scale down every workload that a SecurityGroupPolicy selects, while the cluster lives. Keep the vpc-cni add-on and the cluster role.',
      commands: ['kubectl get securitygrouppolicies.vpcresources.k8s.aws --all-namespaces'],
    },
    {
      summary:
        'Wait until the controller has removed every branch interface: this must print 0 (an interface whose pod is gone waits a minute, leaks up to an hour).',
      commands: [
        `aws ec2 describe-network-interfaces --region ${region} --filters Name=description,Values=${BRANCH_DESCRIPTION} Name=tag-key,Values=${CLUSTER_TAG_PREFIX}${cluster} --query 'length(NetworkInterfaces)'`,
      ],
    },
  ];
  const nodes: Remedy[] = [
    ...(found.deleteFirst.length > 0
      ? [{ summary: `Delete what EKS wants gone first: ${found.deleteFirst.join(', ')}.`, commands: [] }]
      : []),
    ...(found.outliving.length > 0
      ? [
          {
            summary: `Terminate the ${found.outliving.length} instances of no managed node group: they outlive the control plane.`,
            commands: [`aws ec2 terminate-instances --region ${region} --instance-ids ${found.outliving.join(' ')}`],
          },
        ]
      : []),
  ];
  return [
    ...(branches > 0 ? drain : []),
    ...nodes,
    {
      summary: 'Delete the cluster, and look again half an hour later.',
      commands: [`sgp-warden audit --region ${region} --cluster ${cluster}`],
    },
  ];
}
