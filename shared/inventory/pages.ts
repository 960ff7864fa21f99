import { MalformedAnswer } from '../runtime/errors.ts';

// EC2 pages at 5 to 1000; the largest page costs the fewest calls.
export const PAGE_SIZE = 1000;

// EC2 takes at most 200 values in one filter.
export const FILTER_VALUES = 200;

// A region's quota of interfaces is in the thousands; a list that never ends is a fault of whoever answers.
const MOST_PAGES = 1_000;

export interface Page<T> {
  /** Undefined when the answer holds no such set at all: an HTML page parses as an answer without one. */
  items: readonly T[] | undefined;
  nextToken: string | undefined;
}

/** Reads every page; `visit` gets each page as it arrives and may stop the reading by returning false. */
export async function readPages<T>(
  set: string,
  ask: (nextToken: string | undefined) => Promise<Page<T>>,
  visit: (items: readonly T[]) => boolean | undefined,
): Promise<void> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await ask(token);
    if (!page.items) throw new MalformedAnswer(`the answer holds no ${set}; it is not from EC2 or was cut`);
    if (visit(page.items) === false) return;
    token = page.nextToken || undefined;
    if (token !== undefined && seen.has(token)) throw new MalformedAnswer(`the answer repeats a NextToken; ${set} would never end`);
    if (token !== undefined) seen.add(token);
    if (seen.size > MOST_PAGES) throw new MalformedAnswer(`more than ${MOST_PAGES} pages of ${set}; this is no answer of EC2's`);
  } while (token !== undefined);
}

/** The values in groups that fit one filter; fewer at a time where another filter goes along, because EC2 counts all of a call's. */
export function filterBatches(values: readonly string[], size = FILTER_VALUES): string[][] {
  const batches: string[][] = [];
  for (let from = 0; from < values.length; from += size) batches.push(values.slice(from, from + size));
  return batches;
}
