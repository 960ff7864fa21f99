import { DescribeSecurityGroupsCommand, type EC2Client, type Filter, type SecurityGroup } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import { attempt } from '../../aws/attempt.ts';
import { inBatches } from '../../aws/batches.ts';
import { isNotFound } from '../../aws/errors.ts';
import { eachPage, PAGE_SIZE } from '../../aws/pages.ts';
import type { TaggedGroup } from '../../domain/cluster.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads, Read } from '../../domain/read.ts';
import type { SecurityGroupAnswer } from '../../domain/security-group.ts';
import { COREDNS_GROUP_TAG, POD_GROUP_TAG } from '../../domain/tags.ts';
import { defineItemSlice, defineSlice } from '../define.ts';
import { heldGroups, referencedIds } from '../holders.ts';
import { DESCRIBE_SECURITY_GROUPS } from './references.ts';

function project({ GroupId, GroupName, OwnerId, VpcId, Tags }: SecurityGroup): TaggedGroup {
  if (!GroupId) throw new MalformedAnswer('the answer holds a security group without its id');
  const tags = Object.fromEntries((Tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
  return { found: true, id: GroupId, name: GroupName ?? '', ownerId: OwnerId ?? '', vpcId: VpcId ?? '', tags };
}

async function list(ec2: EC2Client, filter: Filter): Promise<TaggedGroup[]> {
  const groups: TaggedGroup[] = [];
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
      groups.push(...page.map(project));
    },
  );
  return groups;
}

/** Groups that carry the tags `sgp-warden:pod-sg` or `sgp-warden:coredns-sg`, whoever holds them. */
function collectTaggedGroups(ec2: EC2Client, clock: () => Date): Promise<Read<readonly TaggedGroup[]>> {
  return attempt({ action: DESCRIBE_SECURITY_GROUPS, item: 'groups tagged sgp-warden:*' }, clock, async () => {
    const groups = await list(ec2, { Name: 'tag-key', Values: [POD_GROUP_TAG, COREDNS_GROUP_TAG] });
    return groups.sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}

/** One group, asked for by itself: gone only by EC2's exact code. */
function collectSecurityGroup(ec2: EC2Client, id: string, clock: () => Date): Promise<Read<SecurityGroupAnswer>> {
  return attempt({ action: DESCRIBE_SECURITY_GROUPS, item: id }, clock, async (): Promise<SecurityGroupAnswer> => {
    try {
      const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
      const group = SecurityGroups?.find(({ GroupId }) => GroupId === id);
      if (!group) throw new MalformedAnswer(`the answer does not describe ${id}`);
      return project(group);
    } catch (error) {
      if (isNotFound(error, 'InvalidGroup.NotFound')) return { found: false };
      throw error;
    }
  });
}

/** An answer per id. Asked in batches; what a complete answer does not hold is asked for by itself, because absent is not gone. */
async function collectSecurityGroups(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<SecurityGroupAnswer>> {
  const listed = await inBatches<TaggedGroup | undefined>(
    { action: DESCRIBE_SECURITY_GROUPS, ids, clock, absent: undefined },
    async (batch) => {
      const groups = await list(ec2, { Name: 'group-id', Values: batch });
      return new Map(groups.map((group) => [group.id, group]));
    },
  );
  const settle = async ([id, read]: [string, Read<TaggedGroup | undefined>]): Promise<[string, Read<SecurityGroupAnswer>]> => {
    if (!read.ok) return [id, read];
    return [id, read.value ? { ...read, value: read.value } : await collectSecurityGroup(ec2, id, clock)];
  };
  return Object.fromEntries(await pMap(Object.entries(listed), settle, { concurrency: 4 }));
}

export const taggedGroups = defineSlice({
  name: 'taggedGroups',
  reads: 'groups that are tagged for pods',
  service: 'ec2',
  actions: [DESCRIBE_SECURITY_GROUPS],
  beside: ['podEnis'],
  read: ({ clients, clock }) => collectTaggedGroups(clients.ec2, clock),
});

export const securityGroups = defineItemSlice({
  name: 'securityGroups',
  reads: 'the security groups of pods and nodes',
  service: 'ec2',
  actions: [DESCRIBE_SECURITY_GROUPS],
  after: ['podEnis', 'podClusters'],
  beside: ['taggedGroups', 'nodes', 'fargateEnis', 'controlPlaneEnis'],
  read: ({ clients, clock, request }, read) => {
    const ids = [...new Set([...heldGroups(read), ...request.corednsSecurityGroups])].sort();
    return collectSecurityGroups(clients.ec2, ids, clock);
  },
});

export const referencedGroups = defineItemSlice({
  name: 'referencedGroups',
  reads: 'the groups that their rules refer to',
  service: 'ec2',
  actions: [DESCRIBE_SECURITY_GROUPS],
  after: ['podEnis', 'podClusters'],
  beside: ['securityGroups', 'securityGroupRules'],
  read: ({ clients, clock }, read) => collectSecurityGroups(clients.ec2, referencedIds(read), clock),
});
