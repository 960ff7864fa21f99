import { readFile, stat, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import { MOTO_REGION, type Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, parsed, type ReportJson, sgpWarden, subjectsOf } from '../support/sgp-warden.ts';

const RULES = [
  'orphaned-branch-eni',
  'leaked-branch-eni',
  'unattributable-branch-eni',
  'orphaned-trunk-eni',
  'pinned-by-orphans',
  'coverage-gap',
];

/** Exit codes and bad input, as scripts rely on them. */
export function exitCodeScenarios(moto: Moto): void {
  describe('an account with nothing to find', () => {
    it('exits with 0 and an empty report', async () => {
      await seed.createCluster(await seed.emptyAccount(moto), 'blue');
      const { exitCode, report, stderr } = await audit([], moto.env);
      expect(exitCode).toBe(0);
      expect(report).toMatchObject({ findings: [], unknown: [] });
      expect(stderr).toBe('');
    });
  });

  describe('an account with a finding of low severity only', () => {
    let stripped: string;
    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      stripped = await seed.createInterface(account, { description: 'aws-k8s-branch-eni' });
      await seed.createInterface(account, { description: 'a database' });
    });

    it('exits with 0 by default, with 1 when low is asked for', async () => {
      const args = ['--rule', 'unattributable-branch-eni'];
      const byDefault = await audit(args, moto.env);
      expect(subjectsOf(byDefault.report, 'unattributable-branch-eni')).toEqual([stripped]);
      expect(byDefault.exitCode).toBe(0);
      expect((await audit([...args, '--fail-on', 'low'], moto.env)).exitCode).toBe(1);
    });

    it('shows a person the finding', async () => {
      const { stdout } = await sgpWarden(['audit'], moto.env);
      expect(stdout).toContain(stripped);
    });

    it('reports each region that is asked for', async () => {
      const regions = [MOTO_REGION, 'us-west-2'];
      const { stdout, stderr } = await sgpWarden(
        ['audit', '--format', 'json', ...regions.flatMap((region) => ['--region', region])],
        moto.env,
      );
      const { reports } = parsed<{ reports: ReportJson[] }>(stdout, stderr);
      expect(reports.map(({ target }) => target.region)).toEqual(regions);
      expect(reports.map(({ findings }) => findings.some(({ subject }) => subject.id === stripped))).toEqual([true, false]);
    });

    it('writes the report to a file when asked to', async () => {
      const file = await newLedgerPath();
      const { stdout } = await sgpWarden(['audit', '--format', 'json', '--output', file], moto.env);
      expect(stdout).toBe('');
      expect(subjectsOf(parsed<ReportJson>(await readFile(file, 'utf8')), 'unattributable-branch-eni')).toEqual([stripped]);
    });
  });

  describe('bad usage and settings', () => {
    it('exits with 2 and names every problem at once', async () => {
      const args = ['audit', '--format', 'xml', '--rule', 'orphaned-branch', '--bogus', '--fail-on', 'some'];
      const { exitCode, stdout, stderr } = await sgpWarden(args, { ...moto.env, MIN_ORPHAN_AGE_MINUTES: 'soon' });
      expect(exitCode).toBe(2);
      expect(stdout).toBe('');
      for (const problem of ['xml', 'orphaned-branch', '--bogus', 'some', 'MIN_ORPHAN_AGE_MINUTES']) expect(stderr).toContain(problem);
    });

    it.each([[[]], [['bogus']], [['preflight']]])('exits with 2: %j', async (args) => {
      expect((await sgpWarden(args, moto.env)).exitCode).toBe(2);
    });

    it.each(['{"version": 3, "serial": 7, "resources": []}', 'not json at all', ''])(
      'refuses a ledger file that is not one, and leaves it as it was: %s',
      async (content) => {
        const file = await newLedgerPath();
        await writeFile(file, content);
        const { mtimeMs } = await stat(file);
        const { exitCode, stderr } = await sgpWarden(['audit', '--ledger', file], moto.env);
        expect(exitCode).toBe(2);
        expect(stderr).toContain(file);
        expect(await readFile(file, 'utf8')).toBe(content);
        expect((await stat(file)).mtimeMs).toBe(mtimeMs);
      },
    );
  });

  describe('rules', () => {
    it('lists every rule, for people and for machines, without an account', async () => {
      const table = await sgpWarden(['rules'], {});
      const json = await sgpWarden(['rules', '--format', 'json'], {});
      expect([table.exitCode, json.exitCode]).toEqual([0, 0]);
      for (const id of RULES) expect(table.stdout).toContain(id);
      const listed = JSON.stringify(parsed<unknown>(json.stdout));
      for (const id of RULES) expect(listed).toContain(`"${id}"`);
    });
  });
}
