import { DescribeSecurityGroupVpcAssociationsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { inBatches } from '../../aws/batches.ts';
import { eachPage, PAGE_SIZE } from '../../aws/pages.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import type { VpcAssociation } from '../../domain/security-group.ts';
import { defineItemSlice } from '../define.ts';
import { heldAbroad } from '../holders.ts';

const DESCRIBE_ASSOCIATIONS = 'ec2:DescribeSecurityGroupVpcAssociations';

/** Per group, the VPCs besides its own that it was associated with, in whatever state. */
async function collectVpcAssociations(
  ec2: EC2Client,
  groupIds: readonly string[],
  clock: () => Date,
): Promise<ItemReads<readonly VpcAssociation[]>> {
  return inBatches<readonly VpcAssociation[]>({ action: DESCRIBE_ASSOCIATIONS, ids: groupIds, clock, absent: [] }, async (batch) => {
    const associations = new Map<string, VpcAssociation[]>();
    await eachPage(
      [
        ec2,
        DescribeSecurityGroupVpcAssociationsCommand,
        {
          Filters: [{ Name: 'group-id', Values: batch }],
          MaxResults: PAGE_SIZE,
        },
        'SecurityGroupVpcAssociations',
      ],
      (page) => {
        for (const { GroupId, VpcId, State } of page) {
          if (!GroupId || !VpcId) throw new MalformedAnswer('the answer holds an association without its group or VPC');
          associations.set(GroupId, [...(associations.get(GroupId) ?? []), { vpcId: VpcId, state: State ?? 'of unknown state' }]);
        }
      },
    );
    return associations;
  });
}

export const vpcAssociations = defineItemSlice({
  name: 'vpcAssociations',
  reads: 'associations of groups with other VPCs',
  service: 'ec2',
  actions: [DESCRIBE_ASSOCIATIONS],
  after: ['podEnis', 'podClusters'],
  beside: ['taggedGroups', 'nodes', 'fargateEnis', 'controlPlaneEnis', 'securityGroups'],
  read: ({ clients, clock }, read) => collectVpcAssociations(clients.ec2, heldAbroad(read), clock),
});
