import {
  DescribeManagedPrefixListsCommand,
  GetManagedPrefixListEntriesCommand,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

let aws: Account;

beforeEach(async () => {
  aws = await account();
});

const entries = (PrefixListId: string, given: object = {}) =>
  aws.ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId, ...given }));
const lists = (given: object = {}) => aws.ec2.send(new DescribeManagedPrefixListsCommand(given));

describe('DescribeManagedPrefixLists', () => {
  it('tells of our own, of shared ones, and of those of AWS without size and version', async () => {
    const own = aws.world().createPrefixList({ name: 'dns', entries: ['10.0.0.0/24'], maxEntries: 5, tags: { team: 'a' } });
    const shared = aws.world().createPrefixList({ ownerId: '999988887777', entries: ['fd00::/8'] });
    const s3 = aws.world().createPrefixList({ id: 'pl-63a5400a', name: 'com.amazonaws.us-east-1.s3', ownerId: 'AWS' });
    expect((await lists()).PrefixLists).toEqual([
      {
        PrefixListId: own.id,
        PrefixListName: 'dns',
        PrefixListArn: `arn:aws:ec2:us-east-1:123456789012:prefix-list/${own.id}`,
        AddressFamily: 'IPv4',
        State: 'create-complete',
        MaxEntries: 5,
        Version: 1,
        OwnerId: '123456789012',
        Tags: [{ Key: 'team', Value: 'a' }],
      },
      expect.objectContaining({ PrefixListId: shared.id, AddressFamily: 'IPv6', OwnerId: '999988887777' }),
      {
        PrefixListId: s3.id,
        PrefixListName: 'com.amazonaws.us-east-1.s3',
        PrefixListArn: 'arn:aws:ec2:us-east-1:aws:prefix-list/pl-63a5400a',
        AddressFamily: 'IPv4',
        State: 'create-complete',
        OwnerId: 'AWS',
        Tags: [],
      },
    ]);
    const byOwner = await lists({ Filters: [{ Name: 'owner-id', Values: ['AWS'] }] });
    expect(byOwner.PrefixLists?.map(({ PrefixListId }) => PrefixListId)).toEqual(['pl-63a5400a']);
  });

  it('refuses filters that it does not have, page sizes outside 1 to 100 and lists that are not there', async () => {
    expect(await failure(lists({ Filters: [{ Name: 'tag:team', Values: ['a'] }] }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(lists({ MaxResults: 101 }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(lists({ PrefixListIds: ['pl-12345678'] }))).toMatchObject({ name: 'InvalidPrefixListID.NotFound' });
  });
});

describe('GetManagedPrefixListEntries', () => {
  it('comes in pages, also when no page size is asked for', async () => {
    const cidrs = Array.from({ length: 250 }, (_, index) => `10.${index}.0.0/16`);
    const { id } = aws.world().createPrefixList({ entries: cidrs });
    const first = await entries(id);
    expect(first.Entries).toHaveLength(100);
    expect(first.NextToken).toBeDefined();
    const all: (string | undefined)[] = [];
    for await (const { Entries } of paginateGetManagedPrefixListEntries({ client: aws.ec2, pageSize: 30 }, { PrefixListId: id })) {
      all.push(...(Entries ?? []).map(({ Cidr }) => Cidr));
    }
    expect(all).toEqual(cidrs);
  });

  it('tells the entries of the newest version, or of an earlier one', async () => {
    const { id } = aws.world().createPrefixList({ entries: [{ cidr: '10.0.0.0/24', description: 'pods' }] });
    aws.world().modifyPrefixList(id, ['10.0.9.0/24']);
    expect((await entries(id)).Entries).toEqual([{ Cidr: '10.0.9.0/24' }]);
    expect((await entries(id, { TargetVersion: 1 })).Entries).toEqual([{ Cidr: '10.0.0.0/24', Description: 'pods' }]);
    expect(await failure(entries(id, { TargetVersion: 3 }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect((await lists({ PrefixListIds: [id] })).PrefixLists).toMatchObject([{ Version: 2 }]);
  });

  it('can be empty, which is not the same as absent', async () => {
    const { id } = aws.world().createPrefixList();
    expect((await entries(id)).Entries).toEqual([]);
    expect(await failure(entries('pl-12345678'))).toEqual({
      name: 'InvalidPrefixListID.NotFound',
      message: "The prefix list ID 'pl-12345678' does not exist",
      status: 400,
    });
    expect(await failure(entries('pl-x'))).toMatchObject({ name: 'InvalidPrefixListId.Malformed' });
    expect(await failure(entries(id, { MaxResults: 0 }))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(entries(id, { NextToken: 'garbage' }))).toMatchObject({ name: 'InvalidParameterValue' });
  });
});
