import { CloudWatchClient, type CloudWatchClientConfig, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { packed } from '../content/packs.ts';
import { bytesOf } from '../content/text.ts';
import type { Measurement } from '../digests/measurement.ts';
import { METRIC_NAMESPACE } from '../domain/log.ts';
import { type NextSteps, reasonOf } from './reason.ts';

/** The IAM actions that sending takes. */
export const actions = ['cloudwatch:PutMetricData'] as const;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html: 1,000 metrics and 1 MB in a request.
const MOST_DATA = 1_000;
const MOST_BYTES = 900 * 1024;

// Explicit, because the SDK's defaults change with its releases. What cannot be sent in seconds is lost, and the next run sends its own.
const RELIABILITY = {
  maxAttempts: 3,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

const NEXT: NextSteps = [[/^AccessDenied/, `allow cloudwatch:PutMetricData where cloudwatch:namespace is ${METRIC_NAMESPACE}`]];

/** The client of the region that the stack, its alarms and its dashboard are in. */
export const cloudWatchClient = (
  region: string,
  overrides: Pick<CloudWatchClientConfig, 'credentials' | 'endpoint'> = {},
): CloudWatchClient => new CloudWatchClient({ region, ...RELIABILITY, ...overrides });

/** Sends measurements: one request, or as many as their number takes. Never throws: gives the reason when some could not be sent. */
export async function sendMeasurements(
  client: CloudWatchClient,
  measurements: readonly Measurement[],
  at: Date,
): Promise<string | undefined> {
  const failures: string[] = [];
  for (const MetricData of requestsOf(measurements, at)) {
    try {
      await client.send(new PutMetricDataCommand({ Namespace: METRIC_NAMESPACE, MetricData }));
    } catch (error) {
      // One bad datum refuses its request, and no other.
      failures.push(reasonOf(error, NEXT));
    }
  }
  return failures.length > 0 ? `cloudwatch:PutMetricData failed: ${failures[0]}` : undefined;
}

/** The measurements in requests that CloudWatch takes. */
export const requestsOf = (measurements: readonly Measurement[], at: Date): MetricDatum[][] =>
  packed(
    measurements.map((measurement) => datumOf(measurement, at)),
    { most: MOST_DATA, size: MOST_BYTES },
    (datum) => bytesOf(JSON.stringify(datum)),
  );

const datumOf = ({ name, unit, value, dimensions }: Measurement, at: Date): MetricDatum => ({
  MetricName: name,
  Unit: unit,
  Value: value,
  Timestamp: at,
  Dimensions: Object.entries(dimensions).map(([Name, Value]: [string, string]) => ({ Name, Value })),
});
