import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import { structures, text, texts } from '../query/params.ts';
import type { RegionState, Tags } from '../world/state.ts';

/** The values that an item has under each filter's name. */
export type FilterValues<T> = Readonly<Record<string, (item: T, state: RegionState) => readonly (string | undefined)[]>>;

// Seen as FilterLimitExceeded: https://github.com/gjbae1212/gossm/issues/47 and, for the length,
// https://github.com/ansible-collections/amazon.aws/issues/2393
const MAX_VALUES_PER_CALL = 200;
const MAX_VALUE_LENGTH = 255;

export interface Filtered<T> {
  filters: FilterValues<T>;
  tagsOf: (item: T) => Tags;
  /** False where only `tag:<key>` is a filter, and `tag-key` is not. */
  tagKeyFilter?: boolean;
  /** False where nothing is filtered by tags. */
  tagFilters?: boolean;
}

/** Whether an item passes all filters of a request; the values of one filter are alternatives. */
export function itemFilter<T>(params: Params, filtered: Filtered<T>, state: RegionState): (item: T) => boolean {
  const filters = structures(params, 'Filter').map((filter) => ({ name: text(filter, 'Name') ?? '', wanted: texts(filter, 'Value') }));
  if (filters.reduce((count, { wanted }) => count + wanted.length, 0) > MAX_VALUES_PER_CALL) {
    throw awsError('FilterLimitExceeded', `The maximum number of filter values specified on a single call is ${MAX_VALUES_PER_CALL}`);
  }
  const tests = filters.map(({ name, wanted }) => {
    const have = valuesUnder(name, filtered);
    if (wanted.length === 0) throw awsError('InvalidParameterValue', `The filter '${name}' has no values`);
    const matches = matcher(wanted);
    return (item: T): boolean => have(item, state).some((value) => value !== undefined && matches(value));
  });
  return (item) => tests.every((test) => test(item));
}

function valuesUnder<T>(name: string, { filters, tagsOf, tagKeyFilter = true, tagFilters = true }: Filtered<T>): FilterValues<T>[string] {
  const own = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (own) return own;
  if (!tagFilters) throw awsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  if (tagKeyFilter && name === 'tag-key') return (item) => Object.keys(tagsOf(item));
  if (name.startsWith('tag:')) return (item) => [Object.entries(tagsOf(item)).find(([key]) => key === name.slice('tag:'.length))?.[1]];
  throw awsError('InvalidParameterValue', `The filter '${name}' is invalid`);
}

/** Whether a text is one of the wanted values. Large regions ask for hundreds of ids, which need no patterns. */
function matcher(wanted: readonly string[]): (value: string) => boolean {
  const patterns = wanted.map(pattern);
  if (wanted.some((value) => /[*?\\]/.test(value))) return (value) => patterns.some((each) => each.test(value));
  const literals = new Set(wanted);
  return (value) => literals.has(value);
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/** `*` stands for any text and `?` for one character; a backslash takes their meaning away. Case counts. */
function pattern(value: string): RegExp {
  if (value.length > MAX_VALUE_LENGTH) {
    throw awsError('FilterLimitExceeded', `The maximum length for a filter value is ${MAX_VALUE_LENGTH} characters`);
  }
  const source = value.replace(/\\(.)|[\s\S]/g, (character, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    return character === '*' ? '[\\s\\S]*' : character === '?' ? '[\\s\\S]' : literal(character);
  });
  return new RegExp(`^${source}$`, 'u');
}
