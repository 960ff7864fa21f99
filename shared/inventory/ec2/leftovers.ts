// What is left of a cluster, ours or not: for the teardown certificate.
import { DescribeSecurityGroupsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { eachPage, filterBatches, PAGE_SIZE } from '../../aws/pages.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import type { Read } from '../../domain/read.ts';
import { CLUSTER_NAME_TAG, CLUSTER_TAG_PREFIX } from '../../domain/tags.ts';
import type { DeletedCluster } from '../../teardowns/teardown.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';
import { DESCRIBE_SECURITY_GROUPS } from './references.ts';

export const actions = [DESCRIBE_INTERFACES, DESCRIBE_SECURITY_GROUPS];

// The load balancer controller tags the groups that it makes with the cluster: its load balancers' interfaces are found by them.
const LOAD_BALANCER_TAG = 'elbv2.k8s.aws/cluster';

/** Every interface that a deleted cluster may have left: its controller's, its CNI's, its control plane's, its groups' holders. */
export function collectLeftovers(ec2: EC2Client, cluster: DeletedCluster, clock: () => Date): Promise<Read<readonly NetworkInterface[]>> {
  return attempt({ action: DESCRIBE_INTERFACES, item: `leftovers of ${cluster.name}` }, clock, async () => {
    const found = new Map<string, NetworkInterface>();
    const add = (interfaces: readonly NetworkInterface[]) => {
      for (const eni of interfaces) found.set(eni.id, eni);
      return true;
    };
    const tagged = [{ Name: 'tag-key', Values: [`${CLUSTER_TAG_PREFIX}${cluster.name}`] }];
    const named = [{ Name: `tag:${CLUSTER_NAME_TAG}`, Values: [cluster.name] }];
    const controlPlane = [{ Name: 'description', Values: [`Amazon EKS ${cluster.name}`] }];
    for (const filters of [tagged, named, controlPlane]) await readInterfaces(ec2, filters, add);
    for (const groups of filterBatches(await clusterGroups(ec2, cluster))) {
      await readInterfaces(ec2, [{ Name: 'group-id', Values: groups }], add);
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}

/** The groups that are the cluster's own: its cluster security group, and what was tagged as owned by it. */
async function clusterGroups(ec2: EC2Client, { name, clusterSecurityGroupId }: DeletedCluster): Promise<string[]> {
  const groups = new Set(clusterSecurityGroupId ? [clusterSecurityGroupId] : []);
  const owned = [
    { Name: `tag:${CLUSTER_TAG_PREFIX}${name}`, Values: ['owned'] },
    { Name: `tag:${LOAD_BALANCER_TAG}`, Values: [name] },
  ];
  for (const filter of owned) {
    await eachPage(
      [
        ec2,
        DescribeSecurityGroupsCommand,
        {
          Filters: [filter],
          MaxResults: PAGE_SIZE,
        },
        'SecurityGroups',
      ],
      (page) => {
        for (const { GroupId } of page) if (GroupId) groups.add(GroupId);
      },
    );
  }
  return [...groups];
}
