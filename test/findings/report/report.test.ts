import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { AuditReport, CleanupStatus } from '../../../shared/findings/audit-report.ts';
import type { UnreadRegion } from '../../../shared/findings/report/report.ts';
import { refused } from '../../support/cleanup-reports.ts';
import { pathReport } from '../../support/golden-paths.ts';
import { accepted, mixedWithGaps, nothing, orphans, orphansWithPlan, twoRegions } from '../../support/golden-reports.ts';
import { leftover, pinned } from '../../support/leftovers.ts';
import { proposed } from '../../support/plans.ts';
import { type AuditTextView, auditTable } from '../../support/report-texts.ts';
import { eniId, finding, gap, report, TARGET, undecided } from '../../support/reports.ts';

const view: AuditTextView = {
  columns: 100,
  colour: false,
  asked: { clusters: [], rules: [] },
  again: ({ ledger, format }) => `sgp-warden audit${ledger ? ` --ledger ${ledger}` : ''}${format ? ` --format ${format}` : ''}`,
  cleanup: (region) => `sgp-warden cleanup --region ${region}`,
  decide: (verdict, plan, region) => `sgp-warden ${verdict} ${plan} --region ${region} --ledger dynamodb:warden`,
  accept: (findingId, until) => `sgp-warden accept ${findingId} --reason REASON --owner OWNER --until ${until} --ledger warden.json`,
};
const table = (reports: readonly AuditReport[], change: Partial<AuditTextView> = {}, failed: readonly UnreadRegion[] = []) =>
  auditTable(reports, failed, { ...view, ...change });
const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');

describe('the table of an audit', () => {
  it.each([
    ['orphans', [orphans()]],
    ['mixed-with-gaps', [mixedWithGaps()]],
    ['orphans-with-plan', [orphansWithPlan()]],
    ['nothing', [nothing()]],
    ['two-regions', twoRegions()],
    ['paths', [pathReport()]],
    ['accepted', [accepted()]],
  ])('reads as goldens/%s.txt', (name, reports) => {
    expect(table(reports)).toBe(golden(name));
  });

  it('says the same with colours', () => {
    const coloured = table([mixedWithGaps()], { colour: true });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(golden('mixed-with-gaps'));
  });
});

describe('what could not be read', () => {
  it('comes before anything that was found, with the missing permission', () => {
    const text = table([mixedWithGaps()]);
    expect(text.split('\n')[0]).toMatch(/: INCOMPLETE: /);
    expect(text.indexOf('missing permission: eks:DescribeCluster')).toBeLessThan(text.indexOf('Deleted cluster'));
  });

  it('never reads as nothing left behind', () => {
    const denied = gap('branchEnis', 'ec2:DescribeNetworkInterfaces', []);
    for (const unread of [report({ coverage: [denied.coverage] }), report({ findings: [denied.finding] })]) {
      const text = table([unread]);
      expect(text).not.toMatch(/nothing left behind|Nothing to do/);
      expect(text).toContain('INCOMPLETE: something could not be read');
    }
  });

  it('is told for a region that gave no report at all', () => {
    const text = table([nothing()], {}, [{ region: 'ap-east-1', reason: 'not enabled' }]);
    expect(text).toContain('ap-east-1: NOT AUDITED: not enabled');
    expect(text).not.toContain('Nothing to do');
  });
});

