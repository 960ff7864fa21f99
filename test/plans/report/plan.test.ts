import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { CleanupReport } from '../../../shared/findings/audit-report.ts';
import { cleanupReport, planned, refused, suspected } from '../../support/cleanup-reports.ts';
import { manyToDelete, unreadPlan } from '../../support/golden-cleanups.ts';
import { type CleanupTextView, planTable, planToApply } from '../../support/report-texts.ts';
import { eniId } from '../../support/reports.ts';

const view: CleanupTextView = {
  columns: 100,
  colour: false,
  clusters: [],
  again: {
    cleanup: ({ wait, apply, ledger }) =>
      `sgp-warden cleanup --region eu-west-1${ledger ? ` --ledger ${ledger}` : ''}${wait ? ' --wait' : ''}${apply ? ' --apply' : ''}`,
    history: 'sgp-warden history --ledger warden.json',
  },
};
const noLedger = { again: { ...view.again, history: undefined } };
const table = (report: CleanupReport, change: Partial<CleanupTextView> = {}) => planTable(report, { ...view, ...change });
const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');

describe('the table of a plan', () => {
  it.each([
    ['plan', manyToDelete],
    ['plan-unread', unreadPlan],
    ['plan-nothing', cleanupReport],
  ])('reads as goldens/%s.txt', (name, make) => {
    expect(table(make())).toBe(golden(name));
  });

  it('says the same with colours', () => {
    const coloured = table(manyToDelete(), { colour: true });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(golden('plan'));
  });

  it('names every interface that would be deleted, however many, and the digest over them', () => {
    const ids = Array.from({ length: 150 }, (_, index) => index + 1);
    const text = table(cleanupReport({ plan: { deletions: ids.map((n) => planned(n)) } }));
    expect(ids.filter((n) => !text.includes(`  ${eniId(n)}  `))).toEqual([]);
    expect(text).toContain('plan 0123456789abcdef, ');
  });

  it('tells what it was narrowed to', () => {
    expect(table(cleanupReport(), { clusters: ['payments'] }).split('\n')[0]).toBe(
      'Account 111122223333, eu-west-1: nothing to delete (asked only for cluster payments)',
    );
  });

  it('that is about to be applied has no next step', () => {
    expect(planToApply(manyToDelete(), view)).toBe(golden('plan').replace(/\nNEXT\n[\s\S]*$/, ''));
  });
});

describe('the exclusions in force', () => {
  const lines = (report: CleanupReport) => /Exclusions in force\n((?: .*\n)+)/.exec(table(report))?.[1];

  it('are none where there are none', () => {
    expect(lines(cleanupReport())).toBe('  tag sgp-warden:keep  none\n  EXCLUDED_CLUSTERS    none\n  EXCLUDED_VPCS        none\n');
  });

  it('are named where there are some', () => {
    const report = cleanupReport({
      exclusions: { clusters: ['a', 'b'], vpcs: ['vpc-1'] },
      plan: { refusals: [refused(1, 'not-excluded'), refused(2, 'not-excluded', { reason: 'cluster a is in EXCLUDED_CLUSTERS' })] },
    });
    expect(lines(report)).toBe(`  tag sgp-warden:keep  ${eniId(1)}\n  EXCLUDED_CLUSTERS    a, b\n  EXCLUDED_VPCS        vpc-1\n`);
  });
});

describe('what to do about a plan', () => {
  it('is to apply it, with the command that does', () => {
    expect(table(cleanupReport({ plan: { deletions: [planned(1)] } }))).toMatch(
      /Nothing was deleted\. This deletes the 1 interface of plan 0123456789abcdef[^\n]*\n(?:[^\n]*\n)? +sgp-warden cleanup --region eu-west-1 --apply\n$/,
    );
  });

  it('is a second look at suspects, when that is due by the ledger', () => {
    expect(table(suspected(1))).toMatch(
      /the 1 suspect a second time, at 2026-11-20 19:05 UTC or later; this waits for it:\n +\S.* --wait\n$/,
    );
  });

  it('is to hold the first look where there is no ledger', () => {
    expect(table(suspected(1, 2), noLedger)).toMatch(
      /was not remembered\.[\s\S]* 2\s+suspects again after 30 minutes[\s\S]* --ledger sgp-warden\.ledger\.json --wait\n$/,
    );
  });

  it('is never to delete what could not be proven', () => {
    expect(table(unreadPlan())).not.toMatch(/--apply|Nothing to do/);
  });
});
