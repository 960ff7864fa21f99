import { CloudWatchClient, ListMetricsCommand, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

let aws: Account;

beforeEach(async () => {
  aws = await account();
});

const NOW = new Date('2026-11-21T12:00:00Z');
const put = (MetricData: MetricDatum[], Namespace = 'SgpWarden') =>
  aws.connect(CloudWatchClient).send(new PutMetricDataCommand({ Namespace, MetricData }));
const datum = (given: Partial<MetricDatum> = {}): MetricDatum => ({ MetricName: 'Orphans', Timestamp: NOW, Value: 3, ...given });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

describe('PutMetricData', () => {
  it('records what it accepts', async () => {
    await put([
      datum({ Unit: 'Count', Dimensions: [{ Name: 'cluster', Value: 'blue' }] }),
      datum({ Value: undefined, Values: [1, 2], Counts: [3, 4] }),
      datum({ Value: undefined, StatisticValues: { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 }, StorageResolution: 1 }),
    ]);
    const common = {
      at: NOW,
      region: 'us-east-1',
      namespace: 'SgpWarden',
      name: 'Orphans',
      dimensions: {},
      unit: 'None',
      timestamp: NOW,
      storageResolution: 60,
    };
    expect(aws.metrics).toEqual([
      { ...common, unit: 'Count', dimensions: { cluster: 'blue' }, value: 3 },
      { ...common, values: [1, 2], counts: [3, 4] },
      { ...common, statistics: { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 }, storageResolution: 1 },
    ]);
    expect(aws.calls).toMatchObject([{ service: 'monitoring', action: 'PutMetricData', mutating: true, outcome: 'OK' }]);
  });

  it('takes 1000 metrics, 30 dimensions and 150 values; a large body comes compressed', async () => {
    const Dimensions = many(30, (index) => ({ Name: `d${index}`, Value: 'x' }));
    await put([datum({ Dimensions }), datum({ Value: undefined, Values: many(150, Number) }), ...many(998, () => datum())]);
    expect(aws.metrics).toHaveLength(1000);
  });

  it.each<[string, Partial<MetricDatum>]>([
    ['31 dimensions', { Dimensions: many(31, (index) => ({ Name: `d${index}`, Value: 'x' })) }],
    ['a dimension without a value', { Dimensions: [{ Name: 'cluster', Value: '' }] }],
    ['a dimension that is not ASCII', { Dimensions: [{ Name: 'cluster', Value: 'blå' }] }],
    ['a dimension twice', { Dimensions: many(2, () => ({ Name: 'cluster', Value: 'x' })) }],
    ['151 values', { Value: undefined, Values: many(151, Number) }],
    ['not a number', { Value: Number.NaN }],
    ['infinity', { Value: Number.POSITIVE_INFINITY }],
    ['more than 2^360', { Value: 2 ** 361 }],
    ['a time of two weeks ago', { Timestamp: new Date('2026-11-07T11:59:00Z') }],
    ['a time in more than two hours', { Timestamp: new Date('2026-11-21T14:01:00Z') }],
    ['a resolution of 30 seconds', { StorageResolution: 30 }],
    ['an unknown unit', { Unit: 'Interfaces' as 'Count' }],
    ['a long name', { MetricName: 'x'.repeat(256) }],
  ])('refuses %s, and with it the whole request', async (_, given) => {
    const refused = await failure(put([datum(), datum(given)]));
    expect(refused).toMatchObject({ name: 'InvalidParameterValueException', status: 400 });
    expect(aws.metrics).toEqual([]);
  });

  it.each<[string, Partial<MetricDatum>]>([
    ['a value and values', { Values: [1] }],
    ['no value', { Value: undefined }],
    ['fewer counts than values', { Value: undefined, Values: [1, 2], Counts: [1] }],
  ])('refuses %s together', async (_, given) => {
    expect(await failure(put([datum(given)]))).toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  it('refuses 1001 metrics, none, more than 1 MiB, and the namespaces of AWS', async () => {
    const long = many(30, (index) => ({ Name: `d${index}`, Value: 'x'.repeat(1000) }));
    expect(await failure(put(many(1001, () => datum())))).toMatchObject({ name: 'InvalidParameterValueException' });
    expect(await failure(put([]))).toMatchObject({ name: 'MissingRequiredParameterException' });
    expect(await failure(put([datum()], 'AWS/EC2'))).toMatchObject({ name: 'InvalidParameterValueException' });
    expect(await failure(put(many(40, () => datum({ Dimensions: long }))))).toMatchObject({ status: 413 });
    expect(aws.metrics).toEqual([]);
  });

  it('is denied and throttled in CloudWatch’s own words', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    aws.faults.add({ times: 1, effect: { kind: 'throttle' } });
    expect(await failure(put([datum()]))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('cloudwatch:PutMetricData'),
    });
    expect(await failure(put([datum()]))).toMatchObject({ name: 'Throttling' });
  });
});

it('what the sandbox’s CloudWatch lacks is refused by name', async () => {
  const refused = await failure(aws.connect(CloudWatchClient).send(new ListMetricsCommand()));
  expect(refused).toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('ListMetrics') });
});
