import { awsError } from '../aws-error.ts';
import { pageOf } from '../http/paging.ts';
import { isFields, type Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { flag, text, texts } from '../query/params.ts';
import type { XmlValue } from '../query/xml.ts';
import type { RegionState } from '../world/state.ts';
import type { Ec2Action } from './action.ts';
import { type Filtered, itemFilter } from './filters.ts';
import { foundAll, type Kind } from './kinds.ts';

/** What makes one Describe call different from the others. */
export interface Described<T> extends Filtered<T> {
  kind: Kind;
  /** The parameter with explicit ids, e.g. `NetworkInterfaceId`, where the call has one. */
  idParameter?: string;
  /** False where the call has no filters. */
  filterable?: boolean;
  /** MaxResults: 5 to 1000 unless said otherwise. */
  pageSizes?: PageSizes;
  /** Parameters besides ids, filters and paging. */
  otherParameters?: readonly string[];
  all(state: RegionState, params: Params): ReadonlyMap<string, T>;
  /** Whether this item is only shown to those who ask for managed resources. */
  isHidden?: (item: T) => boolean;
  /** More than EC2 gives out at once, unless narrowed. */
  refusesAllAbove?: number;
  resultSet: string;
  render(item: T, state: RegionState): XmlValue;
}

export interface PageSizes {
  least: number;
  most: number;
}

/** A Describe call: ids, or filters and pages, strictly as EC2 has them. */
export function describe<T extends { id: string }>(described: Described<T>): Ec2Action {
  const { idParameter, filterable = true, otherParameters = [], resultSet } = described;
  return {
    mutating: false,
    parameters: [...(idParameter ? [idParameter] : []), ...(filterable ? ['Filter'] : []), 'MaxResults', 'NextToken', ...otherParameters],
    run: (params, context) => {
      const ids = idParameter ? texts(params, idParameter) : [];
      const maxResults = maxResultsOf(params, described.pageSizes);
      if (ids.length > 0 && maxResults !== undefined) {
        throw awsError('InvalidParameterCombination', `The parameter ${idParameter} cannot be used with the parameter maxResults`);
      }
      const shown = visible(described, params, context.state);
      const asked = ids.length > 0 ? foundAll(described.kind, ids, shown) : [...shown.values()];
      const matching = asked.filter(itemFilter(params, described, context.state));
      if (ids.length === 0 && maxResults === undefined) refuseTooMany(described, params, matching.length);
      const { items, nextToken } = page(params, context, matching, maxResults, resultSet);
      return { [resultSet]: items.map((item) => described.render(item, context.state)), nextToken };
    },
  };
}

function visible<T>({ all, isHidden }: Described<T>, params: Params, state: RegionState): ReadonlyMap<string, T> {
  if (!isHidden || flag(params, 'IncludeManagedResources')) return all(state, params);
  return new Map([...all(state, params)].filter(([, item]) => !isHidden(item)));
}

/** MaxResults, or undefined when it was not sent. */
export function maxResultsOf(params: Params, { least, most }: PageSizes = { least: 5, most: 1000 }): number | undefined {
  const given = text(params, 'MaxResults');
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!/^-?\d+$/.test(given) || value < least || value > most) {
    throw awsError(
      'InvalidParameterValue',
      `Value ( ${given} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    );
  }
  return value;
}

// These filters exempt a request from the rule that a large list must be paged (DescribeNetworkInterfaces, parameter Filters).
// Which code EC2 answers is not documented.
const NARROWING = new Set(['group-id', 'mac-address', 'private-dns-name', 'private-ip-address', 'subnet-id', 'vpc-id']);

function refuseTooMany<T>({ refusesAllAbove }: Described<T>, params: Params, count: number): void {
  if (refusesAllAbove === undefined || count <= refusesAllAbove || 'NextToken' in params) return;
  const names = Array.isArray(params.Filter) ? params.Filter.flatMap((filter) => (isFields(filter) ? [String(filter.Name)] : [])) : [];
  if (names.some((name) => NARROWING.has(name))) return;
  throw awsError(
    'OperationNotPermitted',
    `There are ${count} results: use pagination, or one of the filters ${[...NARROWING].join(', ')}.`,
  );
}

/** One page of an EC2 call. Its token is good for the same request only. */
export function page<T extends { id: string }>(
  params: Params,
  { tokens, sparsePages }: CallContext,
  items: readonly T[],
  maxResults: number | undefined,
  resultSet: string,
) {
  const { NextToken, MaxResults, ...same } = params;
  return pageOf(tokens, {
    items,
    idOf: ({ id }) => id,
    maxResults,
    token: text(params, 'NextToken'),
    of: `${resultSet} ${JSON.stringify(same)}`,
    sparse: sparsePages,
    badToken: () => awsError('InvalidParameterValue', `Invalid value '${String(NextToken)}' for nextToken.`),
  });
}
