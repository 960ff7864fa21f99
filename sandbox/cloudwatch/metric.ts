/** One datum that PutMetricData accepted. */
export interface Metric {
  at: Date;
  region: string;
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  unit: string;
  /** One value, or the values and how often each occurred, or a statistic set. */
  value?: number;
  values?: readonly number[];
  counts?: readonly number[];
  statistics?: Readonly<Record<string, number>>;
  timestamp: Date;
  storageResolution: number;
}
