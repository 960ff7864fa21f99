// What belongs to one cluster, alive or not: for preflight, which looks before the deletion instead of after it.
import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { type EKSClient, ListFargateProfilesCommand, ListNodegroupsCommand } from '@aws-sdk/client-eks';
import { attempt } from '../aws/attempt.ts';
import { allPages, eachPage, PAGE_SIZE } from '../aws/pages.ts';
import type { NetworkInterface } from '../domain/inventory.ts';
import type { Read } from '../domain/read.ts';
import { CLUSTER_NAME_TAG, CLUSTER_TAG_PREFIX } from '../domain/tags.ts';
import type { ClusterInstance } from '../teardowns/preflight-report.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './ec2/network-interface.ts';
import { instancesOf } from './ec2/reservations.ts';

const DESCRIBE_INSTANCES = 'ec2:DescribeInstances';
const LIST_NODEGROUPS = 'eks:ListNodegroups';
const LIST_FARGATE_PROFILES = 'eks:ListFargateProfiles';
export const actions = [DESCRIBE_INTERFACES, DESCRIBE_INSTANCES, LIST_NODEGROUPS, LIST_FARGATE_PROFILES];
export const fargateActions = [LIST_FARGATE_PROFILES];

// EKS pages its lists at 1 to 100.
const EKS_PAGE_SIZE = 100;

/** Every interface of one description that either cluster tag gives to the cluster, whatever its status. */
export function collectClusterInterfaces(
  ec2: EC2Client,
  cluster: string,
  description: string,
  clock: () => Date,
): Promise<Read<readonly NetworkInterface[]>> {
  return attempt({ action: DESCRIBE_INTERFACES, item: `${description} of ${cluster}` }, clock, async () => {
    const found = new Map<string, NetworkInterface>();
    const ofCluster = [
      { Name: 'tag-key', Values: [`${CLUSTER_TAG_PREFIX}${cluster}`] },
      { Name: `tag:${CLUSTER_NAME_TAG}`, Values: [cluster] },
    ];
    // Filters are ANDed, so either tag is a query of its own, as in the controller's own cleaner.
    for (const filter of ofCluster) {
      await readInterfaces(ec2, [{ Name: 'description', Values: [description] }, filter], (interfaces) => {
        for (const eni of interfaces) found.set(eni.id, eni);
      });
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}

/** The cluster's instances that are not terminated. */
export function collectClusterInstances(ec2: EC2Client, cluster: string, clock: () => Date): Promise<Read<readonly ClusterInstance[]>> {
  return attempt({ action: DESCRIBE_INSTANCES, item: cluster }, clock, async () => {
    const instances: ClusterInstance[] = [];
    await eachPage(
      [
        ec2,
        DescribeInstancesCommand,
        {
          // `shared` instances are not the cluster's own.
          Filters: [{ Name: `tag:${CLUSTER_TAG_PREFIX}${cluster}`, Values: ['owned'] }],
          MaxResults: PAGE_SIZE,
          IncludeManagedResources: true,
        },
        'Reservations',
      ],
      (reservations) => {
        for (const { InstanceId, State, Tags, Operator } of instancesOf(reservations)) {
          const state = State?.Name ?? 'of unknown state';
          const nodegroup = Tags?.find((tag) => tag.Key === 'eks:nodegroup-name')?.Value;
          if (state !== 'terminated') instances.push({ id: InstanceId, state, nodegroup, managed: Operator?.Managed ?? false });
        }
      },
    );
    return instances;
  });
}

/** The names of the cluster's managed node groups. */
export function collectNodegroups(eks: EKSClient, clusterName: string, clock: () => Date): Promise<Read<readonly string[]>> {
  return attempt({ action: LIST_NODEGROUPS, item: clusterName }, clock, async () =>
    (await allPages([eks, ListNodegroupsCommand, { clusterName, maxResults: EKS_PAGE_SIZE }, 'nodegroups'])).sort(),
  );
}

/** The names of the cluster's Fargate profiles. */
export function collectFargateProfiles(eks: EKSClient, clusterName: string, clock: () => Date): Promise<Read<readonly string[]>> {
  return attempt({ action: LIST_FARGATE_PROFILES, item: clusterName }, clock, async () =>
    (await allPages([eks, ListFargateProfilesCommand, { clusterName, maxResults: EKS_PAGE_SIZE }, 'fargateProfileNames'])).sort(),
  );
}
