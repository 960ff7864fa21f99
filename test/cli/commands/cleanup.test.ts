import { describe, expect, it } from '@jest/globals';
import { cleanupReport, planned, refused } from '../../support/cleanup-reports.ts';
import { cleanup, two } from '../../support/cleanup-run.ts';
import { unreadPlan } from '../../support/golden-cleanups.ts';
import { eniId } from '../../support/reports.ts';

describe('cleanup', () => {
  it('prints the plan and applies nothing', async () => {
    const { code, stdout, applied, world } = await cleanup('--cluster payments --max 7 --ledger warden.json');
    expect([code, applied]).toEqual([0, []]);
    expect(world.cleanups).toEqual([{ region: 'eu-west-1', clusters: ['payments'], max: 7 }]);
    expect(stdout).toContain('2 interfaces to delete (asked only for cluster payments)');
    expect(stdout.replace(/ \\\n +/g, ' ')).toContain(
      'sgp-warden cleanup --region eu-west-1 --cluster payments --ledger warden.json --max 7 --apply\n',
    );
  });

  it('takes the maximum from the settings', async () => {
    expect((await cleanup('')).world.cleanups[0]?.max).toBe(100);
    expect((await cleanup('', { env: { CLEANUP_MAX: '5' } })).world.cleanups[0]?.max).toBe(5);
    expect((await cleanup('--max 7', { env: { CLEANUP_MAX: '5' } })).world.cleanups[0]?.max).toBe(7);
  });

  it('is incomplete when something could not be read, applied or not', async () => {
    for (const line of ['', '--apply']) expect((await cleanup(line, { looks: [unreadPlan()] })).code).toBe(3);
  });

  it.each([
    [{ CLEANUP_RATE_PER_SECOND: '5' }, /^warning: CLEANUP_RATE_PER_SECOND=5: /],
    [{ CLEANUP_RATE_PER_SECOND: '4' }, /^$/],
    [{ MIN_ORPHAN_AGE_MINUTES: '29' }, /^warning: MIN_ORPHAN_AGE_MINUTES=29: /],
    [{ MIN_ORPHAN_AGE_MINUTES: '30' }, /^$/],
  ])('warns of %j as it should', async (env, says) => {
    expect((await cleanup('', { env })).stderr).toMatch(says);
  });

  it('is bad usage with all problems at once, and then looks at nothing', async () => {
    const { code, stderr, world } = await cleanup('--max 0 --apply=no --region a --region b', { env: { CLEANUP_MAX: 'x' } });
    expect([code, world.cleanups]).toEqual([2, []]);
    expect(stderr).toContain('6 problems to solve first');
  });

  it('opens the ledger that is named: a file, or a table in the region', async () => {
    expect((await cleanup('--ledger w.json')).world.ledgers).toEqual(['w.json']);
    expect((await cleanup('--ledger dynamodb:warden --region us-east-1')).world.ledgers).toEqual(['dynamodb:warden in us-east-1']);
    expect((await cleanup('')).runs[0]?.store).toBeUndefined();
  });
});

describe('cleanup --apply', () => {
  it('goes ahead where nobody can be asked: the plan, the exclusions, then the result', async () => {
    const { code, stdout, stderr, applied } = await cleanup('--apply --ledger w.json');
    expect([code, stderr, applied]).toEqual([0, '', [two]]);
    const at = ['2 interfaces to delete', 'EXCLUDED_VPCS        none', 'Result: 2 deleted', 'NEXT'].map((part) => stdout.indexOf(part));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(stdout.match(/NEXT/g)).toHaveLength(1);
  });

  it('asks once on a terminal, after the plan was shown', async () => {
    const { code, stderr, applied } = await cleanup('--apply --ledger w.json', { isTTY: true, typed: 'yes\n' });
    expect([code, applied]).toEqual([0, [two]]);
    expect(stderr).toContain('Delete these 2 interfaces? Type yes: ');
  });

  it.each(['no\n', '\n', ''])('deletes nothing when the answer is %j', async (typed) => {
    const { code, stderr, stdout, applied } = await cleanup('--apply', { isTTY: true, typed });
    expect([code, applied]).toEqual([1, []]);
    expect(stderr).toContain('not confirmed: nothing was deleted.\n');
    expect(stdout).not.toContain('Result');
  });

  it('shows the plan to whoever is asked, also when the result goes into a file', async () => {
    const { stdout, stderr } = await cleanup('--apply', { isTTY: true, isRedirected: true, typed: 'no\n' });
    expect(stdout).toContain('2 interfaces to delete');
    expect(stderr).toMatch(/2 interfaces to delete[\s\S]*Type yes: /);
    expect((await cleanup('--apply', { isTTY: true, typed: 'no\n' })).stderr).not.toContain('interfaces to delete');
  });

  it('asks nothing when there is nothing to delete', async () => {
    const { code, stderr, stdout } = await cleanup('--apply', { looks: [cleanupReport()], isTTY: true });
    expect([code, stderr.includes('Type yes')]).toEqual([0, false]);
    expect(stdout).toMatch(/nothing to delete[\s\S]*Nothing to do\.\n$/);
  });

  it('says that without a ledger no record will be left', async () => {
    expect((await cleanup('--apply')).stderr).toMatch(/^warning: without --ledger the record of what is deleted is lost/);
  });

  it('exits with 1 for what it refused or deferred', async () => {
    for (const guard of ['not-excluded', 'batch-limit']) {
      const report = cleanupReport({ plan: { deletions: [planned(1), planned(2)], refusals: [refused(9, guard)] } });
      expect((await cleanup('--apply', { looks: [report] })).code).toBe(1);
      expect((await cleanup('', { looks: [report] })).code).toBe(0);
    }
  });
});

describe('cleanup --format json', () => {
  it('prints one object, the plan alone', async () => {
    const { stdout } = await cleanup('--format json');
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, plan: { digest: two.plan.digest }, execution: null });
  });

  it('prints one object with --apply too, and the exclusions on stderr', async () => {
    const { stdout, stderr } = await cleanup('--format json --apply --ledger w.json', { env: { EXCLUDED_CLUSTERS: 'a' } });
    expect(JSON.parse(stdout)).toMatchObject({ execution: { outcomes: [{ interfaceId: eniId(1) }, {}], stop: null, left: [] } });
    expect(stderr).toMatch(/^Exclusions in force\n {2}tag sgp-warden:keep {2}none\n/);
  });

  it('shows the plan on stderr to the one who is asked', async () => {
    const { code, stdout, stderr } = await cleanup('--format json --apply', { isTTY: true, typed: 'no\n' });
    expect([code, JSON.parse(stdout).execution]).toEqual([1, null]);
    expect(stderr).toMatch(/2 interfaces to delete[\s\S]*Exclusions in force[\s\S]*Type yes: /);
  });
});
