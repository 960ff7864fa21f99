import {
  DeleteNetworkInterfaceCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeClusterCommand, EKSClient, ListUpdatesCommand } from '@aws-sdk/client-eks';
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { account, failure } from '../account.ts';

describe('every call', () => {
  it('is recorded: when, what, where, who, with what, and how it went', async () => {
    const aws = await account();
    aws.clock.advance(5);
    const Filters = [{ Name: 'status', Values: ['available', 'in-use'] }];
    await aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 5 }));
    await failure(aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: 'eni-12345678' })));
    await failure(aws.eks.send(new DescribeClusterCommand({ name: 'blue' })));
    expect(aws.calls).toEqual([
      {
        index: 1,
        at: new Date('2026-11-21T12:05:00Z'),
        service: 'ec2',
        action: 'DescribeNetworkInterfaces',
        region: 'us-east-1',
        accessKeyId: 'AKIATEST',
        params: { Filter: [{ Name: 'status', Value: ['available', 'in-use'] }], MaxResults: '5' },
        mutating: false,
        outcome: 'OK',
        effect: 'OK',
      },
      expect.objectContaining({
        index: 2,
        action: 'DeleteNetworkInterface',
        mutating: true,
        outcome: 'InvalidNetworkInterfaceID.NotFound',
      }),
      expect.objectContaining({ index: 3, service: 'eks', params: { name: 'blue' }, outcome: 'ResourceNotFoundException' }),
    ]);
  });

  it('belongs to a region, and each region is a world of its own', async () => {
    const aws = await account({ region: 'eu-central-1' });
    aws.world().createVpc();
    expect((await aws.ec2.send(new DescribeVpcsCommand())).Vpcs).toEqual([]);
    expect(aws.world().region).toBe('eu-central-1');
    expect(aws.calls[0]?.region).toBe('us-east-1');
  });

  it('is made once where it is refused, though the caller lives at another time: the answer states none, and the SDK corrects no clock', async () => {
    const aws = await account();
    aws.clock.advance(60 * 24 * 365);
    const client = new EKSClient({
      region: 'us-east-1',
      endpoint: aws.endpoint,
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' },
    });
    await failure(client.send(new DescribeClusterCommand({ name: 'blue' })));
    expect(aws.calls).toHaveLength(1);
    expect((await fetch(aws.endpoint)).headers.get('date')).toBeNull();
  });
});

describe('GetCallerIdentity', () => {
  it.each(['123456789012', '999988887777'])('names the account %s', async (accountId) => {
    const aws = await account({ accountId });
    expect(await aws.sts.send(new GetCallerIdentityCommand())).toMatchObject({
      Account: accountId,
      Arn: `arn:aws:iam::${accountId}:user/sandbox`,
    });
  });
});

describe('what the sandbox lacks', () => {
  it('is refused by name: a call of EC2, EKS or STS', async () => {
    const { ec2, eks, sts, calls } = await account();
    expect(await failure(ec2.send(new DescribeVpnGatewaysCommand()))).toMatchObject({
      name: 'InvalidAction',
      status: 400,
      message: expect.stringContaining('DescribeVpnGateways'),
    });
    const updates = await failure(eks.send(new ListUpdatesCommand({ name: 'blue' })));
    expect(updates).toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('GET /clusters/blue/updates') });
    expect(await failure(sts.send(new GetSessionTokenCommand()))).toMatchObject({ name: 'InvalidAction' });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['InvalidAction', 'UnknownOperationException', 'InvalidAction']);
  });

  it('is refused by name: a service', async () => {
    const { endpoint } = await account();
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0';
    const response = await fetch(endpoint, { method: 'POST', headers: { authorization } });
    expect([response.status, await response.text()]).toEqual([
      501,
      expect.stringContaining('no service \\"iam\\". It has: ec2, eks, sts, sns, sqs, dynamodb, monitoring, secretsmanager.'),
    ]);
  });

  it('is refused: a request without a signature', async () => {
    const { endpoint, calls } = await account();
    const response = await fetch(endpoint, { method: 'POST', body: 'Action=DescribeVpcs' });
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('MissingAuthenticationToken')]);
    expect(calls).toEqual([]);
  });
});

describe('the environment that the sandbox offers', () => {
  it('is all that the SDK needs', async () => {
    const { env, sts, ...aws } = await account({ region: 'eu-west-1' });
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const ec2 = new EC2Client();
      await ec2.send(new DescribeVpcsCommand());
      ec2.destroy();
      expect(aws.calls).toMatchObject([{ action: 'DescribeVpcs', region: 'eu-west-1', outcome: 'OK' }]);
    } finally {
      process.env = before;
    }
  });
});
