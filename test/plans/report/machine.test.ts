import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { CleanupReport } from '../../../shared/findings/audit-report.ts';
import { cleanupFields } from '../../../shared/plans/report/machine.ts';
import { printedJson } from '../../../shared/render/json.ts';
import { cleanupReport, planned } from '../../support/cleanup-reports.ts';
import { allDone, manyToDelete, stoppedHalfway, unreadPlan } from '../../support/golden-cleanups.ts';

const cleanupJson = (report: CleanupReport): string => printedJson(cleanupFields(report));

// The contract that scripts rely on. strictObject: a field too many is a leak.
const unlocked = v.array(v.strictObject({ subject: v.strictObject({ type: v.string(), id: v.string() }), summary: v.string() }));
const PLAN = v.strictObject({
  digest: v.string(),
  deletions: v.array(
    v.strictObject({
      interfaceId: v.string(),
      cluster: v.string(),
      findingId: v.string(),
      fingerprint: v.string(),
      since: v.string(),
      addresses: v.array(v.string()),
      proof: v.array(v.strictObject({ point: v.string(), outcome: v.string(), says: v.string() })),
    }),
  ),
  refusals: v.array(v.strictObject({ interfaceId: v.string(), cluster: v.nullable(v.string()), guard: v.string(), reason: v.string() })),
  unblocks: unlocked,
});
const EXECUTION = v.strictObject({
  outcomes: v.array(
    v.strictObject({
      interfaceId: v.string(),
      cluster: v.string(),
      findingId: v.string(),
      status: v.picklist(['deleted', 'already-gone', 'refused', 'failed']),
      guard: v.optional(v.string()),
      says: v.string(),
    }),
  ),
  stop: v.nullable(v.strictObject({ why: v.string(), says: v.string() })),
  left: v.array(v.string()),
});
const CLEANUP = v.strictObject({
  schemaVersion: v.literal(1),
  generatedAt: v.pipe(v.string(), v.isoTimestamp()),
  target: v.strictObject({ accountId: v.string(), region: v.string() }),
  plan: PLAN,
  execution: v.nullable(EXECUTION),
  freed: unlocked,
  coverage: v.array(v.strictObject({ slice: v.string(), ok: v.boolean(), reason: v.optional(v.string()) })),
  stats: v.strictObject({ apiCalls: v.number(), durationMs: v.number() }),
});

describe('the JSON of a cleanup', () => {
  it.each([
    ['a plan', manyToDelete],
    ['what could not be read', unreadPlan],
    ['a stop half-way', stoppedHalfway],
    ['all done', allDone],
    ['nothing', cleanupReport],
  ])('keeps the contract: %s', (_, make) => {
    const { plan, execution, freed, audit } = make();
    const parsed = v.parse(CLEANUP, JSON.parse(cleanupJson(make())));
    expect(parsed.plan.deletions.map(({ interfaceId }) => interfaceId)).toEqual(plan.deletions.map(({ interfaceId }) => interfaceId));
    expect(parsed.plan.refusals).toEqual(plan.refusals);
    expect(parsed.execution).toEqual(execution ? { ...execution, stop: execution.stop ?? null } : null);
    expect([parsed.freed, parsed.coverage]).toEqual([freed, audit.coverage]);
  });

  it('keeps every string as it is, and prints none that could steer a terminal', () => {
    const hostile = 'a\u001b[31m\u202e\n"b"';
    const text = cleanupJson(cleanupReport({ plan: { deletions: [planned(1, { cluster: hostile })] } }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}]/u);
    expect(v.parse(CLEANUP, JSON.parse(text)).plan.deletions[0]?.cluster).toBe(hostile);
  });
});
