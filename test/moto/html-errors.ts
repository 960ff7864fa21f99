import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, parsed, sgpWarden, subjectsOf } from '../support/sgp-warden.ts';

/** What moto does not know it answers with a page of HTML, as a proxy would: an HTTP 404 that is no "not found". */
export function htmlErrorScenarios(moto: Moto): void {
  const nowhere = `${moto.endpoint}/no-such-page`;

  describe('pages of HTML instead of answers', () => {
    let branch: string;
    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      branch = await seed.createBranch(account, { cluster: 'red' });
    });

    it('claims no orphan when EKS answers so: the cluster is not known to be gone', async () => {
      const { exitCode, report } = await audit([], { ...moto.env, AWS_ENDPOINT_URL_EKS: nowhere });
      expect(exitCode).toBe(3);
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([]);
      expect(report.unknown.map(({ subject }) => subject.id)).toContain(branch);
      expect(report.coverage).toContainEqual(expect.objectContaining({ slice: 'clusters', ok: false, reason: expect.any(String) }));
      const [gap = ''] = subjectsOf(report, 'coverage-gap');
      expect(findingOf(report, 'coverage-gap', gap)).toMatchObject({ severity: 'high', verdict: 'fail' });
    });

    it('claims no clean account when EC2 answers so', async () => {
      const { exitCode, report } = await audit([], { ...moto.env, AWS_ENDPOINT_URL_EC2: nowhere });
      expect(exitCode).toBe(3);
      expect(report.coverage).toContainEqual(expect.objectContaining({ slice: 'branchEnis', ok: false }));
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([]);
      expect(subjectsOf(report, 'coverage-gap').length).toBeGreaterThan(0);
    });

    it('neither counts nor resets a sighting, and resolves nothing, when EC2 answers so', async () => {
      const ledger = ['--ledger', await newLedgerPath()];
      const noWait = { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0' };
      await audit(ledger, noWait);
      const before = findingOf((await audit(ledger, noWait)).report, 'orphaned-branch-eni', branch);
      await audit(ledger, { ...noWait, AWS_ENDPOINT_URL_EC2: nowhere });

      const after = findingOf((await audit(ledger, noWait)).report, 'orphaned-branch-eni', branch);
      expect(after).toMatchObject({ state: 'orphan', sightings: 3, firstSeen: before.firstSeen });
    });

    it('makes no forecast when EKS answers so', async () => {
      const args = ['preflight', '--cluster', 'red', '--format', 'json'];
      const { exitCode, stdout } = await sgpWarden(args, { ...moto.env, AWS_ENDPOINT_URL_EKS: nowhere });
      expect(exitCode).toBe(3);
      expect(parsed<{ outcome: string }>(stdout).outcome).toBe('unknown');
    });

    it('exits with 3 and one clear sentence when even the account cannot be named', async () => {
      const { exitCode, stdout, stderr } = await sgpWarden(['audit'], { ...moto.env, AWS_ENDPOINT_URL_STS: nowhere });
      expect(exitCode).toBe(3);
      expect(`${stdout}${stderr}`).toContain('GetCallerIdentity');
      expect(stderr).not.toContain('    at ');
    });
  });
}
