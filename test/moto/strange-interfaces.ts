import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, mentioned, type ReportJson, subjectsOf } from '../support/sgp-warden.ts';

const OWNER = { 'eks:eni:owner': 'eks-vpc-resource-controller' };

/** Tags that are missing, doubled or impossible, and descriptions that only look right. */
export function strangeInterfaceScenarios(moto: Moto): void {
  describe('interfaces with strange tags and descriptions', () => {
    let report: ReportJson;
    let strange: Awaited<ReturnType<typeof seedStrangeInterfaces>>;

    beforeAll(async () => {
      strange = await seedStrangeInterfaces(await seed.emptyAccount(moto));
      ({ report } = await audit([], moto.env));
    });

    it('claims only the one whose clusters are all gone', () => {
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual([strange.bothGone]);
    });

    it('reports one without any tag as unattributable, not by silence', () => {
      expect(findingOf(report, 'unattributable-branch-eni', strange.untagged)).toMatchObject({ severity: 'low', cluster: null });
    });

    it.each([
      'noCluster',
      'noTrunk',
      'leadingDash',
      'withSpace',
      'tooLong',
      'otherOwner',
      'oneAlive',
      'oneImpossible',
      'malformedTrunk',
    ] as const)('never claims and never hides: %s', (name) => {
      expect(subjectsOf(report, 'orphaned-branch-eni')).not.toContain(strange[name]);
      expect(mentioned(report)).toContain(strange[name]);
    });

    it.each(['noTrunk', 'leadingDash', 'withSpace', 'tooLong', 'malformedTrunk'] as const)('cannot decide, and says why: %s', (name) => {
      const open = report.unknown.find(({ ruleId, subject }) => ruleId === 'orphaned-branch-eni' && subject.id === strange[name]);
      expect(open?.reason).toMatch(/\w+ \w+/);
    });

    it.each(['copy', 'upperCase', 'trailingSpace', 'prefix'] as const)('ignores a description that only looks right: %s', (name) => {
      expect(mentioned(report)).not.toContain(strange[name]);
    });
  });
}

async function seedStrangeInterfaces(account: seed.MotoAccount) {
  await seed.createCluster(account, 'blue');
  const complete = { cluster: 'red' };
  const also = (name: string) => ({ [`kubernetes.io/cluster/${name}`]: 'owned' });
  return {
    bothGone: await seed.createBranch(account, { ...complete, tags: also('green') }),
    oneAlive: await seed.createBranch(account, { ...complete, tags: also('blue') }),
    oneImpossible: await seed.createBranch(account, { ...complete, tags: also('no such name') }),
    untagged: await seed.createInterface(account, { description: 'aws-k8s-branch-eni' }),
    noCluster: await seed.createBranch(account, {}),
    noTrunk: await seed.createBranch(account, { ...complete, trunk: null }),
    malformedTrunk: await seed.createBranch(account, { ...complete, trunk: 'eni-*' }),
    leadingDash: await seed.createBranch(account, { cluster: '-red' }),
    withSpace: await seed.createBranch(account, { cluster: 'red green' }),
    tooLong: await seed.createBranch(account, { cluster: 'r'.repeat(101) }),
    otherOwner: await seed.createBranch(account, { ...complete, tags: { 'eks:eni:owner': 'amazon-vpc-cni' } }),
    copy: await seed.createBranch(account, { ...complete, description: 'my aws-k8s-branch-eni copy' }),
    upperCase: await seed.createBranch(account, { ...complete, description: 'AWS-K8S-branch-eni' }),
    trailingSpace: await seed.createBranch(account, { ...complete, description: 'aws-k8s-branch-eni ' }),
    prefix: await seed.createInterface(account, { description: 'aws-k8s-branch-eni-2', tags: { ...OWNER, ...also('red') } }),
  };
}
