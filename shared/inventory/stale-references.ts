import { DescribeStaleSecurityGroupsCommand, type EC2Client, type StaleIpPermission } from '@aws-sdk/client-ec2';
import type { StaleReference } from '../model/paths.ts';
import type { ItemReads } from '../model/read.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { eachItem } from './each-item.ts';
import { readPages } from './pages.ts';

const DESCRIBE_STALE = 'ec2:DescribeStaleSecurityGroups';
export const actions = [DESCRIBE_STALE];

// EC2 pages this one at 5 to 255.
const STALE_PAGE_SIZE = 255;

const referencesOf = (groupId: string, isEgress: boolean, permissions: readonly StaleIpPermission[] = []): StaleReference[] =>
  permissions.flatMap(({ IpProtocol, UserIdGroupPairs }) =>
    (UserIdGroupPairs ?? []).map(({ GroupId }) => ({ groupId, isEgress, protocol: IpProtocol ?? '', referencedGroupId: GroupId ?? '' })),
  );

/** Per VPC, the rules that EC2 itself calls stale. EC2 knows no filter for groups. */
export function collectStaleReferences(
  ec2: EC2Client,
  vpcIds: readonly string[],
  clock: () => Date,
): Promise<ItemReads<readonly StaleReference[]>> {
  const ask = (VpcId: string) =>
    attempt({ action: DESCRIBE_STALE, item: VpcId }, clock, async () => {
      const stale: StaleReference[] = [];
      await readPages(
        'staleSecurityGroupSet',
        async (NextToken) => {
          const answer = await ec2.send(
            new DescribeStaleSecurityGroupsCommand({
              VpcId,
              MaxResults: STALE_PAGE_SIZE,
              ...(NextToken === undefined ? {} : { NextToken }),
            }),
          );
          return { items: answer.StaleSecurityGroupSet, nextToken: answer.NextToken };
        },
        (groups) => {
          for (const { GroupId, StaleIpPermissions, StaleIpPermissionsEgress } of groups) {
            if (!GroupId) throw new MalformedAnswer('the answer holds a security group without its id');
            stale.push(...referencesOf(GroupId, false, StaleIpPermissions), ...referencesOf(GroupId, true, StaleIpPermissionsEgress));
          }
          return true;
        },
      );
      return stale;
    });
  // Few tokens in this call's bucket: 20, 5 of them back per second.
  return eachItem(vpcIds, ask, 2);
}
