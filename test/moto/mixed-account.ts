import { beforeAll, describe, expect, it } from '@jest/globals';
import { MOTO_ACCOUNT_ID, MOTO_REGION, type Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, mentioned, type ReportJson, subjectsOf } from '../support/sgp-warden.ts';

/** Two deleted clusters next to live ones: every orphan, and nothing else. */
export function mixedAccountScenarios(moto: Moto): void {
  describe('an account with the orphans of two deleted clusters, audited once, without a ledger', () => {
    let outcome: { exitCode: number | null; report: ReportJson };
    let account: Awaited<ReturnType<typeof seedMixedAccount>>;

    beforeAll(async () => {
      account = await seedMixedAccount(await seed.emptyAccount(moto));
      outcome = await audit([], moto.env);
    });

    it('reports every interface of the deleted clusters as an orphan, and no other', () => {
      expect(subjectsOf(outcome.report, 'orphaned-branch-eni')).toEqual([...account.red, ...account.green].sort());
    });

    it('calls each a suspect after a single sighting, with its proof', () => {
      const orphans = outcome.report.findings.filter(({ ruleId }) => ruleId === 'orphaned-branch-eni');
      for (const finding of orphans) {
        expect(finding).toMatchObject({ verdict: 'fail', severity: 'high', state: 'suspect', sightings: 1 });
        expect(finding.subject.type).toBe('network-interface');
        expect(finding.summary).not.toBe('');
        expect(finding.remedy.summary).not.toBe('');
        const evidence = JSON.stringify(finding.evidence);
        expect(evidence).toContain('ResourceNotFoundException');
        expect(evidence).toMatch(/trunk eni-[0-9a-f]{17} does not exist/);
      }
    });

    it('gives each a stable id made of rule, account, region, cluster and interface', () => {
      const [first = ''] = account.red;
      const finding = findingOf(outcome.report, 'orphaned-branch-eni', first);
      expect(finding.id).toBe(`orphaned-branch-eni/${MOTO_ACCOUNT_ID}/${MOTO_REGION}/red/${first}`);
      expect(finding.cluster).toBe('red');
    });

    it('lists the available interfaces of a live cluster as suspected leaks', () => {
      expect(subjectsOf(outcome.report, 'leaked-branch-eni')).toEqual(account.leaked.sort());
      for (const id of account.leaked) {
        expect(findingOf(outcome.report, 'leaked-branch-eni', id)).toMatchObject({ state: 'suspect', severity: 'medium', cluster: 'blue' });
      }
    });

    it('says nothing of interfaces in use, and nothing of those of EKS, the CNI and Lambda', () => {
      const all = mentioned(outcome.report);
      expect([...account.inUse, ...account.others].filter((id) => all.has(id))).toEqual([]);
    });

    it('exits with 1, read everything, and prints the whole contract', () => {
      const { exitCode, report } = outcome;
      expect(exitCode).toBe(1);
      expect(report).toMatchObject({ schemaVersion: 1, target: { accountId: MOTO_ACCOUNT_ID, region: MOTO_REGION } });
      expect(Date.parse(report.generatedAt)).toBeGreaterThan(Date.now() - 120_000);
      expect(report.coverage.length).toBeGreaterThan(0);
      expect(report.coverage.filter(({ ok }) => !ok)).toEqual([]);
      expect(report.findings.filter(({ ruleId }) => ruleId === 'coverage-gap')).toEqual([]);
      expect(report.stats.apiCalls).toBeGreaterThan(3);
      expect(report.stats.durationMs).toBeGreaterThan(0);
    });

    it('reports the orphans of one cluster when asked for one', async () => {
      const { exitCode, report } = await audit(['--cluster', 'green'], moto.env);
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual(account.green.sort());
      expect(subjectsOf(report, 'leaked-branch-eni')).toEqual([]);
      expect(exitCode).toBe(1);
    });

    it('judges by one rule when asked for one', async () => {
      const { exitCode, report } = await audit(['--rule', 'leaked-branch-eni'], moto.env);
      expect(new Set(report.findings.map(({ ruleId }) => ruleId))).toEqual(new Set(['leaked-branch-eni']));
      expect(exitCode).toBe(0);
    });
  });
}

async function seedMixedAccount(account: seed.MotoAccount) {
  for (const name of ['red', 'green', 'blue']) await seed.createCluster(account, name);
  const redNode = await seed.startNode(account, 'red');
  const red = await Promise.all([
    seed.createBranch(account, { cluster: 'red', trunk: redNode.trunkId, instance: redNode.instanceId }),
    // Controllers before v1.7.0 set no instance tag.
    seed.createBranch(account, { cluster: 'red', trunk: redNode.trunkId }),
    seed.createBranch(account, { cluster: 'red', instance: seed.unusedId('i') }),
  ]);
  const clusterNameTag = { 'cluster.k8s.amazonaws.com/name': 'green' };
  const green = [await seed.createBranch(account, { cluster: 'green' }), await seed.createBranch(account, { tags: clusterNameTag })];

  const blueNode = await seed.startNode(account, 'blue');
  const blueBranch = { cluster: 'blue', trunk: blueNode.trunkId, instance: blueNode.instanceId };
  const leaked = [await seed.createBranch(account, blueBranch), await seed.createBranch(account, blueBranch)];
  const served = await seed.createBranch(account, blueBranch);
  await seed.attach(account, blueNode, served);

  const ofRed = { 'kubernetes.io/cluster/red': 'owned' };
  const cni = { ...ofRed, 'eks:eni:owner': 'amazon-vpc-cni', 'node.k8s.amazonaws.com/instance_id': redNode.instanceId };
  const others = await Promise.all([
    seed.createInterface(account, { description: `aws-K8S-${redNode.instanceId}`, tags: cni }),
    seed.createInterface(account, { description: 'Amazon EKS red' }),
    seed.createInterface(account, { description: 'AWS Lambda VPC ENI-orders-3b1c9c4e' }),
    seed.createInterface(account, {}),
  ]);
  await seed.terminateNode(account, redNode);
  for (const name of ['red', 'green']) await seed.deleteCluster(account, name);
  return { red, green, leaked, inUse: [served, blueNode.trunkId], others };
}
