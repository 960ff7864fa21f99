import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, type ReportJson, subjectsOf } from '../support/sgp-warden.ts';

const RULE = 'pinned-by-orphans';

/** What the orphans keep from being deleted. */
export function pinScenarios(moto: Moto): void {
  describe('what orphans pin', () => {
    let report: ReportJson;
    let pinned: { group: string; subnet: string };
    let shared: { group: string; subnet: string; vpc: string };
    let orphans: string[];

    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      pinned = { group: await seed.createSecurityGroup(account, 'pinned'), subnet: await seed.createSubnet(account, '10.0.64.0/18') };
      shared = { group: await seed.createSecurityGroup(account, 'shared'), subnet: account.subnetId, vpc: account.vpcId };
      await seed.createInterface(account, { description: 'a database', groups: [shared.group] });
      orphans = [
        await seed.createBranch(account, { cluster: 'red', groups: [pinned.group], subnetId: pinned.subnet }),
        await seed.createBranch(account, { cluster: 'red', groups: [pinned.group, shared.group], subnetId: pinned.subnet }),
        await seed.createBranch(account, { cluster: 'green', groups: [shared.group] }),
      ].sort();
      const ledger = ['--ledger', await newLedgerPath()];
      await audit(ledger, { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0' });
      ({ report } = await audit(ledger, { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0' }));
    });

    it('finds all three orphans', () => {
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual(orphans);
    });

    it('reports the group and the subnet that only orphans hold, and not what others hold too', () => {
      expect(subjectsOf(report, RULE)).toEqual([pinned.group, pinned.subnet].sort());
      expect(findingOf(report, RULE, pinned.group)).toMatchObject({ severity: 'medium', subject: { type: 'security-group' } });
      expect(findingOf(report, RULE, pinned.subnet)).toMatchObject({ severity: 'medium', subject: { type: 'subnet' } });
    });

    it('names the orphans that unlock them, and no other', () => {
      for (const id of [pinned.group, pinned.subnet]) {
        const evidence = JSON.stringify(findingOf(report, RULE, id).evidence);
        expect(orphans.filter((orphan) => evidence.includes(orphan))).toHaveLength(2);
      }
    });
  });

  describe('a VPC that only orphans are left in', () => {
    it('is pinned by them', async () => {
      const account = await seed.emptyAccount(moto);
      await seed.createBranch(account, { cluster: 'red' });
      const { report } = await audit([], moto.env);
      expect(findingOf(report, RULE, account.vpcId).subject.type).toBe('vpc');
    });
  });
}
