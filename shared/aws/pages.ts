import { MalformedAnswer } from '../domain/errors.ts';

// EC2 pages at 5 to 1000; the largest page costs the fewest calls.
export const PAGE_SIZE = 1000;

// EC2 takes at most 200 values in one filter.
export const FILTER_VALUES = 200;

// A region's quota of interfaces is in the thousands; a list that never ends is a fault of whoever answers.
const MOST_PAGES = 1_000;

/** The answer of a call that pages: EC2 writes its token with a capital, EKS without. */
interface Paged {
  NextToken?: string | undefined;
  nextToken?: string | undefined;
}

/** A class of commands of the SDK, by what it asks and what it is answered with. */
type CommandClass<I, A> = new (input: I) => { resolveMiddleware: (...given: never[]) => Handler<never, A> };
type Handler<I, A> = (given: I) => Promise<{ output: A }>;

/** What pages: a client, a command, its input, and the set of the answer that is read. */
export type Pages<I, A, S extends SetOf<A>> = readonly [client: Sender, command: CommandClass<I, A>, input: I, set: S];
interface Sender {
  send(command: never): Promise<unknown>;
}

/** The sets of an answer: its lists. */
type SetOf<A> = { [K in keyof A]-?: NonNullable<A[K]> extends readonly unknown[] ? K : never }[keyof A] & string;
type ItemOf<A, S extends keyof A> = NonNullable<A[S]> extends readonly (infer Item)[] ? Item : never;

/**
 * Reads a set page by page; `visit` gets each page as it arrives and may stop the reading by returning false. An answer without the set is
 * malformed, never empty: an HTML page parses as one. The one place that knows how SDK calls page.
 */
export async function eachPage<I extends object, A extends object, S extends SetOf<A>>(
  [client, Asked, input, set]: Pages<I, A, S>,
  visit: (items: readonly ItemOf<A, S>[]) => unknown,
): Promise<void> {
  const seen = new Set<string>();
  let next: Paged = {};
  let token: string | undefined;
  do {
    const answer = (await client.send(new Asked({ ...input, ...next }) as never)) as A & Paged;
    const items = answer[set] as readonly ItemOf<A, S>[] | undefined;
    if (!items) throw new MalformedAnswer(`the answer holds no ${set}; it is not from AWS or was cut`);
    if (visit(items) === false) return;
    next = nextOf(answer);
    token = next.NextToken ?? next.nextToken;
    if (token !== undefined && seen.has(token)) throw new MalformedAnswer(`the answer repeats a NextToken; ${set} would never end`);
    if (token !== undefined) seen.add(token);
    if (seen.size > MOST_PAGES) throw new MalformedAnswer(`more than ${MOST_PAGES} pages of ${set}; this is no answer of AWS's`);
  } while (token !== undefined);
}

const nextOf = ({ NextToken, nextToken }: Paged): Paged => (NextToken ? { NextToken } : nextToken ? { nextToken } : {});

/** The whole of a set. */
export async function allPages<I extends object, A extends object, S extends SetOf<A>>(pages: Pages<I, A, S>): Promise<ItemOf<A, S>[]> {
  const all: ItemOf<A, S>[] = [];
  await eachPage(pages, (items) => all.push(...items));
  return all;
}

/** The values in groups that fit one filter; fewer at a time where another filter goes along, because EC2 counts all of a call's. */
export function filterBatches(values: readonly string[], size = FILTER_VALUES): string[][] {
  const batches: string[][] = [];
  for (let from = 0; from < values.length; from += size) batches.push(values.slice(from, from + size));
  return batches;
}
