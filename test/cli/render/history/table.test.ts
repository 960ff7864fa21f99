import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { History } from '../../../../cli/render/history/history.ts';
import { historyTable } from '../../../../cli/render/history/table.ts';
import type { DeletionStatus } from '../../../../shared/model/cleanup.ts';
import { deletionRecord } from '../../../support/cleanup-reports.ts';
import { history } from '../../../support/golden-history.ts';
import { ALICE, decisionRecord, PLAN_ID, proposed } from '../../../support/plans.ts';
import { TARGET } from '../../../support/reports.ts';

const view = { columns: 100, colour: false };
const golden = (name: string) => readFileSync(new URL(`../goldens/${name}.txt`, import.meta.url), 'utf8');
const historyOf = (parts: Partial<History>): History => ({ ledger: 'warden.json', deletions: [], plans: [], decisions: [], ...parts });
const deleted = (parts: Parameters<typeof deletionRecord>[1]) => ({ target: TARGET, record: deletionRecord(1, parts) });

describe('the table of a history', () => {
  it('reads as goldens/history.txt', () => {
    expect(historyTable(history(), view)).toBe(golden('history'));
  });

  it.each<[DeletionStatus, string, string]>([
    ['deleted', 'deleted', 'deleted'],
    ['deleted', 'gone: worker w asked EC2 to delete it', 'deleted: gone: worker w asked EC2 to delete it'],
    ['claimed', 'claimed', 'claimed only: claimed'],
    ['deleting', 'EC2 did not answer', 'unanswered: EC2 did not answer'],
    ['failed', 'missing permission', 'failed: missing permission'],
  ])('tells a deletion that is %s (%s) as: %s', (status, says, told) => {
    const [row = ''] = historyTable(historyOf({ deletions: [deleted({ status, says })] }), { ...view, columns: 160 })
      .split('\n')
      .slice(2);
    expect(row.endsWith(`  payments  ${told}`)).toBe(true);
  });

  it('tells of plans and decisions where nothing was deleted yet', () => {
    const parts = { plans: [{ target: TARGET, plan: proposed() }], decisions: [{ target: TARGET, decision: decisionRecord() }] };
    const text = historyTable(historyOf(parts), { ...view, columns: 200 });
    expect(text).toMatch(/^Account 111122223333, eu-west-1: 1 plan and 1 decision\n/);
    expect(text).not.toContain('--recreate');
    expect(text).toContain(
      '6 interfaces of deleted cluster checkout, holding 6 IP addresses; waits for an approval, until 2026-11-21 18:35 UTC\n',
    );
    expect(text).toContain(`2026-11-20 18:50 UTC  ${PLAN_ID}  approved (cli)\n`);
  });

  it('tells who tried, and why it was refused', () => {
    const decision = decisionRecord({ accepted: false, says: 'there is no plan fedcba9876543210', plan: 'fedcba9876543210' });
    const text = historyTable(historyOf({ decisions: [{ target: TARGET, decision }] }), { ...view, columns: 200 });
    expect(text).toContain(`fedcba9876543210  approve REFUSED, asked for by ${ALICE} (cli): there is no plan fedcba9876543210\n`);
  });
});