describe('what to do next', () => {
  it('is a second look when there is no ledger', () => {
    expect(table([report({ findings: [leftover(1, { state: 'suspect' })], minOrphanAgeMinutes: 45 })])).toMatch(
      /once more 45\s+minutes later:\n +sgp-warden audit --ledger sgp-warden\.ledger\.json\n/,
    );
  });

  it('is a second look at a time when there is a ledger', () => {
    const suspects = { findings: [leftover(1, { state: 'suspect' })], ledger: 'warden.json' };
    expect(table([report(suspects)])).toContain('a second time, at 2026-11-20 19:05 UTC or later;');
    expect(table([report({ ...suspects, minOrphanAgeMinutes: 0 })])).toContain('a second time, now;');
  });

  it('deletes orphans, never suspects', () => {
    const text = table([report({ findings: [leftover(1), leftover(2, { state: 'suspect' })] })]);
    expect(text).toContain(`delete-network-interface --region eu-west-1 --network-interface-id ${leftover(1).subject.id}`);
    expect(text).not.toContain(`--network-interface-id ${leftover(2).subject.id}`);
  });

  it('is a plan for the orphans of each region, which trunks are none of', () => {
    const us = report({ target: { ...TARGET, region: 'us-east-1' }, findings: [leftover(2), leftover(3)] });
    const text = table([report({ findings: [leftover(1)] }), us]);
    expect(text).toMatch(
      /1\. Plan the deletion of the 3 orphans with these; --apply [^\n]*\n[^\n]*\n? +sgp-warden cleanup --region eu-west-1\n +sgp-warden cleanup --region us-east-1\n/,
    );
    expect(text).toContain('2. Or delete the 3 orphans by hand');
    const trunk = table([report({ findings: [leftover(1, { ruleId: 'orphaned-trunk-eni' }), leftover(2, { state: 'suspect' })] })]);
    expect(trunk).not.toContain('cleanup');
    expect(trunk).toContain('1. Delete the 1 orphan by hand');
  });

  it('says one remedy once, for all clusters, with some of its commands', () => {
    const findings = ['blue', 'green', 'red', 'white'].map((cluster) =>
      finding({
        ruleId: 'untagged-for-load-balancer-controller',
        cluster,
        subject: { type: 'security-group-set', id: `sg-${cluster}` },
        remedy: { summary: 'Tag one of their groups.', commands: [`aws ec2 create-tags --resources sg-${cluster}`] },
      }),
    );
    const [, next = ''] = table([report({ findings })]).split('NEXT');
    expect(next).toMatch(/1\. blue, green, red .*1 more: Tag one of their groups\./);
    expect(next.match(/create-tags/g)).toHaveLength(3);
    expect(next).toContain('... and 1 more (--format json lists all)');
  });

  it('promises to free only what proven orphans alone hold', () => {
    const held = (state: string) => [leftover(1), pinned('vpc', 'vpc-0cccccccccccccccc', [leftover(1).subject.id], { state })];
    expect(table([report({ findings: held('orphan') })])).toContain('After that these can be deleted too: vpc-0cccccccccccccccc.');
    expect(table([report({ findings: held('suspect') })])).not.toContain('After that');
  });
});

describe('what is said of a cleanup', () => {
  const cleanupOf = (parts: Partial<CleanupStatus>) => report({ cleanup: { ready: [], refusals: [], attempts: [], plans: [], ...parts } });

  it('is nothing when nothing waits, is held back or failed', () => {
    expect(table([cleanupOf({ ready: [eniId(1)] })])).toBe(table([report()]));
    expect(table([report({ cleanup: undefined })])).toBe(table([report()]));
  });

  it('is how to answer a plan that waits, and how to take an approval back', () => {
    const text = table([cleanupOf({ plans: [proposed()] })], { columns: 160 });
    expect(text).toContain('waits for an approval, until 2026-11-21 18:35 UTC\n    sgp-warden approve 0123456789abcdef --region eu-west-1');
    expect(text).toContain('1. Approve or reject plan 0123456789abcdef with the commands under Cleanup, until 2026-11-21 18:35 UTC.');
    const approved = table([cleanupOf({ plans: [proposed({ status: 'approved', says: 'approved by alice' })] })]);
    expect(approved).toContain('sgp-warden reject 0123456789abcdef');
    expect(approved).not.toContain('sgp-warden approve');
    expect(table([cleanupOf({ plans: [proposed({ status: 'running', says: 'being carried out' })] })])).not.toMatch(
      /sgp-warden (approve|reject)/,
    );
  });

  it('is no advice to delete what a guard holds back, but what is deferred', () => {
    const refusals = [refused(1, 'not-excluded'), refused(2, 'batch-limit')];
    const cleanup = { ready: [eniId(3)], refusals, attempts: [], plans: [] };
    const text = table([report({ findings: [1, 2, 3].map((n) => leftover(n)), cleanup })]);
    expect(text).toContain('1. Plan the deletion of the 2 orphans');
    expect(text).toContain('2. Or delete the 2 orphans by hand');
    expect(text).not.toContain(`--network-interface-id ${eniId(1)}`);
  });

  it('is to wait for a plan that is approved, rather than to delete the same by hand', () => {
    const plans = [proposed({ n: 1, status: 'running', says: 'being carried out' })];
    const text = table([report({ findings: [leftover(1)], cleanup: { ready: [eniId(1)], refusals: [], attempts: [], plans } })]);
    expect(text).toMatch(/NEXT\n {2}1\. Leave what is in plan 0123456789abcdef to the stack: it is running, [^\n]*\n[^\n]*\n$/);
  });

  it('is seen where several regions are told of', () => {
    const us = { ...cleanupOf({ plans: [proposed()] }), target: { ...TARGET, region: 'us-east-1' } };
    expect(table([report(), us])).toContain('approve 0123456789abcdef --region us-east-1');
  });

  it('is every guard once for all that it holds back alike', () => {
    const refusals = [1, 2, 3].map((n) => refused(n, 'batch-limit'));
    expect(table([cleanupOf({ refusals })]).match(/batch-limit/g)).toHaveLength(1);
  });
});

