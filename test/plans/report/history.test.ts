import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { DeletionStatus } from '../../../shared/plans/deletion.ts';
import type { History } from '../../../shared/plans/report/history-model.ts';
import { ACCEPTED } from '../../support/acceptances.ts';
import { deletionRecord } from '../../support/cleanup-reports.ts';
import { clickRecord, SLACK_ANNA } from '../../support/clicks.ts';
import { history } from '../../support/golden-history.ts';
import { ALICE, decisionRecord, PLAN_ID, proposed } from '../../support/plans.ts';
import { historyTable } from '../../support/report-texts.ts';
import { TARGET } from '../../support/reports.ts';

const view = { columns: 100, colour: false };
const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');
const historyOf = (parts: Partial<History>): History => ({
  ledger: 'warden.json',
  deletions: [],
  plans: [],
  decisions: [],
  acceptances: [],
  clicks: [],
  ...parts,
});
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

  it('tells of somebody who answers for a finding, with the last day of it', () => {
    const text = historyTable(historyOf({ acceptances: [{ target: TARGET, acceptance: ACCEPTED }] }), { ...view, columns: 300 });
    expect(text).toMatch(/^Account 111122223333, eu-west-1: 1 acceptance\n/);
    expect(text).toContain(
      `2026-11-20 18:00 UTC  until 2026-12-31  ${ACCEPTED.findingId}: accepted by ${ACCEPTED.by}, web-team answers for it: kept for the auditors\n`,
    );
  });

  it('tells who pressed what, and whether it was taken', () => {
    const refused = clickRecord({
      id: 'b',
      action: 'evidence',
      accepted: false,
      says: 'this message is no longer in the ledger',
      about: '-',
    });
    const clicks = [refused, clickRecord()].map((click) => ({ target: TARGET, click }));
    const text = historyTable(historyOf({ clicks }), { ...view, columns: 300 });
    expect(text).toMatch(/^Account 111122223333, eu-west-1: 2 clicks\n/);
    expect(text).toContain(`evidence REFUSED, asked for by ${SLACK_ANNA}: this message is no longer in the ledger\n`);
    expect(text).toContain(`${ACCEPTED.findingId}  snooze by ${SLACK_ANNA}: eni-1 is accepted until 2026-11-27; anna answers for it\n`);
  });

  it('counts what Slack did not sign, by day', () => {
    const forged = {
      by: '-',
      action: 'unknown',
      about: '-',
      accepted: false,
      says: 'the signature is not that of the signing secret',
    } as const;
    const clicks = [
      clickRecord({ ...forged, id: '2026-11-21/forged', at: '2026-11-21T03:00:00.000Z', count: 4_000 }),
      clickRecord({ ...forged, id: '2026-11-20/forged', count: 1 }),
    ].map((click) => ({ target: TARGET, click }));
    const text = historyTable(historyOf({ clicks }), { ...view, columns: 200 });
    expect(text).toMatch(/^Account 111122223333, eu-west-1: 4,001 requests that Slack did not sign\n/);
    expect(text).toContain('2026-11-21  4,000 requests  REFUSED: the signature is not that of the signing secret\n');
    expect(text).toContain('2026-11-20  1 request       REFUSED: the signature is not that of the signing secret\n');
  });
});
