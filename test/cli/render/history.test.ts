import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { historyTable } from '../../../cli/render/history.ts';
import { recreationText } from '../../../cli/render/recreation.ts';
import type { DeletionStatus } from '../../../shared/model/cleanup.ts';
import { deletionRecord, rawInterface } from '../../support/cleanup-reports.ts';
import { history } from '../../support/golden-history.ts';
import { TARGET } from '../../support/reports.ts';

const view = { columns: 100, colour: false };
const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');
const deleted = (parts: Parameters<typeof deletionRecord>[1]) => ({ target: TARGET, record: deletionRecord(1, parts) });

describe('the table of a history', () => {
  it('reads as goldens/history.txt', () => {
    expect(historyTable('warden.json', history(), view)).toBe(golden('history'));
  });

  it.each<[DeletionStatus, string, string]>([
    ['deleted', 'deleted', 'deleted'],
    ['deleted', 'gone: worker w asked EC2 to delete it', 'deleted: gone: worker w asked EC2 to delete it'],
    ['claimed', 'claimed', 'claimed only: claimed'],
    ['deleting', 'EC2 did not answer', 'unanswered: EC2 did not answer'],
    ['failed', 'missing permission', 'failed: missing permission'],
  ])('tells a deletion that is %s (%s) as: %s', (status, says, told) => {
    const [row = ''] = historyTable('l', [deleted({ status, says })], { ...view, columns: 160 })
      .split('\n')
      .slice(2);
    expect(row.endsWith(`  payments  ${told}`)).toBe(true);
  });
});

describe('the script of a re-creation', () => {
  it('reads as goldens/recreation.txt', () => {
    const [, , third] = history();
    expect(third && recreationText(third, 'table')).toBe(golden('recreation'));
  });

  it('has one command, and comments that nothing breaks out of', () => {
    const nasty = 'x\nrm -rf $HOME #\u001b[2J';
    const text = recreationText(
      deleted({ cluster: nasty, by: nasty, interface: rawInterface(1, { MacAddress: nasty, TagSet: [{ Key: `aws:${nasty}` }] }) }),
      'table',
    );
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
    expect(lines).toEqual([expect.stringMatching(/^aws ec2 create-network-interface [ -~]+$/)]);
    expect(text).not.toContain('\u001b');
  });
});
