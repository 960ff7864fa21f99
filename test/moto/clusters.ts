import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, mentioned, type ReportJson, subjectsOf } from '../support/sgp-warden.ts';

/** Clusters that are back, and clusters whose nodes outlived them. */
export function clusterScenarios(moto: Moto): void {
  describe('a cluster that was deleted and created again under its name', () => {
    it('has no orphans: its controller collects what the tags cannot tell apart', async () => {
      const account = await seed.emptyAccount(moto);
      await seed.createCluster(account, 'amber');
      const old = await seed.createBranch(account, { cluster: 'amber' });
      await seed.deleteCluster(account, 'amber');
      await seed.createCluster(account, 'amber');

      const { report, exitCode } = await audit([], moto.env);
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([]);
      expect(findingOf(report, 'leaked-branch-eni', old).state).toBe('suspect');
      expect(exitCode).toBe(0);
    });
  });

  describe('a deleted cluster with nodes that outlived it', () => {
    let report: ReportJson;
    let node: seed.Node;
    let waiting: string;
    let onAvailableTrunk: string;
    let availableTrunk: string;
    let exitCode: number | null;

    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      await seed.createCluster(account, 'grey');
      node = await seed.startNode(account, 'grey');
      waiting = await seed.createBranch(account, { cluster: 'grey', trunk: node.trunkId, instance: node.instanceId });
      availableTrunk = await seed.createTrunk(account, 'grey', seed.unusedId('i'));
      onAvailableTrunk = await seed.createBranch(account, { cluster: 'grey', trunk: availableTrunk });
      await seed.deleteCluster(account, 'grey');
      ({ report, exitCode } = await audit([], moto.env));
    });

    it('leaves it open whether the branch of an attached trunk is an orphan, and names trunk, instance and its state', () => {
      const open = report.unknown.find(({ subject }) => subject.id === waiting);
      expect(open?.ruleId).toBe('orphaned-branch-eni');
      expect(open?.reason).toContain(node.trunkId);
      expect(open?.reason).toContain(node.instanceId);
      expect(open?.reason).toContain('running');
      expect(report.findings.map(({ subject }) => subject.id)).not.toContain(waiting);
    });

    it('reports the branch whose trunk is available itself, and that trunk', () => {
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([onAvailableTrunk]);
      expect(findingOf(report, 'orphaned-trunk-eni', availableTrunk)).toMatchObject({ severity: 'medium', cluster: 'grey' });
    });

    it('says nothing of the attached trunk', () => {
      expect(mentioned(report)).not.toContain(node.trunkId);
    });

    it('exits with 1: what waits does not make the audit incomplete', () => {
      expect(exitCode).toBe(1);
    });
  });

  describe('a deleted cluster with a branch whose trunk is gone and whose instance still runs', () => {
    it('waits for the instance', async () => {
      const account = await seed.emptyAccount(moto);
      const node = await seed.startNode(account, 'grey');
      const branch = await seed.createBranch(account, { cluster: 'grey', instance: node.instanceId });

      const { report } = await audit([], moto.env);
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([]);
      expect(report.unknown.find(({ subject }) => subject.id === branch)?.reason).toContain(node.instanceId);
    });
  });

  describe('a deleted cluster of which an interface is still in use', () => {
    it('reports the available ones only', async () => {
      const account = await seed.emptyAccount(moto);
      const node = await seed.startNode(account, 'blue');
      await seed.createCluster(account, 'blue');
      const available = await seed.createBranch(account, { cluster: 'red' });
      const inUse = await seed.createBranch(account, { cluster: 'red' });
      await seed.attach(account, node, inUse);

      const { report } = await audit([], moto.env);
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([available]);
      expect(mentioned(report)).not.toContain(inUse);
    });
  });
}
