// Reading a CloudTrail record: its shapes differ from call to call, and nobody documents them.
import { isGroupId } from '../../domain/tags.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under these names, one inside of the other; an empty one where any of them is missing. */
export function within(value: unknown, ...names: readonly string[]): Fields {
  const found = names.reduce<unknown>((from, name) => (isFields(from) && Object.hasOwn(from, name) ? from[name] : undefined), value);
  return isFields(found) ? found : {};
}

/** A text that is not empty, or null. Numbers are texts too: CloudTrail quotes some of them. */
export function textIn(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

/** A whole number, quoted or not, or null. */
export function numberIn(fields: Fields, ...names: readonly string[]): number | null {
  const text = textIn(fields, ...names);
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

/** What a list holds, whether it is one, an `items` of one, or one thing by itself. */
export function listed(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.filter(isFields);
  if (!isFields(value)) return [];
  if (Object.hasOwn(value, 'items')) return listed(value.items);
  return Object.keys(value).length > 0 ? [value] : [];
}

/** Every distinct security group id anywhere in a value, in the order of appearance. */
export function groupIdsIn(value: unknown): string[] {
  const found = new Set<string>();
  const search = (each: unknown): void => {
    if (typeof each === 'string' && isGroupId(each)) found.add(each);
    else if (typeof each === 'object' && each !== null) for (const inner of Object.values(each)) search(inner);
  };
  search(value);
  return [...found];
}
