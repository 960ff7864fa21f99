import { awsError } from '../aws-error.ts';
import { isFields, type Param, type Params } from '../http/param.ts';
import type { Metric } from './metric.ts';

const MAX_VALUES = 150;
const LIMIT = 2 ** 360;
const STATISTICS = ['SampleCount', 'Sum', 'Minimum', 'Maximum'];

const invalid = (message: string) => awsError('InvalidParameterValueException', message);
const conflict = (message: string) => awsError('InvalidParameterCombinationException', message);

/** What a datum says: one value, many, or a statistic set; exactly one of the three. */
export function readValues(
  { Value, Values, Counts, StatisticValues }: Params,
  where: string,
): Pick<Metric, 'value' | 'values' | 'counts' | 'statistics'> {
  const given = [Value, Values, StatisticValues].filter((each) => each !== undefined).length;
  if (given !== 1) throw conflict(`${where} must have exactly one of Value, Values and StatisticValues.`);
  if (Value !== undefined) return { value: number(Value, `${where}.Value`) };
  if (Values !== undefined) return readList(Values, Counts, where);
  const set = isFields(StatisticValues) ? StatisticValues : {};
  return { statistics: Object.fromEntries(STATISTICS.map((name) => [name, number(set[name], `${where}.StatisticValues.${name}`)])) };
}

function readList(given: Param, givenCounts: Param | undefined, where: string): Pick<Metric, 'values' | 'counts'> {
  const values = numbers(given, `${where}.Values`);
  const counts = givenCounts === undefined ? values.map(() => 1) : numbers(givenCounts, `${where}.Counts`);
  if (values.length === 0 || values.length > MAX_VALUES)
    throw invalid(`${where}.Values must have 1 to ${MAX_VALUES} values; it has ${values.length}.`);
  if (counts.length !== values.length) throw conflict(`${where}.Counts must have as many members as Values.`);
  return { values, counts };
}

const numbers = (value: Param, where: string): number[] => (Array.isArray(value) ? value.map((each: Param) => number(each, where)) : []);

// NaN and the infinities arrive as texts in JSON.
function number(value: Param | undefined, where: string): number {
  if (typeof value !== 'number' || Math.abs(value) > LIMIT)
    throw invalid(`${where} must be a number of at most 2^360; it is ${String(value)}.`);
  return value;
}
