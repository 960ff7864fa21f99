// What one run has to say to CloudWatch. What could not be read is left out: a graph with a hole is honest, a zero is not.

import type { Finding, Target } from '../domain/finding.ts';
import type { About } from '../domain/verdict.ts';
import type { AuditReport } from '../findings/audit-report.ts';
import type { Numbers } from './digest.ts';
import { MEASURES, type Measure, type Measurement, type MeasurementDimensions } from './measurement.ts';
import { isAccepted, isOrphan, numbersOf } from './tally.ts';

export interface Measured {
  report: Pick<AuditReport, 'target' | 'coverage' | 'stats'>;
  /** What the ledger has open after the run, gaps included. */
  findings: readonly Finding[];
  plansWaiting: number;
  /** Whether everything was read that a rule needs. */
  isRead: (about: Pick<About, 'path' | 'leftover'>) => boolean;
  /** Also by cluster, for those with something to count. */
  byCluster: boolean;
}

type Values = readonly (readonly [Measure, number])[];

// An alarm must name its dimensions and cannot know the regions: it watches the worst of them.
const OF_THE_ACCOUNT: ReadonlySet<Measure> = new Set(['OldestOrphanAge', 'DnsPathsBlocked']);

/** The measurements of a run. */
export function measure(measured: Measured, at: Date): Measurement[] {
  const { report, findings, plansWaiting, isRead, byCluster } = measured;
  const { target, coverage, stats } = report;
  const numbers = numbersOf(findings, at);
  const known: Values = [...ofFindings(numbers, isRead), ...ageOf(findings, isRead, at)];
  const ofRun: Values = [
    ['CoverageGaps', coverage.filter(({ ok }) => !ok).length],
    ['AcceptedFindings', numbers.accepted],
    ['PlansWaiting', plansWaiting],
    ['RunDuration', stats.durationMs],
    ['ApiCalls', stats.apiCalls],
    ['Throttles', stats.throttles ?? 0],
  ];
  const inRegion = { account: target.accountId, region: target.region };
  return [
    ...of(inRegion, [...known, ...ofRun]),
    ...of(
      { account: target.accountId },
      known.filter(([name]) => OF_THE_ACCOUNT.has(name)),
    ),
    ...(byCluster ? ofClusters(target, findings, at) : []),
  ];
}

const of = (dimensions: MeasurementDimensions, values: Values): Measurement[] =>
  values.map(([name, value]) => ({ name, unit: MEASURES[name], value, dimensions }));

const BRANCH = { leftover: 'branch' } as const;

/** What is known to be open is at least so much; that it is nothing, only a run says that could read everything. */
function ofFindings(numbers: Numbers, isRead: Measured['isRead']): Values {
  const all: readonly (readonly [Measure, number, Pick<About, 'path' | 'leftover'>])[] = [
    ['Orphans', numbers.orphans, BRANCH],
    ['Suspects', numbers.suspects, BRANCH],
    ['AddressesHeld', numbers.addresses, BRANCH],
    ['DnsPathsBlocked', numbers.dnsSets, { path: 'dns' }],
    ['ProbePathsBlocked', numbers.probeSets, { path: 'probe' }],
  ];
  return all.flatMap(([name, value, about]) => (value > 0 || isRead(about) ? [[name, value] as const] : []));
}

/** Since how long the oldest orphan has been known, in seconds; 0 when there is none. */
function ageOf(findings: readonly Finding[], isRead: Measured['isRead'], at: Date): Values {
  const first = Math.min(
    ...findings.filter((each) => isOrphan(each) && !isAccepted(each, at)).map(({ firstSeen }) => Date.parse(firstSeen)),
  );
  if (Number.isFinite(first)) return [['OldestOrphanAge', Math.max(0, Math.round((at.getTime() - first) / 1_000))]];
  return isRead(BRANCH) ? [['OldestOrphanAge', 0]] : [];
}

// What CloudWatch takes as a dimension's value: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
const isPlain = (name: string): boolean => /^[ -~]{1,255}$/.test(name) && name.trim() !== '';

/** By cluster only what there is: a metric that nobody sends to costs nothing, so this grows with what is wrong. */
function ofClusters(target: Target, findings: readonly Finding[], at: Date): Measurement[] {
  const named = findings.filter(({ cluster }) => cluster !== null && isPlain(cluster));
  return [...Map.groupBy(named, ({ cluster }) => cluster ?? '')].flatMap(([cluster, those]) => {
    const values = ofFindings(numbersOf(those, at), () => false);
    return of({ account: target.accountId, region: target.region, cluster }, values);
  });
}
