import { DescribeSubnetsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { inBatches } from '../../aws/batches.ts';
import { eachPage, PAGE_SIZE } from '../../aws/pages.ts';
import type { Subnet } from '../../domain/cluster.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import { defineItemSlice } from '../define.ts';
import { usedSubnets } from '../holders.ts';

const DESCRIBE_SUBNETS = 'ec2:DescribeSubnets';

/** An answer per subnet; undefined when the complete answer does not hold it. */
function collectSubnets(ec2: EC2Client, ids: readonly string[], clock: () => Date): Promise<ItemReads<Subnet | undefined>> {
  return inBatches<Subnet | undefined>({ action: DESCRIBE_SUBNETS, ids, clock, absent: undefined }, async (batch) => {
    const subnets = new Map<string, Subnet>();
    await eachPage(
      [
        ec2,
        DescribeSubnetsCommand,
        {
          Filters: [{ Name: 'subnet-id', Values: batch }],
          MaxResults: PAGE_SIZE,
        },
        'Subnets',
      ],
      (page) => {
        for (const { SubnetId, VpcId, CidrBlock, Ipv6CidrBlockAssociationSet } of page) {
          if (!SubnetId) throw new MalformedAnswer('the answer holds a subnet without its id');
          const ipv6 = (Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []);
          subnets.set(SubnetId, { id: SubnetId, vpcId: VpcId ?? '', cidrs: [...(CidrBlock ? [CidrBlock] : []), ...ipv6] });
        }
      },
    );
    return subnets;
  });
}

export const subnets = defineItemSlice({
  name: 'subnets',
  reads: 'the subnets of pods and nodes',
  service: 'ec2',
  actions: [DESCRIBE_SUBNETS],
  after: ['podEnis', 'podClusters'],
  beside: ['nodes', 'fargateEnis'],
  read: ({ clients, clock }, read) => collectSubnets(clients.ec2, usedSubnets(read), clock),
});
