import { describe, expect, it } from '@jest/globals';
import { type Measured, measure } from '../../shared/digests/measure.ts';
import type { Measurement } from '../../shared/digests/measurement.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { blockedSet, orphansOf } from '../support/findings.ts';
import { leftover } from '../support/leftovers.ts';
import { FIRST, report, TARGET } from '../support/reports.ts';

const AT = new Date('2026-11-20T20:00:00.000Z');
const IN_REGION = { account: TARGET.accountId, region: TARGET.region };
const all = () => true;

const measured = (findings: readonly Finding[], changes: Partial<Measured> = {}): Measurement[] =>
  measure(
    {
      report: report({ stats: { apiCalls: 7, durationMs: 412, throttles: 2 } }),
      findings,
      plansWaiting: 1,
      isRead: all,
      byCluster: false,
      ...changes,
    },
    AT,
  );

/** Values by name, for one set of dimensions. */
const valuesFor = (measurements: readonly Measurement[], dimensions: object): Record<string, number> =>
  Object.fromEntries(
    measurements.filter((each) => JSON.stringify(each.dimensions) === JSON.stringify(dimensions)).map(({ name, value }) => [name, value]),
  );

describe('the measurements of a run', () => {
  const found = [
    ...orphansOf(3, 2),
    leftover(9, { state: 'suspect' }),
    blockedSet('dns-path-blocked', 'web'),
    blockedSet('dns-path-blocked', 'half', { state: 'partly-open' }),
    blockedSet('probe-path-blocked', 'web'),
  ];

  it('are how it stands in the region, and what the run took', () => {
    expect(valuesFor(measured(found), IN_REGION)).toEqual({
      Orphans: 3,
      Suspects: 1,
      AddressesHeld: 4,
      DnsPathsBlocked: 1,
      ProbePathsBlocked: 1,
      OldestOrphanAge: (AT.getTime() - Date.parse(FIRST)) / 1_000,
      CoverageGaps: 0,
      AcceptedFindings: 0,
      PlansWaiting: 1,
      RunDuration: 412,
      ApiCalls: 7,
      Throttles: 2,
    });
  });

  it('say of the account what alarms watch, and nothing else', () => {
    expect(valuesFor(measured(found), { account: TARGET.accountId })).toEqual({
      OldestOrphanAge: (AT.getTime() - Date.parse(FIRST)) / 1_000,
      DnsPathsBlocked: 1,
    });
  });

  it('do not count what somebody answers for, until that ends', () => {
    const accepted = found.map((each) => ({ ...each, accepted: ACCEPTED }));
    const { AcceptedFindings, Orphans, OldestOrphanAge, DnsPathsBlocked, AddressesHeld } = valuesFor(measured(accepted), IN_REGION);
    expect({ AcceptedFindings, Orphans, OldestOrphanAge, DnsPathsBlocked, AddressesHeld }).toEqual({
      ...{ AcceptedFindings: 7, Orphans: 0, OldestOrphanAge: 0, DnsPathsBlocked: 0, AddressesHeld: 0 },
    });
    const ended = accepted.map((each) => ({ ...each, accepted: { ...ACCEPTED, until: AT.toISOString() } }));
    expect(valuesFor(measured(ended), IN_REGION)).toMatchObject({ AcceptedFindings: 0, Orphans: 3, DnsPathsBlocked: 1 });
  });
});

describe('what could not be read', () => {
  const unread = { isRead: ({ leftover }: { leftover?: string }) => leftover !== 'branch' };

  it('is no zero: the number is missing', () => {
    expect(Object.keys(valuesFor(measured([], unread), IN_REGION)).sort()).toEqual(
      [
        'DnsPathsBlocked',
        'ProbePathsBlocked',
        'CoverageGaps',
        'AcceptedFindings',
        'PlansWaiting',
        'RunDuration',
        'ApiCalls',
        'Throttles',
      ].sort(),
    );
    expect(valuesFor(measured([], unread), { account: TARGET.accountId })).toEqual({ DnsPathsBlocked: 0 });
  });

  it('takes nothing away from what is known to be open', () => {
    expect(valuesFor(measured(orphansOf(2, 1), unread), IN_REGION)).toMatchObject({ Orphans: 2, AddressesHeld: 2 });
  });

  it('is counted', () => {
    const coverage = [
      { slice: 'branchEnis', ok: false, reason: 'denied' },
      { slice: 'clusters', ok: true },
    ];
    expect(valuesFor(measured([], { report: report({ coverage }) }), IN_REGION)).toMatchObject({ CoverageGaps: 1, Throttles: 0 });
  });
});

describe('by cluster', () => {
  it('there are only numbers of what there is', () => {
    const measurements = measured([...orphansOf(3, 2), blockedSet('dns-path-blocked', 'web')], { byCluster: true });
    expect(valuesFor(measurements, { ...IN_REGION, cluster: 'c-0' })).toEqual({ Orphans: 2, AddressesHeld: 2 });
    expect(valuesFor(measurements, { ...IN_REGION, cluster: 'web' })).toEqual({ DnsPathsBlocked: 1 });
    expect(measured(orphansOf(3, 2)).filter(({ dimensions }) => 'cluster' in dimensions)).toEqual([]);
  });

  it.each(['', ' ', 'Zürich', 'a\nb', 'x'.repeat(256)])('a name that CloudWatch would refuse is no dimension: %j', (cluster) => {
    const measurements = measured([leftover(1, { cluster })], { byCluster: true });
    expect(measurements.filter(({ dimensions }) => 'cluster' in dimensions)).toEqual([]);
    expect(valuesFor(measurements, IN_REGION)).toMatchObject({ Orphans: 1 });
  });
});
