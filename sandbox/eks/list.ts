import { awsError } from '../aws-error.ts';
import { pageOf } from '../http/paging.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';

/** One page of names: 100 of them unless maxResults says fewer. */
export function listPage(names: readonly string[], of: string, params: Params, { tokens, sparsePages }: CallContext) {
  const maxResults = params.maxResults === undefined ? 100 : Number(params.maxResults);
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > 100) {
    throw awsError('InvalidParameterException', `maxResults must be from 1 to 100; it is ${String(params.maxResults)}.`);
  }
  const page = pageOf(tokens, {
    items: names,
    idOf: (name) => name,
    maxResults,
    token: params.nextToken === undefined ? undefined : String(params.nextToken),
    of,
    sparse: sparsePages,
    badToken: () => awsError('InvalidParameterException', 'The nextToken is not valid.'),
  });
  return { names: page.items, nextToken: page.nextToken ?? null };
}
