import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { SEVERITIES } from '../../../shared/domain/verdict.ts';
import { leftoversOf } from '../../../shared/findings/report/leftovers.ts';
import { PLAN } from '../../plans/report/contract.ts';
import { mixedWithGaps, nothing, orphans, orphansWithPlan, twoRegions } from '../../support/golden-reports.ts';
import { leftover } from '../../support/leftovers.ts';
import { auditJson } from '../../support/report-texts.ts';
import { finding, report } from '../../support/reports.ts';

// The contract that scripts rely on. strictObject: a field too many is a leak.
const subject = v.strictObject({ type: v.string(), id: v.string() });
const FINDING = v.strictObject({
  id: v.string(),
  ruleId: v.string(),
  severity: v.picklist(SEVERITIES),
  verdict: v.literal('fail'),
  state: v.optional(v.string()),
  subject,
  cluster: v.nullable(v.string()),
  summary: v.string(),
  evidence: v.record(v.string(), v.unknown()),
  remedy: v.strictObject({ summary: v.string(), commands: v.array(v.string()) }),
  sightings: v.number(),
  firstSeen: v.pipe(v.string(), v.isoTimestamp()),
});
const at = v.pipe(v.string(), v.isoTimestamp());
const REFUSAL = v.strictObject({ interfaceId: v.string(), cluster: v.nullable(v.string()), guard: v.string(), reason: v.string() });
const CLEANUP = v.strictObject({
  ready: v.array(v.string()),
  refusals: v.array(REFUSAL),
  attempts: v.array(v.strictObject({ interfaceId: v.string(), status: v.string(), at, says: v.string() })),
  plans: v.array(PLAN),
});
const REPORT = v.strictObject({
  schemaVersion: v.literal(1),
  generatedAt: v.pipe(v.string(), v.isoTimestamp()),
  target: v.strictObject({ accountId: v.string(), region: v.string() }),
  coverage: v.array(v.strictObject({ slice: v.string(), ok: v.boolean(), reason: v.optional(v.string()) })),
  findings: v.array(FINDING),
  unknown: v.array(v.strictObject({ ruleId: v.string(), subject, reason: v.string() })),
  cleanup: v.optional(CLEANUP),
  stats: v.strictObject({ apiCalls: v.number(), durationMs: v.number() }),
});
const REPORTS = v.strictObject({
  schemaVersion: v.literal(1),
  generatedAt: v.pipe(v.string(), v.isoTimestamp()),
  reports: v.array(REPORT),
  failed: v.array(v.strictObject({ region: v.string(), reason: v.string() })),
});

describe('the JSON of an audit', () => {
  it.each([
    ['orphans', orphans],
    ['a plan that waits', orphansWithPlan],
    ['gaps', mixedWithGaps],
    ['nothing', nothing],
  ])('keeps the contract: %s', (_, make) => {
    const parsed = v.parse(REPORT, JSON.parse(auditJson([make()], [])));
    expect(parsed.findings).toHaveLength(make().findings.length);
    expect(parsed.unknown).toHaveLength(make().unknown.length);
    expect(parsed.coverage).toEqual(make().coverage);
    expect(parsed.cleanup?.plans.map(({ id }) => id)).toEqual(make().cleanup?.plans.map(({ id }) => id));
  });

  it('holds several regions under `reports`, and those without a report under `failed`', () => {
    const both = v.parse(REPORTS, JSON.parse(auditJson(twoRegions(), [])));
    expect(both.reports.map(({ target }) => target.region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(both.failed).toEqual([]);
    const one = v.parse(REPORTS, JSON.parse(auditJson([nothing()], [{ region: 'ap-east-1', reason: 'not enabled' }])));
    expect(one.reports).toHaveLength(1);
    expect(one.failed).toEqual([{ region: 'ap-east-1', reason: 'not enabled' }]);
  });

  it('is the same whatever the order in which things were found', () => {
    const { findings, ...rest } = orphans();
    const shuffled = { ...rest, findings: [...findings.slice(7).reverse(), ...findings.slice(0, 7)] };
    expect(auditJson([shuffled], [])).toBe(auditJson([orphans()], []));
  });

  it('sorts by severity, rule, cluster and subject', () => {
    const at = (ruleId: string, severity: 'low' | 'critical', cluster: string | null, id: string) =>
      finding({ ruleId, severity, cluster, subject: { type: 'vpc', id } });
    const findings = [
      at('b', 'low', null, 'x'),
      at('a', 'low', 'c2', 'x'),
      at('a', 'low', 'c1', 'y'),
      at('a', 'low', 'c1', 'x'),
      at('z', 'critical', 'c9', 'x'),
    ];
    const { findings: sorted } = v.parse(REPORT, JSON.parse(auditJson([report({ findings })], [])));
    expect(sorted.map(({ ruleId, cluster, subject: { id } }) => `${ruleId} ${cluster} ${id}`)).toEqual([
      'z c9 x',
      'a c1 x',
      'a c1 y',
      'a c2 x',
      'b null x',
    ]);
  });

  it('keeps every string as it is, and prints none that could steer a terminal', () => {
    const hostile = 'a\u001b[31m\u009b31m\u007f\u202e\u2028\u{e0041}\n"b"';
    const text = auditJson([report({ findings: [{ ...leftover(1), cluster: hostile }] })], []);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(v.parse(REPORT, JSON.parse(text)).findings[0]?.cluster).toBe(hostile);
  });

  it('is indented by two and ends with a newline', () => {
    expect(auditJson([nothing()], [])).toMatch(/^\{\n {2}"schemaVersion": 1,\n[\s\S]*\n\}\n$/);
  });
});

describe('the sections of a table', () => {
  it.each([orphans, mixedWithGaps, nothing])('hold every finding exactly once', (make) => {
    const sections = Object.values(leftoversOf(make())).flat();
    expect(sections.map(({ id }) => id).toSorted()).toEqual(
      make()
        .findings.map(({ id }) => id)
        .toSorted(),
    );
  });
});
