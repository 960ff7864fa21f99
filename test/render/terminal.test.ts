import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rulesTable } from '../../cli/commands/rules.ts';
import { clean } from '../../shared/content/text.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import { SEVERITIES, TOPICS } from '../../shared/domain/verdict.ts';
import type { AuditReport, CleanupStatus } from '../../shared/findings/audit-report.ts';
import { terminal } from '../../shared/render/terminal.ts';
import { aboutOf } from '../support/about.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { cleanupReport, deletionRecord, execution, outcome, planned, refused } from '../support/cleanup-reports.ts';
import { clickRecord } from '../support/clicks.ts';
import { decisionRecord, proposed } from '../support/plans.ts';
import { answerTable, auditTable, historyTable, planTable, planToAnswer, preflightTable, resultTable } from '../support/report-texts.ts';
import { preflightReport, report, TARGET } from '../support/reports.ts';

// Names and tags are anybody's to choose: escape sequences, newlines, bidirectional overrides, quotes, lone surrogates.
const nasty = fc.constantFrom(
  '\u001b[2J',
  '\u001b]0;owned\u0007',
  '\u009b31m',
  '\n',
  '\r',
  '\t',
  '\u202e',
  '\u2028',
  '\u200b',
  '\ud800',
  "'",
  '"',
  '\\',
  '`',
  ' -- ',
  '|',
);
const hostile = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 }), fc.lorem()), { maxLength: 6 })
  .map((parts) => parts.join(''));
