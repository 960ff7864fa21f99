import { CreateNodegroupCommand } from '@aws-sdk/client-eks';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MOTO_ACCOUNT_ID, MOTO_REGION, type Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { type Outcome, parsed, sgpWarden } from '../support/sgp-warden.ts';

interface PreflightJson {
  target: { accountId: string; region: string };
  cluster: string;
  outcome: string;
  leftBehind: { branchesInUse: string[]; branchesAvailable: string[]; trunks: string[]; securityGroups: string[] };
  deleteFirst: string[];
  steps: { summary: string; commands: string[] }[];
}

/** What deleting a cluster now would leave behind. */
export function preflightScenarios(moto: Moto): void {
  const preflight = (cluster: string, ...rest: string[]) => sgpWarden(['preflight', '--cluster', cluster, ...rest], moto.env);

  describe('preflight', () => {
    let account: seed.MotoAccount;
    let blue: { inUse: string; available: string; detachedTrunk: string };
    let outcome: Outcome;

    beforeAll(async () => {
      account = await seed.emptyAccount(moto);
      for (const name of ['blue', 'empty']) await seed.createCluster(account, name);
      await account.eks.send(
        new CreateNodegroupCommand({
          clusterName: 'blue',
          nodegroupName: 'blue-workers',
          subnets: [account.subnetId],
          nodeRole: `arn:aws:iam::${MOTO_ACCOUNT_ID}:role/node`,
        }),
      );
      const node = await seed.startNode(account, 'blue');
      const detachedTrunk = await seed.createTrunk(account, 'blue', seed.unusedId('i'));
      const branch = { cluster: 'blue', trunk: node.trunkId, instance: node.instanceId };
      blue = { inUse: await seed.createBranch(account, branch), available: await seed.createBranch(account, branch), detachedTrunk };
      await seed.attach(account, node, blue.inUse);
      await seed.createBranch(account, { cluster: 'red' });
      outcome = await preflight('blue', '--format', 'json');
    });

    it('lists what the cluster would leave behind, without the trunk that goes with its instance, and nothing of other clusters', () => {
      const report = parsed<PreflightJson>(outcome.stdout, outcome.stderr);
      expect(report).toMatchObject({
        cluster: 'blue',
        outcome: 'leaves-behind',
        target: { accountId: MOTO_ACCOUNT_ID, region: MOTO_REGION },
      });
      expect(report.leftBehind).toMatchObject({
        branchesInUse: [blue.inUse],
        branchesAvailable: [blue.available],
        trunks: [blue.detachedTrunk],
      });
      expect(report.leftBehind.securityGroups).toContain(account.groupId);
    });

    it('names the node groups that EKS wants deleted first, and says what to do', () => {
      const report = parsed<PreflightJson>(outcome.stdout, outcome.stderr);
      expect(report.deleteFirst.join()).toContain('blue-workers');
      expect(report.steps.length).toBeGreaterThan(0);
    });

    it('exits with 1 when something would be left behind', () => {
      expect(outcome.exitCode).toBe(1);
    });

    it('shows a person the same', async () => {
      const { stdout } = await preflight('blue');
      for (const id of [blue.inUse, blue.available, 'blue-workers']) expect(stdout).toContain(id);
    });

    it('is clean for a cluster without pods of its own groups', async () => {
      const { stdout, exitCode } = await preflight('empty', '--format', 'json');
      expect(parsed<PreflightJson>(stdout).outcome).toBe('clean');
      expect(exitCode).toBe(0);
    });

    it('tells a cluster that does not exist from one that is clean', async () => {
      const { stdout, exitCode } = await preflight('red', '--format', 'json');
      expect(parsed<PreflightJson>(stdout)).toMatchObject({ cluster: 'red', outcome: 'no-such-cluster' });
      expect(exitCode).toBe(2);
    });
  });
}
