import { delimiter, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, runProgram, subjectsOf } from '../support/sgp-warden.ts';

/** The printed commands are typed into a shell, word for word. */
export function awsCliScenario(moto: Moto): void {
  describe('the commands that an orphan’s remedy prints', () => {
    it('delete it with the aws CLI, and the next audit is clean', async () => {
      const account = await seed.emptyAccount(moto);
      const orphan = await seed.createBranch(account, { cluster: 'red' });
      const kept = await seed.createInterface(account, { description: 'a database' });
      const ledger = ['--ledger', await newLedgerPath()];
      const env = { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0', PATH: `${dirname(moto.aws)}${delimiter}${process.env.PATH}`, AWS_PAGER: '' };
      await audit(ledger, env);
      const { report } = await audit(ledger, env);

      const { commands } = findingOf(report, 'orphaned-branch-eni', orphan).remedy;
      expect(commands.length).toBeGreaterThan(0);
      for (const command of commands) {
        const { exitCode, stderr } = await runProgram('sh', ['-c', command], env);
        expect({ command, exitCode, stderr }).toEqual({ command, exitCode: 0, stderr: '' });
      }

      const after = await audit(ledger, env);
      expect(subjectsOf(after.report, 'orphaned-branch-eni')).toEqual([]);
      expect(after.report.findings).toEqual([]);
      expect(after.exitCode).toBe(0);
      const { stdout } = await runProgram('sh', ['-c', `aws ec2 describe-network-interfaces --network-interface-ids ${kept}`], env);
      expect(stdout).toContain(kept);
    });
  });
}
