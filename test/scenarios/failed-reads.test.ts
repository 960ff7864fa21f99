// A failed read must never look like an empty one: whatever fails at whichever call, no orphan is claimed that was not proven.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Effect, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { auditOf, foundBy, unknownTo } from '../support/sandbox.ts';

let sandbox: Sandbox;
let store: LedgerStore;
let orphans: string[];

/** A deleted cluster's orphans, seen once half an hour ago, beside a live cluster with an uncollected interface. */
beforeEach(async () => {
  sandbox = await startSandbox();
  store = memoryStore();
  const world = sandbox.world();
  world.createCluster('shop');
  const node = world.addNode('shop');
  orphans = [world.addPod(node.instanceId), world.addPod(node.instanceId)].map((pod) => pod.interfaceId ?? '').sort();
  world.deleteCluster('shop');
  sandbox.clock.advance(10);
  world.terminateNode(node.instanceId);
  sandbox.clock.advance(5);
  await auditOf(sandbox, store);
  sandbox.clock.advance(31);
  world.createCluster('live', { vpcId: world.createVpc().id });
  const live = world.addPod(world.addNode('live').instanceId).interfaceId ?? '';
  Object.assign(world.state.interfaces.get(live) ?? {}, { status: 'available' });
  sandbox.calls.length = 0;
});

afterEach(() => sandbox.stop());

const gaps = (report: AuditReport) => report.findings.filter((finding) => finding.ruleId === 'coverage-gap');

describe('DescribeCluster denied', () => {
  beforeEach(() => {
    sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', effect: { kind: 'deny' } });
  });

  it('claims no orphan, although the ledger knows suspects', async () => {
    const report = await auditOf(sandbox, store);
    expect(foundBy(report, 'orphaned-branch-eni')).toEqual([]);
    expect(unknownTo(report, 'orphaned-branch-eni')).toEqual(expect.arrayContaining(orphans));
  });

  it('names the missing permission once, whatever the number of clusters', async () => {
    const report = await auditOf(sandbox, store);
    expect(gaps(report)).toEqual([expect.objectContaining({ subject: { type: 'slice', id: 'clusters' } })]);
    expect(gaps(report)[0]?.remedy.summary).toContain('eks:DescribeCluster');
    expect(report.coverage).toContainEqual(expect.objectContaining({ slice: 'clusters', ok: false }));
  });
});

it('one denied cluster does not blind the region', async () => {
  sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster' && call.params.name === 'live', effect: { kind: 'deny' } });
  const report = await auditOf(sandbox, store);
  expect(foundBy(report, 'orphaned-branch-eni', 'orphan')).toEqual(orphans);
  expect(foundBy(report, 'leaked-branch-eni')).toEqual([]);
  expect(gaps(report)).toHaveLength(1);
});

it('a denied list leaves everything unknown and resolves nothing', async () => {
  sandbox.faults.add({ when: (call) => call.action === 'DescribeNetworkInterfaces', effect: { kind: 'deny' } });
  const report = await auditOf(sandbox, store);
  expect(report.findings.every((finding) => finding.ruleId === 'coverage-gap')).toBe(true);
  expect(report.transitions.filter((transition) => transition.kind === 'resolved')).toEqual([]);
  expect(unknownTo(report, 'orphaned-branch-eni')).toEqual(expect.arrayContaining(orphans));
});

const EFFECTS: [string, Effect][] = [
  ['denied', { kind: 'deny' }],
  ['answered by an HTML page with status 200', { kind: 'html', status: 200 }],
  ['answered by an HTML page with status 404', { kind: 'html', status: 404 }],
  ['cut in half', { kind: 'truncate' }],
  ['answered by an error of ours', { kind: 'error', code: 'InternalError', status: 400 }],
];

describe.each(EFFECTS)('with one call %s', (_name, effect) => {
  it('claims only proven orphans, misses none in silence, and never throws', async () => {
    const clean = await auditOf(sandbox, memoryStore());
    const calls = sandbox.calls.length;
    expect(clean.coverage.every((each) => each.ok)).toBe(true);
    for (let struck = 0; struck < calls; struck += 1) {
      sandbox.faults.clear();
      let index = -1;
      // By position, and for good: retries and pages after it meet the same fault.
      sandbox.faults.add({
        when: () => {
          index += 1;
          return index >= struck;
        },
        effect,
      });
      const report = await auditOf(sandbox, store).catch((error: unknown) => error);
      if (!isReport(report)) throw report;
      const claimed = foundBy(report, 'orphaned-branch-eni');
      expect(orphans).toEqual(expect.arrayContaining(claimed));
      const said = [...claimed, ...unknownTo(report, 'orphaned-branch-eni')];
      if (!orphans.every((id) => said.includes(id))) expect(unknownTo(report, 'orphaned-branch-eni')).toContain('us-east-1');
      expect(report.coverage.some((each) => !each.ok)).toBe(true);
      expect(report.transitions.filter((each) => each.kind === 'resolved' && !each.findingId.startsWith('coverage-gap'))).toEqual([]);
    }
    sandbox.faults.clear();
    expect(foundBy(await auditOf(sandbox, store), 'orphaned-branch-eni', 'orphan')).toEqual(orphans);
  });
});

const isReport = (value: unknown): value is AuditReport => typeof value === 'object' && value !== null && 'coverage' in value;
