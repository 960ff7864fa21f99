import { DescribeSecurityGroupsCommand, type EC2Client, type Filter, type SecurityGroup } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import type { SecurityGroupAnswer } from '../model/network.ts';
import type { TaggedGroup } from '../model/paths.ts';
import type { ItemReads, Read } from '../model/read.ts';
import { COREDNS_GROUP_TAG, POD_GROUP_TAG } from '../model/tags.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { inBatches } from './batches.ts';
import { PAGE_SIZE, readPages } from './pages.ts';
import { DESCRIBE_SECURITY_GROUPS } from './references.ts';

export const actions = [DESCRIBE_SECURITY_GROUPS];

function project({ GroupId, GroupName, OwnerId, VpcId, Tags }: SecurityGroup): TaggedGroup {
  if (!GroupId) throw new MalformedAnswer('the answer holds a security group without its id');
  const tags = Object.fromEntries((Tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
  return { found: true, id: GroupId, name: GroupName ?? '', ownerId: OwnerId ?? '', vpcId: VpcId ?? '', tags };
}

async function list(ec2: EC2Client, filter: Filter): Promise<TaggedGroup[]> {
  const groups: TaggedGroup[] = [];
  const ask = async (NextToken: string | undefined) => {
    const answer = await ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [filter],
        MaxResults: PAGE_SIZE,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    return { items: answer.SecurityGroups, nextToken: answer.NextToken };
  };
  await readPages('securityGroupInfo', ask, (page) => {
    groups.push(...page.map(project));
    return true;
  });
  return groups;
}

/** Groups that carry the tags `sgp-warden:pod-sg` or `sgp-warden:coredns-sg`, whoever holds them. */
export function collectTaggedGroups(ec2: EC2Client, clock: () => Date): Promise<Read<readonly TaggedGroup[]>> {
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
export async function collectSecurityGroups(
  ec2: EC2Client,
  ids: readonly string[],
  clock: () => Date,
): Promise<ItemReads<SecurityGroupAnswer>> {
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
