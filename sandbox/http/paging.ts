import { createHash } from 'node:crypto';

interface Rest {
  /** The request that the token continues. */
  of: string;
  ids: readonly string[];
  page: number;
}

/** Tokens that were handed out, with what each of them still owes. */
export interface PageTokens {
  issue(rest: Rest): string;
  redeem(token: string, of: string): Rest | undefined;
}

export function createPageTokens(): PageTokens {
  const issued = new Map<string, Rest>();
  return {
    issue: (rest) => {
      const token = createHash('sha256').update(`page ${issued.size}`).digest('base64');
      issued.set(token, rest);
      return token;
    },
    redeem: (token, of) => {
      const rest = issued.get(token);
      return rest?.of === of ? rest : undefined;
    },
  };
}

export interface PageRequest<T> {
  items: readonly T[];
  idOf: (item: T) => string;
  /** Undefined: all of them at once. */
  maxResults: number | undefined;
  token: string | undefined;
  /** Identifies the request that is paged; its token is no good for another. */
  of: string;
  sparse: boolean;
  badToken: () => Error;
}

/** One page. What a later page shows was listed when the first one was asked for and is still there. */
export function pageOf<T>(tokens: PageTokens, request: PageRequest<T>): { items: readonly T[]; nextToken: string | undefined } {
  const { items, idOf, maxResults, token, of } = request;
  const rest = token === undefined ? { ids: items.map(idOf), page: 0 } : tokens.redeem(token, of);
  if (!rest) throw request.badToken();
  const size = maxResults === undefined ? rest.ids.length : request.sparse ? sparseSize(maxResults, rest.page) : maxResults;
  const shown = new Set(rest.ids.slice(0, size));
  const ids = rest.ids.slice(size);
  return {
    items: items.filter((item) => shown.has(idOf(item))),
    nextToken: ids.length > 0 ? tokens.issue({ of, ids, page: rest.page + 1 }) : undefined,
  };
}

// AWS filters after it has read a page's worth of items: short and empty pages come with a token all the same.
const sparseSize = (maxResults: number, page: number): number => [Math.ceil(maxResults / 2), 0, maxResults][page % 3] ?? maxResults;
