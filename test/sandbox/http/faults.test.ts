import { DeleteNetworkInterfaceCommand, DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Effect } from '../../../sandbox/index.ts';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let eniId: string;

beforeEach(async () => {
  aws = await account();
  eniId = aws.world().putInterface().id;
  aws.world().createCluster('blue');
});

const list = () => aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'network-interface-id', Values: [eniId] }] }));
const remove = () => aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: eniId }), { requestTimeout: 300 });
const cluster = () => aws.eks.send(new DescribeClusterCommand({ name: 'blue' }));
const identity = () => aws.sts.send(new GetCallerIdentityCommand());
const outcomes = () => aws.calls.map(({ action, outcome, effect }) => `${action}: ${outcome}, ${effect}`);
const exists = () => aws.world().state.interfaces.has(eniId);

describe('an effect', () => {
  it.each<[string, Effect, () => Promise<unknown>, object]>([
    ['an error', { kind: 'error', code: 'InternalError', status: 500 }, list, { name: 'InternalError', status: 500 }],
    [
      'an error',
      { kind: 'error', code: 'ServerException', message: 'Oops', status: 500 },
      cluster,
      { name: 'ServerException', message: 'Oops' },
    ],
    ['throttling', { kind: 'throttle' }, list, { name: 'RequestLimitExceeded', status: 503 }],
    ['throttling', { kind: 'throttle' }, cluster, { name: 'ThrottlingException', status: 429 }],
    ['throttling', { kind: 'throttle' }, identity, { name: 'Throttling', status: 400 }],
    [
      'denial',
      { kind: 'deny' },
      list,
      { name: 'UnauthorizedOperation', status: 403, message: expect.stringContaining('ec2:DescribeNetworkInterfaces') },
    ],
    [
      'denial',
      { kind: 'deny' },
      cluster,
      { name: 'AccessDeniedException', status: 403, message: expect.stringContaining('eks:DescribeCluster') },
    ],
    ['denial', { kind: 'deny' }, identity, { name: 'AccessDenied', status: 403 }],
  ])('can be %s: case %#', async (_, effect, call, expected) => {
    aws.faults.add({ effect });
    const failed = await failure(call());
    expect(failed).toMatchObject(expected);
    expect(aws.calls).toMatchObject([{ outcome: failed.name, effect: 'none' }]);
  });

  it('can be an HTML page, of any status', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'html' } });
    aws.faults.add({ times: 1, effect: { kind: 'html', status: 404, body: '<html>gone</html>' } });
    expect((await failure(cluster())).name).toBe('SyntaxError');
    const second = await failure(cluster());
    expect(second.status).toBe(404);
    expect(second.name).not.toBe('ResourceNotFoundException');
    expect(outcomes()).toEqual(['DescribeCluster: html, none', 'DescribeCluster: html, none']);
  });

  it('can be half an answer', async () => {
    aws.faults.add({ effect: { kind: 'truncate' } });
    expect((await failure(cluster())).name).toBe('SyntaxError');
    expect(outcomes()).toEqual(['DescribeCluster: truncate, OK']);
  });

  it.each([
    ['a connection that breaks', 'drop'],
    ['silence', 'hang'],
  ] as const)('can be %s, before the call had its effect or after', async (_, kind) => {
    aws.faults.add({ times: 1, effect: { kind } });
    aws.faults.add({ times: 1, effect: { kind, after: true } });
    await failure(remove());
    expect(exists()).toBe(true);
    await failure(remove());
    expect(exists()).toBe(false);
    expect(outcomes()).toEqual([`DeleteNetworkInterface: ${kind}, none`, `DeleteNetworkInterface: ${kind}, OK`]);
  });

  it('can be the answer of an earlier world, to a read', async () => {
    const snapshot = aws.snapshot();
    await remove();
    aws.faults.add({ effect: { kind: 'stale', snapshot } });
    expect((await list()).NetworkInterfaces).toHaveLength(1);
    expect(await failure(remove())).toMatchObject({ name: 'InvalidNetworkInterfaceID.NotFound' });
    expect(outcomes().at(-2)).toBe('DescribeNetworkInterfaces: stale, OK');
  });
});

describe('a rule', () => {
  it('strikes the calls that it is for, as often as it says', async () => {
    aws.faults.add({
      when: ({ service, action }) => service === 'ec2' && action.startsWith('Describe'),
      times: 2,
      effect: { kind: 'throttle' },
    });
    await cluster();
    expect((await failure(list())).name).toBe('RequestLimitExceeded');
    expect((await failure(list())).name).toBe('RequestLimitExceeded');
    await list();
  });

  it('sees the parameters, the place and the number of a call', async () => {
    aws.faults.add({
      when: ({ params, region, index, mutating }) =>
        params.NetworkInterfaceId === eniId && region === 'us-east-1' && index === 2 && mutating,
      effect: { kind: 'deny' },
    });
    await list();
    expect((await failure(remove())).name).toBe('UnauthorizedOperation');
  });

  it('that comes first decides; a later one keeps its strikes', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'throttle' } });
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    expect((await failure(list())).name).toBe('RequestLimitExceeded');
    expect((await failure(list())).name).toBe('UnauthorizedOperation');
    await list();
  });

  it('can be taken away, alone or with all others', async () => {
    const takeAway = aws.faults.add({ effect: { kind: 'deny' } });
    takeAway();
    await list();
    aws.faults.add({ effect: { kind: 'deny' } });
    aws.faults.clear();
    await list();
  });

  it('may change the world before a call, and after it, while the caller waits', async () => {
    const seen: string[] = [];
    aws.faults.add({
      when: ({ action }) => action === 'DescribeNetworkInterfaces',
      times: 1,
      before: () => {
        aws.world().putInterface({ id: eniId, status: 'in-use' });
      },
      after: async ({ outcome }) => {
        seen.push(outcome);
        aws.world().removeInterface(eniId);
      },
    });
    expect((await list()).NetworkInterfaces?.[0]?.Status).toBe('in-use');
    expect((await list()).NetworkInterfaces).toEqual([]);
    expect(seen).toEqual(['OK']);
  });
});
