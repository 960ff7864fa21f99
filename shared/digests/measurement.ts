/** What a run measures of an account and region, and its unit; docs/decisions/0012-metrics.md says why these and where the rest is. */
export const MEASURES = {
  /** Proven orphans that nobody accepted. */
  Orphans: 'Count',
  Suspects: 'Count',
  /** IP addresses that orphans and suspects hold. */
  AddressesHeld: 'Count',
  /** Security-group sets whose pods cannot reach CoreDNS at all. */
  DnsPathsBlocked: 'Count',
  ProbePathsBlocked: 'Count',
  /** Slices that could not be read in full. */
  CoverageGaps: 'Count',
  AcceptedFindings: 'Count',
  PlansWaiting: 'Count',
  /** Since when the oldest orphan that nobody accepted is known. */
  OldestOrphanAge: 'Seconds',
  RunDuration: 'Milliseconds',
  ApiCalls: 'Count',
  /** Answers by which AWS asked to go slower; the SDK tried again. */
  Throttles: 'Count',
} as const;

export type Measure = keyof typeof MEASURES;

/** Never an interface, a group or a finding: what has a name that changes would cost money for ever. */
export interface MeasurementDimensions {
  account: string;
  region?: string;
  cluster?: string;
}

export interface Measurement {
  name: Measure;
  unit: (typeof MEASURES)[Measure];
  value: number;
  dimensions: MeasurementDimensions;
}
