/** One line of structured log. Pure code never logs: it returns evidence. */
export interface Logger {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** Counts something for CloudWatch, by an embedded-metric line: no call, no permission. */
  count(metric: Metric, dimensions?: Readonly<Record<string, string>>, value?: number): void;
  /** The same logger with fields that every line gets. */
  child(fields: Fields): Logger;
}

export type Fields = Readonly<Record<string, unknown>>;

// What happened in an invocation; what there is in an account is measured by each run (shared/digests/measure.ts) and sent by a call of its
// own (docs/decisions/0012-metrics.md). The alarms of infra/ watch these names; test/contracts/template.test.ts compares.
export const METRICS = [
  'Runs',
  'RunFailures',
  'BadEvents',
  'ForeignEvents',
  'PublisherFailures',
  'Deletions',
  'Refusals',
  'CleanupFailures',
  // Requests at the address for clicks that Slack did not sign.
  'ForgedClicks',
] as const;
export type Metric = (typeof METRICS)[number];
export const METRIC_NAMESPACE = 'SgpWarden';

/** A logger of JSON lines; `write` gets each line without its newline. */
export function jsonLogger(write: (line: string) => void, clock: () => Date, bound: Fields = {}): Logger {
  const line =
    (level: string) =>
    (message: string, fields: Fields = {}) =>
      write(JSON.stringify({ level, time: clock().toISOString(), message, ...bound, ...fields }));
  return {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    count: (metric, dimensions = {}, value = 1) => write(JSON.stringify(embeddedMetric(metric, dimensions, value, clock()))),
    child: (fields) => jsonLogger(write, clock, { ...bound, ...fields }),
  };
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
function embeddedMetric(metric: Metric, dimensions: Readonly<Record<string, string>>, value: number, at: Date) {
  const directive = { Namespace: METRIC_NAMESPACE, Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: metric, Unit: 'Count' }] };
  return { _aws: { Timestamp: at.getTime(), CloudWatchMetrics: [directive] }, ...dimensions, [metric]: value };
}
