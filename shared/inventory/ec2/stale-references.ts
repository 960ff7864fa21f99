import { DescribeStaleSecurityGroupsCommand, type EC2Client, type StaleIpPermission } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { eachItem } from '../../aws/each-item.ts';
import { eachPage } from '../../aws/pages.ts';
import type { StaleReference } from '../../domain/cluster.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import { defineItemSlice } from '../define.ts';
import { leftVpcs } from '../holders.ts';

const DESCRIBE_STALE = 'ec2:DescribeStaleSecurityGroups';

// EC2 pages this one at 5 to 255.
const STALE_PAGE_SIZE = 255;

const referencesOf = (groupId: string, isEgress: boolean, permissions: readonly StaleIpPermission[] = []): StaleReference[] =>
  permissions.flatMap(({ IpProtocol, UserIdGroupPairs }) =>
    (UserIdGroupPairs ?? []).map(({ GroupId }) => ({ groupId, isEgress, protocol: IpProtocol ?? '', referencedGroupId: GroupId ?? '' })),
  );

/** Per VPC, the rules that EC2 itself calls stale. EC2 knows no filter for groups. */
function collectStaleReferences(
  ec2: EC2Client,
  vpcIds: readonly string[],
  clock: () => Date,
): Promise<ItemReads<readonly StaleReference[]>> {
  const ask = (VpcId: string) =>
    attempt({ action: DESCRIBE_STALE, item: VpcId }, clock, async () => {
      const stale: StaleReference[] = [];
      await eachPage(
        [ec2, DescribeStaleSecurityGroupsCommand, { VpcId, MaxResults: STALE_PAGE_SIZE }, 'StaleSecurityGroupSet'],
        (groups) => {
          for (const { GroupId, StaleIpPermissions, StaleIpPermissionsEgress } of groups) {
            if (!GroupId) throw new MalformedAnswer('the answer holds a security group without its id');
            stale.push(...referencesOf(GroupId, false, StaleIpPermissions), ...referencesOf(GroupId, true, StaleIpPermissionsEgress));
          }
        },
      );
      return stale;
    });
  // Few tokens in this call's bucket: 20, 5 of them back per second.
  return eachItem(vpcIds, ask, 2);
}

export const staleReferences = defineItemSlice({
  name: 'staleReferences',
  reads: 'stale rules',
  service: 'ec2',
  actions: [DESCRIBE_STALE],
  after: ['podEnis', 'podClusters'],
  beside: ['securityGroups', 'securityGroupRules', 'referencedGroups'],
  read: ({ clients, clock }, read) => collectStaleReferences(clients.ec2, leftVpcs(read), clock),
});
