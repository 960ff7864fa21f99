import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { recreationText } from '../../../cli/commands/recreate.ts';
import { deletionRecord, rawInterface } from '../../support/cleanup-reports.ts';
import { history } from '../../support/golden-history.ts';
import { TARGET } from '../../support/reports.ts';

const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');
const deleted = (parts: Parameters<typeof deletionRecord>[1]) => ({ target: TARGET, record: deletionRecord(1, parts) });

describe('the script of a re-creation', () => {
  it('reads as goldens/recreation.txt', () => {
    const [, , third] = history().deletions;
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
