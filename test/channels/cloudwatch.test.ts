import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { cloudWatchClient, requestsOf, sendMeasurements } from '../../shared/channels/cloudwatch.ts';
import { measure } from '../../shared/digests/measure.ts';
import type { Measurement } from '../../shared/digests/measurement.ts';
import { blockedSet, orphansOf } from '../support/findings.ts';
import { report, TARGET } from '../support/reports.ts';

const AT = new Date('2026-11-21T12:00:00.000Z');
const credentials = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' };

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ start: AT });
});
afterEach(() => sandbox.stop());

const send = (measurements: readonly Measurement[]) =>
  sendMeasurements(cloudWatchClient('us-east-1', { endpoint: sandbox.endpoint, credentials }), measurements, AT);
const puts = () => sandbox.calls.filter(({ action }) => action === 'PutMetricData');

/** Everything that can be wrong with so many clusters. */
const measurementsOf = (clusters: number): Measurement[] => {
  const names = Array.from({ length: clusters }, (_, n) => `c-${n}`);
  const findings = [
    ...orphansOf(clusters * 2, clusters),
    ...names.flatMap((name) => [blockedSet('dns-path-blocked', name), blockedSet('probe-path-blocked', name)]),
  ];
  return measure({ report: report(), findings, plansWaiting: 0, isRead: () => true, byCluster: true }, AT);
};

describe('the numbers of a run', () => {
  it('are one request, which CloudWatch takes', async () => {
    expect(await send(measurementsOf(3))).toBeUndefined();
    expect(puts()).toHaveLength(1);
    const { metrics } = sandbox;
    expect(new Set(metrics.map(({ namespace }) => namespace))).toEqual(new Set(['SgpWarden']));
    expect(metrics.find(({ name, dimensions }) => name === 'Orphans' && !('cluster' in dimensions))).toMatchObject({
      value: 6,
      unit: 'Count',
      timestamp: AT,
      dimensions: { account: TARGET.accountId, region: TARGET.region },
    });
    expect(new Set(metrics.flatMap(({ dimensions }) => Object.keys(dimensions)))).toEqual(new Set(['account', 'region', 'cluster']));
  });

  it('of 500 clusters in trouble are as few requests as its limits allow, each taken whole', async () => {
    const measurements = measurementsOf(500);
    expect(measurements.length).toBe(12 + 2 + 4 * 500);
    expect(await send(measurements)).toBeUndefined();
    expect(puts()).toHaveLength(3);
    expect(sandbox.metrics).toHaveLength(measurements.length);
    for (const request of requestsOf(measurements, AT)) {
      expect(request.length).toBeLessThanOrEqual(1_000);
      expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThan(1_048_576);
    }
  });

  it('with the longest of names stay below a megabyte', () => {
    const long = measurementsOf(500).map((each) => ({ ...each, dimensions: { ...each.dimensions, cluster: 'x'.repeat(1_024) } }));
    const requests = requestsOf(long, AT);
    expect(requests.flat()).toHaveLength(long.length);
    expect(Math.max(...requests.map((request) => Buffer.byteLength(JSON.stringify(request))))).toBeLessThan(1_048_576);
  });

  it('of nothing are no request', async () => {
    expect(await send([])).toBeUndefined();
    expect(puts()).toEqual([]);
  });
});

describe('what CloudWatch does not take', () => {
  it('is a reason with what to do, never an error', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'PutMetricData', effect: { kind: 'deny' } });
    expect(await send(measurementsOf(1))).toMatch(
      /^cloudwatch:PutMetricData failed: AccessDenied.*allow cloudwatch:PutMetricData where cloudwatch:namespace is SgpWarden$/,
    );
  });

  it('costs one request of many', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'PutMetricData', times: 1, effect: { kind: 'deny' } });
    expect(await send(measurementsOf(500))).toContain('AccessDenied');
    expect(sandbox.metrics).toHaveLength(2_014 - 1_000);
  });

  it('is sent again when it was throttled', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'PutMetricData', times: 1, effect: { kind: 'throttle' } });
    expect(await send(measurementsOf(1))).toBeUndefined();
    expect(puts()).toHaveLength(2);
  });
});