const texts = fc.array(hostile, { maxLength: 3 });
// Quotes join words, which then must stay on one line; shell-commands have a property of their own.
const commands = texts.map((all) => all.map((text) => text.replace(/['"\\]/g, '')));

const evidence = fc.oneof(
  fc.constant({}),
  fc.record({ proof: fc.anything(), interface: fc.anything(), blocks: fc.anything(), sightings: fc.anything(), items: fc.anything() }),
  fc.record({
    proof: fc.array(fc.record({ point: hostile, outcome: fc.constantFrom('holds', 'waits', 'unread'), says: hostile }), { maxLength: 4 }),
    interface: fc.record({ id: hostile, status: hostile, subnetId: hostile, addresses: texts }),
    blocks: fc.record({ securityGroups: texts, subnet: hostile, vpc: hostile }),
    sightings: fc.record({ count: fc.nat(), first: hostile, newest: hostile }),
    name: hostile,
    unlockSet: texts,
    trunks: texts,
    addressesReturned: fc.nat(),
    permission: hostile,
    items: fc.array(fc.record({ item: hostile, code: hostile, message: hostile }), { maxLength: 3 }),
  }),
);
const RULE_IDS = [
  'orphaned-branch-eni',
  'orphaned-trunk-eni',
  'leaked-branch-eni',
  'unattributable-branch-eni',
  'pinned-by-orphans',
  'coverage-gap',
  'later-rule',
];
const finding: fc.Arbitrary<Finding> = fc
  .record({
    id: hostile,
    ruleId: fc.constantFrom(...RULE_IDS),
    topic: fc.constantFrom(...TOPICS),
    severity: fc.constantFrom(...SEVERITIES),
    verdict: fc.constant('fail' as const),
    state: fc.constantFrom('orphan', 'suspect', 'leaked'),
    subject: fc.record({ type: fc.constantFrom('network-interface' as const, 'vpc' as const), id: hostile }),
    cluster: fc.option(hostile),
    summary: hostile,
    evidence,
    remedy: fc.record({ summary: hostile, commands }),
    sightings: fc.nat(),
    firstSeen: hostile,
  })
  .map((made) => ({ ...made, ...aboutOf(made.ruleId) }));
const STATUSES = ['waiting', 'approved', 'running'] as const;
const cleanupOf: fc.Arbitrary<CleanupStatus> = fc.record({
  ready: texts,
  refusals: fc.array(fc.record({ interfaceId: hostile, cluster: fc.option(hostile), guard: hostile, reason: hostile }), { maxLength: 3 }),
  attempts: fc.array(fc.record({ interfaceId: hostile, status: hostile, at: hostile, says: hostile }), { maxLength: 12 }),
  plans: fc.array(
    fc.record({ id: hostile, cluster: hostile, says: hostile, status: fc.constantFrom(...STATUSES), expiresAt: hostile }).map(proposed),
    { maxLength: 2 },
  ),
});
const anyReport: fc.Arbitrary<AuditReport> = fc
  .record({
    findings: fc.array(finding, { maxLength: 14 }),
    coverage: fc.array(fc.record({ slice: hostile, ok: fc.boolean(), reason: hostile }), { maxLength: 3 }),
    unknown: fc.array(
      fc.record({
        ruleId: hostile,
        subject: fc.record({ type: fc.constant('vpc' as const), id: hostile }),
        cluster: fc.option(hostile),
        reason: hostile,
      }),
      { maxLength: 12 },
    ),
    transitions: fc.array(fc.record({ kind: fc.constant('resolved' as const), findingId: hostile, at: hostile, says: hostile }), {
      maxLength: 2,
    }),
    ledger: fc.option(hostile, { nil: undefined }),
    cleanup: fc.option(cleanupOf, { nil: undefined }),
  })
  .map(report);
const columns = fc.integer({ min: 40, max: 160 });

// A word without a space may be an id, and ids are never broken.
const isUnbreakable = (line: string): boolean => line.trim().replace(/ \\$/, '').split(' ').length === 1;

function expectTame(text: string, width: number): void {
  for (const line of text.split('\n')) {
    expect(line).toBe(clean(line));
    if (line.length > width) expect([line, isUnbreakable(line)]).toEqual([line, true]);
  }
}

describe('whatever the account holds', () => {
  it('a table has no control characters and no line wider than the terminal', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { minLength: 1, maxLength: 2 }), hostile, columns, (reports, reason, width) => {
        const view = {
          columns: width,
          colour: false,
          asked: { clusters: [], rules: [] },
          again: () => 'sgp-warden audit',
          cleanup: () => 'c',
          decide: () => 'd',
          accept: () => 'a',
        };
        expectTame(auditTable(reports, [{ region: 'eu-west-1', reason }], view), width);
      }),
    );
  });

  it('nor has a preflight', () => {
    fc.assert(
      fc.property(hostile, commands, columns, (text, ids, width) => {
        const parts = { cluster: text, summary: text, deleteFirst: ids, outliving: ids, steps: [{ summary: text, commands: ids }] };
        expectTame(preflightTable(preflightReport(parts), { columns: width, colour: false }), width);
      }),
    );
  });

  it('nor have a plan, a result and a history', () => {
    fc.assert(
      fc.property(anyReport, hostile, texts, columns, (audit, text, ids, width) => {
        const proof = [{ point: text, outcome: 'holds', says: text } as const];
        const deletions = ids.map((id) => planned(1, { interfaceId: id, cluster: text, since: text, addresses: ids, proof }));
        const refusals = ids.map((id) => refused(1, text, { interfaceId: id, cluster: text, reason: text }));
        const freed = [{ subject: { type: 'vpc', id: text } as const, summary: text }];
        const stopped = execution({
          outcomes: [outcome(1, { status: 'failed', says: text })],
          stop: { why: 'error', says: text },
          left: ids,
        });
        const report = cleanupReport({
          audit,
          freed,
          exclusions: { clusters: ids, vpcs: ids },
          plan: { deletions, refusals, unblocks: freed },
        });
        const view = { columns: width, colour: false, clusters: ids, again: { cleanup: () => 'c', history: 'h' } };
        expectTame(planTable(report, view), width);
        expectTame(resultTable(report, stopped, view), width);
        const record = deletionRecord(1, { interfaceId: text, cluster: text, by: text, at: text, says: text, digest: text });
        const plan = proposed({
          ...{ id: text, cluster: text, says: text, proposedAt: text, expiresAt: text, ledger: text },
          plan: report.plan,
        });
        const decision = decisionRecord({ id: text, plan: text, by: text, at: text, says: text, accepted: ids.length > 1 });
        const kept = {
          deletions: [{ target: TARGET, record }],
          plans: [{ target: TARGET, plan }],
          decisions: [{ target: TARGET, decision }],
          acceptances: [
            { target: TARGET, acceptance: { ...ACCEPTED, findingId: text, by: text, owner: text, reason: text, until: text, at: text } },
          ],
          clicks: ['2026-11-20/forged', text].map((id) => {
            return { target: TARGET, click: clickRecord({ id, at: text, by: text, about: text, says: text, accepted: ids.length > 1 }) };
          }),
        };
        expectTame(historyTable({ ledger: text, ...kept }, view), width);
        expectTame(planToAnswer(plan, TARGET, view), width);
        const again = { audit: 'a', history: 'h', reject: 'r' };
        for (const accepted of [true, false])
          expectTame(answerTable({ verdict: 'approve', accepted, plan, says: text }, text, again, view), width);
      }),
    );
  });

  it('a command that is wrapped is the same command to a shell', () => {
    const plain = fc.stringMatching(/^[a-z0-9=.:|-]{1,30}$/);
    const quoted = fc.stringMatching(/^[a-z "|-]{1,30}$/).map((text) => `'${text}'`);
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, quoted), { minLength: 1, maxLength: 12 }), columns, (parts, width) => {
        const printed = terminal([{ blocks: [{ kind: 'commands', commands: [parts.join(' ')] }] }], { columns: width, colour: false });
        expect(printed.trim().replaceAll(/ \\\n +/g, ' ')).toBe(parts.join(' '));
      }),
    );
  });

  it('a long id is never broken', () => {
    const id = `eni-${'0'.repeat(60)}`;
    const metas = [{ id, title: id, severity: 'low', why: '', remedy: '', docs: '' } as const];
    expect(rulesTable(metas, { columns: 40, colour: false }).split(id)).toHaveLength(3);
  });
});

describe('clean', () => {
  it.each([
    ['a\u001b[31mred\u001b[0m', 'ared'],
    ['title\u001b]0;owned\u0007!', 'title!'],
    ['one\ntwo\r\n\tthree', 'one two three'],
    ['\u202egnp.exe\u200b', 'gnp.exe'],
    ['\u009b2Jx\u007f', 'x'],
    ['sg "a"  b', 'sg "a"  b'],
    ['Zürich 東京', 'Zürich 東京'],
  ])('%j is printed as %j', (text, printed) => {
    expect(clean(text)).toBe(printed);
  });
});
