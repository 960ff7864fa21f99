import { DescribeSecurityGroupsCommand, type EC2Client, type Filter, type SecurityGroup } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { eachPage, filterBatches, PAGE_SIZE } from '../../aws/pages.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { Read } from '../../domain/read.ts';

export const DESCRIBE_SECURITY_GROUPS = 'ec2:DescribeSecurityGroups';

/** By group id: the other groups whose ingress or egress rules refer to it. */
export function collectReferences(
  ec2: EC2Client,
  groupIds: readonly string[],
  clock: () => Date,
): Promise<Read<ReadonlyMap<string, readonly string[]>>> {
  return attempt({ action: DESCRIBE_SECURITY_GROUPS, item: 'rules that refer to the pinned groups' }, clock, async () => {
    const referrers = new Map(groupIds.map((id) => [id, new Set<string>()]));
    const visit = (groups: readonly SecurityGroup[]) => {
      for (const [from, to] of groups.flatMap(referencesOf)) referrers.get(to)?.add(from);
    };
    for (const Values of filterBatches(groupIds)) {
      for (const Name of ['ip-permission.group-id', 'egress.ip-permission.group-id']) await readGroups(ec2, { Name, Values }, visit);
    }
    return new Map([...referrers].map(([id, groups]) => [id, [...groups].sort()]));
  });
}

/** The other groups that a group's rules refer to. */
function referencesOf({ GroupId, IpPermissions, IpPermissionsEgress }: SecurityGroup): [from: string, to: string][] {
  const pairs = [...(IpPermissions ?? []), ...(IpPermissionsEgress ?? [])].flatMap((rule) => rule.UserIdGroupPairs ?? []);
  return pairs.flatMap(({ GroupId: to }) => {
    if (!GroupId) throw new MalformedAnswer('the answer holds a security group without its id');
    return to && to !== GroupId ? [[GroupId, to]] : [];
  });
}

function readGroups(ec2: EC2Client, filter: Filter, visit: (groups: readonly SecurityGroup[]) => void): Promise<void> {
  return eachPage([ec2, DescribeSecurityGroupsCommand, { Filters: [filter], MaxResults: PAGE_SIZE }, 'SecurityGroups'], visit);
}
