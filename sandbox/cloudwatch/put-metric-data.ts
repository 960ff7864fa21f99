import { awsError } from '../aws-error.ts';
import type { Param, Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { listOf, textOf } from '../json/protocol.ts';
import type { Metric } from './metric.ts';
import { readValues } from './values.ts';

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
const MAX_BYTES = 1_048_576;
const MAX_METRICS = 1000;
const MAX_DIMENSIONS = 30;
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;
const UNITS = new Set(
  ['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'Count/Second', 'None'].concat(
    ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'].flatMap(
      (unit) => [unit, `${unit}/Second`],
    ),
  ),
);

const invalid = (message: string) => awsError('InvalidParameterValueException', message);
const missing = (name: string) => awsError('MissingRequiredParameterException', `The parameter ${name} is required.`);

/** PutMetricData: all of a request is accepted, or nothing. */
export function putMetricData(params: Params, context: CallContext): void {
  const namespace = textOf(params, 'Namespace');
  if (!namespace) throw missing('Namespace');
  if (namespace.length > 255 || namespace.startsWith(':') || /^AWS\//.test(namespace)) {
    throw invalid(`The value ${namespace} for parameter Namespace is invalid: 1 to 255 characters, not beginning with ':' or AWS/.`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(params));
  if (bytes > MAX_BYTES) throw awsError('RequestEntityTooLarge', `The request has ${bytes} bytes; ${MAX_BYTES} are allowed.`, 413);
  if (params.EntityMetricData !== undefined) throw invalid('The sandbox’s PutMetricData has no EntityMetricData.');
  const data = listOf(params, 'MetricData');
  if (data.length === 0) throw missing('MetricData');
  if (data.length > MAX_METRICS)
    throw invalid(`The collection MetricData must not have a size greater than ${MAX_METRICS}; it has ${data.length}.`);
  const metrics = data.map((datum, index) => readDatum(datum, `MetricData.member.${index + 1}`, namespace, context));
  for (const metric of metrics) context.measured(metric);
}

function readDatum(datum: Params, where: string, namespace: string, { now, world }: CallContext): Metric {
  const name = textOf(datum, 'MetricName');
  if (!name) throw missing(`${where}.MetricName`);
  if (name.length > 255) throw invalid(`${where}.MetricName has more than 255 characters.`);
  const unit = textOf(datum, 'Unit') ?? 'None';
  if (!UNITS.has(unit)) throw invalid(`${where}.Unit: ${unit} is no unit.`);
  const { StorageResolution: storageResolution = 60 } = datum;
  if (storageResolution !== 1 && storageResolution !== 60) throw invalid(`${where}.StorageResolution must be 1 or 60.`);
  const dimensions = readDimensions(listOf(datum, 'Dimensions'), where);
  const timestamp = readTimestamp(datum.Timestamp, where, now);
  return { at: now, region: world.region, namespace, name, dimensions, unit, ...readValues(datum, where), timestamp, storageResolution };
}

function readDimensions(given: readonly Params[], where: string): Record<string, string> {
  if (given.length > MAX_DIMENSIONS) throw invalid(`${where}.Dimensions has ${given.length} dimensions; ${MAX_DIMENSIONS} are allowed.`);
  const entries = given.map(({ Name, Value }) => [String(Name ?? ''), String(Value ?? '')] as const);
  for (const [name, value] of entries) {
    if (!isPlain(name, 255) || name.startsWith(':')) throw invalid(`${where}.Dimensions: the name "${name}" is invalid.`);
    if (!isPlain(value, 1024)) throw invalid(`${where}.Dimensions: the value "${value}" of ${name} is invalid.`);
  }
  if (new Set(entries.map(([name]) => name)).size < entries.length) throw invalid(`${where}.Dimensions names a dimension twice.`);
  return Object.fromEntries(entries);
}

// Printable ASCII with something to see in it.
const isPlain = (text: string, most: number): boolean => text.length <= most && /^[ -~]+$/.test(text) && text.trim() !== '';

function readTimestamp(value: Param | undefined, where: string, now: Date): Date {
  if (value === undefined) return now;
  const at = new Date(typeof value === 'number' ? value * 1000 : Number.NaN);
  const age = now.getTime() - at.getTime();
  if (age <= OLDEST_MS && age >= -NEWEST_MS) return at;
  throw invalid(`${where}.Timestamp must be within the last two weeks and the next two hours; it is ${String(value)}.`);
}
