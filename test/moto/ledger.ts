import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, type ReportJson, subjectsOf } from '../support/sgp-warden.ts';

const RULE = 'orphaned-branch-eni';

/** What a second look adds. */
export function ledgerScenarios(moto: Moto): void {
  const noWait = { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0' };

  describe('two audits with the same ledger, without a minimum age', () => {
    let first: ReportJson;
    let second: ReportJson;
    let orphans: string[];
    let leak: string;

    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      await seed.createCluster(account, 'blue');
      orphans = [await seed.createBranch(account, { cluster: 'red' }), await seed.createBranch(account, { cluster: 'red' })].sort();
      leak = await seed.createBranch(account, { cluster: 'blue' });
      const ledger = ['--ledger', await newLedgerPath()];
      first = (await audit(ledger, noWait)).report;
      second = (await audit(ledger, noWait)).report;
    });

    it('sees suspects first and orphans then', () => {
      for (const id of orphans) {
        expect(findingOf(first, RULE, id)).toMatchObject({ state: 'suspect', sightings: 1 });
        expect(findingOf(second, RULE, id)).toMatchObject({ state: 'orphan', sightings: 2, severity: 'high' });
      }
    });

    it('reports the same interfaces under the same ids, first seen at the same time', () => {
      expect(subjectsOf(second, RULE)).toEqual(orphans);
      for (const id of orphans) {
        const [before, after] = [findingOf(first, RULE, id), findingOf(second, RULE, id)];
        expect(after.id).toBe(before.id);
        expect(after.firstSeen).toBe(before.firstSeen);
      }
    });

    it('prints the command that deletes an orphan', () => {
      for (const id of orphans) {
        const deletes = findingOf(second, RULE, id).remedy.commands.filter((command) => /delete-network-interface\b/.test(command));
        expect(deletes.join()).toContain(id);
      }
    });

    it('never prints a command that deletes a suspect or an interface of a live cluster', () => {
      const spared = [...first.findings, findingOf(second, 'leaked-branch-eni', leak)];
      const commands = spared.filter(({ subject }) => subject.type === 'network-interface').flatMap(({ remedy }) => remedy.commands);
      expect(commands.filter((command) => /delete-network-interface\b/.test(command))).toEqual([]);
    });

    it('still suspects the leak of the live cluster: that takes 60 minutes', () => {
      expect(findingOf(second, 'leaked-branch-eni', leak).state).toBe('suspect');
    });
  });

  describe('two audits with the same ledger, minutes after another', () => {
    it('still sees suspects: 30 minutes is the least', async () => {
      const account = await seed.emptyAccount(moto);
      const branch = await seed.createBranch(account, { cluster: 'red' });
      const ledger = ['--ledger', await newLedgerPath()];
      await audit(ledger, moto.env);

      const { report } = await audit(ledger, moto.env);
      expect(findingOf(report, RULE, branch)).toMatchObject({ state: 'suspect', sightings: 2 });
    });
  });

  describe('two audits without a ledger, without a minimum age', () => {
    it('never gets beyond suspects', async () => {
      const account = await seed.emptyAccount(moto);
      const branch = await seed.createBranch(account, { cluster: 'red' });
      await audit([], noWait);

      const { report } = await audit([], noWait);
      expect(findingOf(report, RULE, branch)).toMatchObject({ state: 'suspect', sightings: 1 });
    });
  });
}