describe('the headline', () => {
  it.each([
    ['one cluster by its name', [leftover(1)], '1 orphan of deleted cluster payments holds 1 IP address'],
    ['several by their number', [leftover(1), leftover(2, { cluster: 'b' })], '2 orphans of 2 deleted clusters hold 2 IP addresses'],
    ['pinned resources when only they were asked for', [pinned('vpc', 'vpc-1', ['eni-1'])], '1 resource pinned by orphans'],
    ['a rule that has no section of its own', [finding({ ruleId: 'new-rule', subject: { type: 'vpc', id: 'vpc-1' } })], '1 other finding'],
  ])('tells %s', (_, findings, says) => {
    expect(table([report({ findings })]).split('\n')[0]).toBe(`Account 111122223333, eu-west-1: ${says}`);
  });

  it('counts an undecided subject once, whichever rules could not decide it', () => {
    const { unknown } = undecided(1, null, 'undecidable', 'no tag names a cluster');
    const text = table([report({ unknown: [unknown, { ...unknown, ruleId: 'leaked-branch-eni' }] })]);
    expect(text.split('\n')[0]).toMatch(/: 1 undecided$/);
  });

  it('tells what the audit was narrowed to', () => {
    const asked = { clusters: ['payments'], rules: ['leaked-branch-eni'] };
    expect(table([nothing()], { asked })).toMatch(/nothing left behind \(asked only for cluster\s+payments and rule\s+leaked-branch-eni\)/);
  });
});

describe('the paths of pod security groups', () => {
  const matrixOf = (columns: number) => {
    const lines = table([pathReport()], { columns }).split('\n');
    const head = lines.findIndex((line) => line.startsWith('Cluster payments: ')) + 1;
    return lines.slice(head, head + 3);
  };

  it.each([80, 100, 200])('are a matrix that fits %s columns', (columns) => {
    const [head = '', ...rows] = matrixOf(columns);
    expect(rows.length).toBeGreaterThan(1);
    // Columns are aligned: each cell begins where its title does.
    for (const title of ['pods', 'DNS udp', 'DNS tcp', 'probes', 'pod to pod']) {
      for (const row of rows) expect(row.slice(head.indexOf(title) - 1)).toMatch(/^ \S/);
    }
    expect(rows.find((row) => row.includes('web'))).toMatch(/web +1 +BLOCKED +open +BLOCKED +blocked/);
  });

  it('are never told to be open where they are not known', () => {
    const text = table([pathReport()]);
    expect(text).toMatch(/batch +1 +\? +\? /);
    expect(text).not.toContain('no path blocked');
  });

  it('leave Terraform on its lines, however narrow the terminal', () => {
    expect(table([pathReport()], { columns: 50 })).toMatch(/^ *resource "aws_vpc_security_group_egress_rule" "\w+" \{$/m);
  });

  it('in order, are one line', () => {
    const { verdicts, ...rest } = pathReport();
    const quiet = verdicts.filter(({ cluster }) => cluster === 'search');
    const text = table([{ ...rest, verdicts: quiet, findings: [], unknown: [], coverage: [{ slice: 'podEnis', ok: true }] }]);
    expect(text).toContain('Every path is open for 1 set of pod security groups in 1 cluster.');
    expect(text).toContain(': no path blocked');
    expect(text).toContain('Nothing to do.');
  });
});
