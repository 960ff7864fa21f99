import { DescribeSecurityGroupsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Read } from '../model/read.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { filterBatches, PAGE_SIZE, readPages } from './pages.ts';

export const DESCRIBE_SECURITY_GROUPS = 'ec2:DescribeSecurityGroups';

/** By group id: the other groups whose ingress or egress rules refer to it. */
export function collectReferences(
  ec2: EC2Client,
  groupIds: readonly string[],
  clock: () => Date,
): Promise<Read<ReadonlyMap<string, readonly string[]>>> {
  return attempt({ action: DESCRIBE_SECURITY_GROUPS, item: 'rules that refer to the pinned groups' }, clock, async () => {
    const referrers = new Map(groupIds.map((id) => [id, new Set<string>()]));
    for (const batch of filterBatches(groupIds)) {
      for (const filter of ['ip-permission.group-id', 'egress.ip-permission.group-id']) {
        const ask = async (NextToken: string | undefined) => {
          const answer = await ec2.send(
            new DescribeSecurityGroupsCommand({
              Filters: [{ Name: filter, Values: batch }],
              MaxResults: PAGE_SIZE,
              ...(NextToken === undefined ? {} : { NextToken }),
            }),
          );
          return { items: answer.SecurityGroups, nextToken: answer.NextToken };
        };
        await readPages('securityGroupInfo', ask, (groups) => {
          for (const { GroupId, IpPermissions, IpPermissionsEgress } of groups) {
            for (const pair of [...(IpPermissions ?? []), ...(IpPermissionsEgress ?? [])].flatMap((rule) => rule.UserIdGroupPairs ?? [])) {
              if (!GroupId) throw new MalformedAnswer('the answer holds a security group without its id');
              if (pair.GroupId && pair.GroupId !== GroupId) referrers.get(pair.GroupId)?.add(GroupId);
            }
          }
          return true;
        });
      }
    }
    return new Map([...referrers].map(([id, groups]) => [id, [...groups].sort()]));
  });
}
