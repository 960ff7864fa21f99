import { DescribeSecurityGroupVpcAssociationsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { VpcAssociation } from '../model/network.ts';
import type { ItemReads } from '../model/read.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { inBatches } from './batches.ts';
import { PAGE_SIZE, readPages } from './pages.ts';

const DESCRIBE_ASSOCIATIONS = 'ec2:DescribeSecurityGroupVpcAssociations';
export const actions = [DESCRIBE_ASSOCIATIONS];

/** Per group, the VPCs besides its own that it was associated with, in whatever state. */
export async function collectVpcAssociations(
  ec2: EC2Client,
  groupIds: readonly string[],
  clock: () => Date,
): Promise<ItemReads<readonly VpcAssociation[]>> {
  return inBatches<readonly VpcAssociation[]>({ action: DESCRIBE_ASSOCIATIONS, ids: groupIds, clock, absent: [] }, async (batch) => {
    const associations = new Map<string, VpcAssociation[]>();
    const ask = async (NextToken: string | undefined) => {
      const answer = await ec2.send(
        new DescribeSecurityGroupVpcAssociationsCommand({
          Filters: [{ Name: 'group-id', Values: batch }],
          MaxResults: PAGE_SIZE,
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
      );
      return { items: answer.SecurityGroupVpcAssociations, nextToken: answer.NextToken };
    };
    await readPages('securityGroupVpcAssociationSet', ask, (page) => {
      for (const { GroupId, VpcId, State } of page) {
        if (!GroupId || !VpcId) throw new MalformedAnswer('the answer holds an association without its group or VPC');
        associations.set(GroupId, [...(associations.get(GroupId) ?? []), { vpcId: VpcId, state: State ?? 'of unknown state' }]);
      }
      return true;
    });
    return associations;
  });
}
