// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
import type { LogLine } from './log.ts';

/** A metric that CloudWatch takes out of a log line; one for each set of dimensions. */
export interface EmbeddedMetric {
  namespace: string;
  name: string;
  unit: string;
  values: readonly number[];
  dimensions: Readonly<Record<string, string>>;
  at: Date;
}

export interface EmbeddedMetrics {
  metrics: EmbeddedMetric[];
  /** Why CloudWatch would make no metric of a line that looks like one. It says so to nobody. */
  problems: string[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The metrics in what a function logged. */
export function embeddedMetrics(log: readonly LogLine[]): EmbeddedMetrics {
  const found: EmbeddedMetrics = { metrics: [], problems: [] };
  for (const { text } of log) {
    const line = parsed(text);
    if (!isFields(line?._aws)) continue;
    readLine(line, line._aws, found.metrics, (why) => found.problems.push(`${why}: ${text.slice(0, 300)}`));
  }
  return found;
}

function readLine(line: Fields, { Timestamp, CloudWatchMetrics }: Fields, metrics: EmbeddedMetric[], problem: (why: string) => void): void {
  if (typeof Timestamp !== 'number' || !Number.isInteger(Timestamp)) problem('_aws.Timestamp must be milliseconds');
  else if (!Array.isArray(CloudWatchMetrics)) problem('_aws.CloudWatchMetrics must be a list');
  else for (const each of CloudWatchMetrics) readDirective(line, isFields(each) ? each : {}, new Date(Timestamp), metrics, problem);
}

function parsed(text: string): Fields | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readDirective(line: Fields, directive: Fields, at: Date, metrics: EmbeddedMetric[], problem: (why: string) => void): void {
  const { Namespace, Dimensions, Metrics } = directive;
  const named = listOf(Metrics);
  if (typeof Namespace !== 'string' || Namespace === '' || Namespace.length > 255) problem('Namespace must have 1 to 255 characters');
  else if (listOf(Dimensions).length === 0) problem('Dimensions must be a list of lists, [[]] for none');
  else if (named.length === 0 || named.length > 100) problem('Metrics must list 1 to 100 metrics');
  else
    for (const names of listOf(Dimensions)) {
      const dimensions = readDimensions(line, names);
      if (typeof dimensions === 'string') problem(dimensions);
      else readMetrics(line, named, { namespace: Namespace, dimensions, at }, metrics, problem);
    }
}

function readDimensions(line: Fields, names: unknown): Record<string, string> | string {
  if (!Array.isArray(names) || names.length > 30) return 'a set of dimensions must be a list of 30 names at most';
  const entries = names.map((name) => [String(name), line[String(name)]] as const);
  const bad = entries.find(([, value]) => typeof value !== 'string' || value === '' || value.length > 1024);
  return bad
    ? `the dimension ${bad[0]} must be a text of 1 to 1024 characters`
    : Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function readMetrics(
  line: Fields,
  named: readonly unknown[],
  common: Pick<EmbeddedMetric, 'namespace' | 'dimensions' | 'at'>,
  metrics: EmbeddedMetric[],
  problem: (why: string) => void,
): void {
  for (const metric of named) {
    const { Name, Unit = 'None' } = isFields(metric) ? metric : {};
    const held = line[String(Name)];
    const values = Array.isArray(held) ? held : [held];
    const isGood =
      values.length > 0 && values.length <= 100 && values.every((value) => typeof value === 'number' && Number.isFinite(value));
    if (typeof Name !== 'string' || !isGood) problem(`the metric ${String(Name)} must be a number, or a list of 1 to 100 numbers`);
    else metrics.push({ ...common, name: Name, unit: String(Unit), values });
  }
}
