import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { CleanupReport } from '../../../shared/findings/audit-report.ts';
import { cleanupReport, execution, outcome, planned } from '../../support/cleanup-reports.ts';
import { allDone, stoppedHalfway } from '../../support/golden-cleanups.ts';
import { type CleanupTextView, resultTable } from '../../support/report-texts.ts';

const view: CleanupTextView = {
  columns: 100,
  colour: false,
  clusters: [],
  again: {
    cleanup: ({ wait, apply }) => `sgp-warden cleanup --region eu-west-1${wait ? ' --wait' : ''}${apply ? ' --apply' : ''}`,
    history: 'sgp-warden history --ledger warden.json --region eu-west-1',
  },
};
const table = (report: CleanupReport, change: Partial<CleanupTextView> = {}) =>
  resultTable(report, report.execution ?? execution(), { ...view, ...change });
const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');

describe('the table of a result', () => {
  it.each([
    ['result-stopped', stoppedHalfway],
    ['result-done', allDone],
  ])('reads as goldens/%s.txt', (name, make) => {
    expect(table(make())).toBe(golden(name));
  });

  it('does not send anybody to a ledger that there is none of', () => {
    expect(table(allDone(), { again: { ...view.again, history: undefined } })).not.toContain('history');
  });

  it.each(['time', 'interrupted'] as const)('says why it stopped: %s', (why) => {
    const stopped = execution({ stop: { why, says: 'the reason' }, left: [planned(1).interfaceId] });
    expect(table(cleanupReport({ plan: { deletions: [planned(1)] }, execution: stopped }))).toContain(`Stopped (${why}): the reason\n`);
  });

  it('tells what EC2 refused although every guard let it through', () => {
    const says = 'EC2 says it is in use: InvalidNetworkInterface.InUse';
    const text = table(
      cleanupReport({
        plan: { deletions: [planned(1)] },
        execution: execution({ outcomes: [outcome(1, { status: 'refused', guard: 'ec2', says })] }),
      }),
    );
    expect(text).toMatch(/- ec2: eni-\w+ \(payments\)\n {4}EC2 says it is in use/);
    expect(text).toContain('Run it again for the 1 interface that remains');
  });
});
