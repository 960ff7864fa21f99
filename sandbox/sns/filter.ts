import type { MessageAttribute, MessageAttributes } from '../messages/attributes.ts';

type Scalar = string | number | boolean | null;
export type FilterCondition =
  | Scalar
  | { readonly prefix: string }
  | { readonly 'anything-but': readonly Scalar[] }
  | { readonly exists: boolean };

/** Every key must match, by one of its conditions. */
export type FilterPolicy = Readonly<Record<string, readonly FilterCondition[]>>;

const OPERATORS = new Set(['prefix', 'anything-but', 'exists']);

/** Refuses a policy that SNS would refuse, and operators that the sandbox lacks. */
export function checkFilterPolicy(policy: FilterPolicy): void {
  const lists = Object.values(policy);
  if (lists.length > 5) throw new Error(`A filter policy has 5 keys at most; this one has ${lists.length}.`);
  if (lists.some((conditions) => !Array.isArray(conditions) || conditions.length === 0)) {
    throw new Error('Every key of a filter policy must have a list with at least one condition.');
  }
  const combinations = lists.reduce((product, conditions) => product * conditions.length, 1);
  if (combinations > 150) throw new Error(`A filter policy has 150 combinations of values at most; this one has ${combinations}.`);
  const operators = lists.flat().flatMap((condition) => (isOperator(condition) ? Object.keys(condition) : []));
  const unknown = operators.filter((name) => !OPERATORS.has(name));
  if (unknown.length > 0)
    throw new Error(`The sandbox's filter policies lack ${unknown.join(', ')}. They have: ${[...OPERATORS].join(', ')}.`);
}

const isOperator = (condition: FilterCondition): condition is Exclude<FilterCondition, Scalar> =>
  typeof condition === 'object' && condition !== null;

/** Whether a message with these attributes passes. */
export const passes = (policy: FilterPolicy, attributes: MessageAttributes): boolean =>
  Object.entries(policy).every(([name, conditions]) => {
    const values = valuesOf(attributes[name]);
    return conditions.some((condition) => matches(condition, values));
  });

function matches(condition: FilterCondition, values: readonly Scalar[]): boolean {
  if (!isOperator(condition)) return values.includes(condition);
  if ('exists' in condition) return condition.exists === values.length > 0;
  if ('prefix' in condition) return values.some((value) => typeof value === 'string' && value.startsWith(condition.prefix));
  return values.some((value) => !condition['anything-but'].includes(value));
}

// Binary attributes take no part in filtering.
function valuesOf(attribute: MessageAttribute | undefined): readonly Scalar[] {
  if (attribute?.stringValue === undefined) return [];
  if (attribute.dataType === 'Number') return [Number(attribute.stringValue)];
  if (attribute.dataType !== 'String.Array') return [attribute.stringValue];
  const parsed: Scalar[] = JSON.parse(attribute.stringValue);
  return parsed;
}
