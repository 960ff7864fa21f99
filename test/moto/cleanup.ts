import { CreateTagsCommand, DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { type Outcome, parsed, sgpWarden } from '../support/sgp-warden.ts';

interface CleanupJson {
  plan: { digest: string; deletions: { interfaceId: string }[]; refusals: { interfaceId: string; guard: string }[] };
  execution: null | { outcomes: { interfaceId: string; status: string }[] };
}

/** From two sightings to the deletion and its history, as a user types it. */
export function cleanupScenarios(moto: Moto): void {
  const noWait = { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0' };

  describe('cleanup from the command line', () => {
    let account: seed.MotoAccount;
    let orphans: string[];
    let kept: string;
    let spared: string[];
    let ledger: string[];
    let first: Outcome;
    let plan: Outcome;
    let applied: Outcome;

    const existing = async (ids: readonly string[]): Promise<string[]> => {
      const answer = await account.ec2.send(
        new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'network-interface-id', Values: [...ids] }] }),
      );
      return (answer.NetworkInterfaces ?? []).map((eni) => eni.NetworkInterfaceId ?? '').sort();
    };

    beforeAll(async () => {
      account = await seed.emptyAccount(moto);
      await seed.createCluster(account, 'blue');
      await seed.createCluster(account, 'red');
      orphans = [];
      for (let pod = 0; pod < 7; pod += 1) orphans.push(await seed.createBranch(account, { cluster: 'red' }));
      kept = await seed.createBranch(account, { cluster: 'red' });
      spared = [await seed.createBranch(account, { cluster: 'blue' }), await seed.createInterface(account, { description: 'ours' })];
      await seed.deleteCluster(account, 'red');
      await account.ec2.send(new CreateTagsCommand({ Resources: [kept], Tags: [{ Key: 'sgp-warden:keep', Value: '' }] }));
      ledger = ['--ledger', await newLedgerPath()];
      first = await sgpWarden(['cleanup', ...ledger, '--format', 'json', '--apply'], noWait);
      plan = await sgpWarden(['cleanup', ...ledger, '--format', 'json'], noWait);
      applied = await sgpWarden(['cleanup', ...ledger, '--format', 'json', '--apply'], noWait);
    });

    it('deletes nothing on the first sighting, whatever it is asked', () => {
      const { plan: made, execution } = parsed<CleanupJson>(first.stdout);
      expect(made.deletions).toEqual([]);
      expect(new Set(made.refusals.map((refusal) => refusal.guard))).toEqual(new Set(['seen-twice', 'not-excluded']));
      expect(execution?.outcomes ?? []).toEqual([]);
      expect(first.exitCode).toBe(1);
    });

    it('plans the orphans on the second, and deletes nothing without --apply', () => {
      const { plan: made, execution } = parsed<CleanupJson>(plan.stdout);
      expect(made.deletions.map((deletion) => deletion.interfaceId).sort()).toEqual([...orphans].sort());
      expect(made.refusals).toEqual([expect.objectContaining({ interfaceId: kept, guard: 'not-excluded' })]);
      expect(execution).toBeNull();
      expect(plan.exitCode).toBe(0);
    });

    it('deletes exactly the plan with --apply, and says with 1 that one was refused', async () => {
      const { execution } = parsed<CleanupJson>(applied.stdout);
      expect(execution?.outcomes.map((outcome) => outcome.status)).toEqual(orphans.map(() => 'deleted'));
      expect(await existing([...orphans, kept, ...spared])).toEqual([kept, ...spared].sort());
      expect(applied.exitCode).toBe(1);
    });

    it('keeps a history from which each can be made again', async () => {
      const history = await sgpWarden(['history', ...ledger, '--format', 'json'], noWait);
      for (const id of orphans) expect(history.stdout).toContain(id);
      const { stdout, exitCode } = await sgpWarden(['history', ...ledger, '--recreate', orphans[0] ?? ''], noWait);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('aws ec2 create-network-interface');
    });
  });
}
