import { awsError } from '../aws-error.ts';
import { required, text } from '../query/params.ts';
import type { PrefixList } from '../world/state.ts';
import type { Ec2Action } from './action.ts';
import { describe, maxResultsOf, page } from './describe.ts';
import { found, PREFIX_LIST } from './kinds.ts';
import { renderTags } from './render.ts';

const PAGE_SIZES = { least: 1, most: 100 };

export const describeManagedPrefixLists = describe<PrefixList>({
  kind: PREFIX_LIST,
  idParameter: 'PrefixListId',
  pageSizes: PAGE_SIZES,
  all: ({ prefixLists }) => prefixLists,
  filters: {
    'owner-id': (list) => [list.ownerId],
    'prefix-list-id': (list) => [list.id],
    'prefix-list-name': (list) => [list.name],
  },
  tagsOf: ({ tags }) => tags,
  tagFilters: false,
  resultSet: 'prefixListSet',
  render: (list, { region }) => ({
    prefixListId: list.id,
    addressFamily: list.addressFamily,
    state: list.state,
    prefixListArn: `arn:aws:ec2:${region}:${list.ownerId.toLowerCase()}:prefix-list/${list.id}`,
    prefixListName: list.name,
    // AWS keeps size and version of its own lists to itself.
    ...(list.ownerId === 'AWS' ? {} : { maxEntries: list.maxEntries, version: list.version }),
    tagSet: renderTags(list.tags),
    ownerId: list.ownerId,
  }),
});

export const getManagedPrefixListEntries: Ec2Action = {
  mutating: false,
  parameters: ['PrefixListId', 'TargetVersion', 'MaxResults', 'NextToken'],
  run: (params, context) => {
    const list = found(PREFIX_LIST, required(params, 'PrefixListId'), context.state.prefixLists);
    // One page holds 100 entries when nothing is said; so a caller that never pages sees only those.
    const maxResults = maxResultsOf(params, PAGE_SIZES) ?? PAGE_SIZES.most;
    const version = text(params, 'TargetVersion') ?? String(list.version);
    const entries = list.entries[Number(version)];
    if (!entries) throw awsError('InvalidParameterValue', `The version ${version} of the prefix list ${list.id} does not exist.`);
    const named = entries.map((entry) => ({ ...entry, id: entry.cidr }));
    const { items, nextToken } = page(params, context, named, maxResults, 'entrySet');
    return { entrySet: items.map(({ cidr, description }) => ({ cidr, description })), nextToken };
  },
};
