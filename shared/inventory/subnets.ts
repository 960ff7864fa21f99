import { DescribeSubnetsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Subnet } from '../model/paths.ts';
import type { ItemReads } from '../model/read.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { inBatches } from './batches.ts';
import { PAGE_SIZE, readPages } from './pages.ts';

const DESCRIBE_SUBNETS = 'ec2:DescribeSubnets';
export const actions = [DESCRIBE_SUBNETS];

/** An answer per subnet; undefined when the complete answer does not hold it. */
export function collectSubnets(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<Subnet | undefined>> {
  return inBatches<Subnet | undefined>({ action: DESCRIBE_SUBNETS, ids, clock, absent: undefined }, async (batch) => {
    const subnets = new Map<string, Subnet>();
    const ask = async (NextToken: string | undefined) => {
      const answer = await ec2.send(
        new DescribeSubnetsCommand({
          Filters: [{ Name: 'subnet-id', Values: batch }],
          MaxResults: PAGE_SIZE,
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
      );
      return { items: answer.Subnets, nextToken: answer.NextToken };
    };
    await readPages('subnetSet', ask, (page) => {
      for (const { SubnetId, VpcId, CidrBlock, Ipv6CidrBlockAssociationSet } of page) {
        if (!SubnetId) throw new MalformedAnswer('the answer holds a subnet without its id');
        const ipv6 = (Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []);
        subnets.set(SubnetId, { id: SubnetId, vpcId: VpcId ?? '', cidrs: [...(CidrBlock ? [CidrBlock] : []), ...ipv6] });
      }
      return true;
    });
    return subnets;
  });
}
