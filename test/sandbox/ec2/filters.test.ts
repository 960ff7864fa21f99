import { DescribeNetworkInterfacesCommand, type Filter } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

let aws: Account;

beforeEach(async () => {
  aws = await account();
  const world = aws.world();
  world.putInterface({ description: 'aws-k8s-branch-eni', tags: { team: 'Checkout', 'a:b': '' } });
  world.putInterface({ description: 'aws-k8s-branch-eni', status: 'in-use', tags: { team: 'payments' } });
  world.putInterface({ description: 'aws-K8S-i-0123', tags: { Team: 'checkout' } });
  world.putInterface({ description: 'a*b\\c?', requesterManaged: true });
});

const list = async (...filters: [name: string, ...values: string[]][]): Promise<string[]> => {
  const Filters: Filter[] = filters.map(([Name, ...Values]) => ({ Name, Values }));
  const { NetworkInterfaces } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  return (NetworkInterfaces ?? []).map(({ Description, Status }) => `${Description} ${Status}`);
};

const BRANCH = 'aws-k8s-branch-eni';

describe('filters', () => {
  it('are joined by AND, their values by OR', async () => {
    expect(await list(['description', BRANCH, 'aws-K8S-i-0123'])).toHaveLength(3);
    expect(await list(['description', BRANCH, 'aws-K8S-i-0123'], ['status', 'available'])).toEqual([
      `${BRANCH} available`,
      'aws-K8S-i-0123 available',
    ]);
  });

  it.each<[string, [string, ...string[]], number]>([
    ['a value must match as a whole', ['description', 'aws-k8s'], 0],
    ['case counts in values', ['description', 'AWS-K8S-BRANCH-ENI'], 0],
    ['case counts in tag keys', ['tag:team', '*'], 2],
    ['* stands for any text', ['description', 'aws-k8s-*'], 2],
    ['* stands for no text too', ['description', `${BRANCH}*`], 2],
    ['? stands for one character', ['description', 'aws-???-branch-eni'], 2],
    ['? does not stand for none', ['description', `${BRANCH}?`], 0],
    ['a backslash takes a wildcard its meaning', ['description', 'a\\*b\\\\c\\?'], 1],
    ['a pattern is no regular expression', ['description', 'aws.k8s.branch.eni'], 0],
    ['an empty value matches an empty tag', ['tag:a:b', ''], 1],
    ['tag-key asks for the key alone', ['tag-key', 'team', 'nobody'], 2],
    ['booleans are words', ['requester-managed', 'true'], 1],
    ['an attachment filter matches nothing that has none', ['attachment.status', '*'], 0],
  ])('%s', async (_, filter, count) => {
    expect(await list(filter)).toHaveLength(count);
  });

  it.each([['Description'], ['descriptions'], ['constructor'], ['operator'], ['']])('refuse the unknown name %p', async (name) => {
    expect(await failure(list([name, 'x']))).toMatchObject({
      name: 'InvalidParameterValue',
      status: 400,
      message: `The filter '${name}' is invalid`,
    });
  });

  it('refuse to be without values', async () => {
    expect(await failure(list(['status']))).toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('take 200 values in a call, over all filters', async () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => `value-${index}`);
    expect(await list(['description', ...values(150)], ['status', ...values(50)])).toEqual([]);
    expect(await failure(list(['description', ...values(150)], ['status', ...values(51)]))).toMatchObject({ name: 'FilterLimitExceeded' });
  });

  it('take values of 255 characters', async () => {
    expect(await list(['description', 'x'.repeat(255)])).toEqual([]);
    expect(await failure(list(['description', 'x'.repeat(256)]))).toMatchObject({ name: 'FilterLimitExceeded' });
  });
});
