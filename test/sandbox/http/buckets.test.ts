import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeStaleSecurityGroupsCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { type Account, account } from '../account.ts';

/** How many of so many calls get through. */
async function passed(count: number, call: () => Promise<unknown>): Promise<number> {
  let ok = 0;
  for (let index = 0; index < count; index += 1) {
    await call().then(
      () => {
        ok += 1;
      },
      (error: unknown) => expect(error).toMatchObject({ name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } }),
    );
  }
  return ok;
}

const filtered = ({ ec2 }: Account) =>
  ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'status', Values: ['available'] }] }));
const unfiltered = ({ ec2 }: Account) => ec2.send(new DescribeNetworkInterfacesCommand());

describe("EC2's token buckets", () => {
  it('hold 100 filtered reads and refill by 20 a second', async () => {
    const aws = await account({ throttling: true });
    expect(await passed(105, () => filtered(aws))).toBe(100);
    aws.clock.advance(1 / 60);
    expect(await passed(25, () => filtered(aws))).toBe(20);
  });

  it('hold 50 reads of everything, apart from the filtered ones', async () => {
    const aws = await account({ throttling: true });
    expect(await passed(55, () => unfiltered(aws))).toBe(50);
    expect(await passed(5, () => filtered(aws))).toBe(5);
    expect(await passed(5, () => aws.ec2.send(new DescribeInstancesCommand()))).toBe(5);
  });

  it('hold 100 tag changes and refill by 10 a second', async () => {
    const aws = await account({ throttling: true });
    const { id } = aws.world().createVpc();
    const tag = () => aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] }));
    expect(await passed(103, tag)).toBe(100);
    aws.clock.advance(1 / 60);
    expect(await passed(13, tag)).toBe(10);
  });

  it('hold 20 reads of stale groups and refill by 5 a second', async () => {
    const aws = await account({ throttling: true });
    const { id } = aws.world().createVpc();
    const stale = () => aws.ec2.send(new DescribeStaleSecurityGroupsCommand({ VpcId: id }));
    expect(await passed(23, stale)).toBe(20);
    aws.clock.advance(1 / 60);
    expect(await passed(8, stale)).toBe(5);
  });

  it('hold 100 reads of prefix lists', async () => {
    const aws = await account({ throttling: true });
    const { id } = aws.world().createPrefixList();
    expect(await passed(103, () => aws.ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: id })))).toBe(100);
  });

  it('hold 50 rule changes and refill by 5 a second', async () => {
    const aws = await account({ throttling: true });
    const { id } = aws.world().createSecurityGroup({ rules: [] });
    let port = 1000;
    const authorize = () => {
      port += 1;
      return aws.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '10.0.0.0/8' }),
      );
    };
    expect(await passed(53, authorize)).toBe(50);
    aws.clock.advance(1 / 60);
    expect(await passed(8, authorize)).toBe(5);
  });

  it('are not there unless asked for', async () => {
    const aws = await account();
    expect(await passed(55, () => unfiltered(aws))).toBe(55);
  });
});
