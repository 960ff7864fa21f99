import { CreateTagsCommand, DetachNetworkInterfaceCommand, ModifyNetworkInterfaceAttributeCommand } from '@aws-sdk/client-ec2';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, mentioned, type ReportJson, subjectsOf } from '../support/sgp-warden.ts';

const RULE = 'orphaned-branch-eni';
const FATES = ['steady', 'kept', 'regrouped', 'costTagged', 'gone', 'usedAgain', 'clusterBack'] as const;

/** Proven orphans to each of which something else happens before the third audit; the fourth follows when two of them are as before. */
export function ledgerChangeScenarios(moto: Moto): void {
  describe('proven orphans, audited again after a change', () => {
    let orphans: Record<(typeof FATES)[number], string>;
    let second: ReportJson;
    let third: ReportJson;
    let fourth: ReportJson;

    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      const made = FATES.map(async (fate) => [fate, await seed.createBranch(account, { cluster: `was-${fate}` })] as const);
      orphans = Object.fromEntries(await Promise.all(made)) as typeof orphans;
      const ledger = ['--ledger', await newLedgerPath()];
      const again = async () => (await audit(ledger, { ...moto.env, MIN_ORPHAN_AGE_MINUTES: '0' })).report;
      await again();
      second = await again();

      const groups = [await seed.createSecurityGroup(account, 'other')];
      await account.ec2.send(new CreateTagsCommand({ Resources: [orphans.kept], Tags: [{ Key: 'sgp-warden:keep', Value: '' }] }));
      await account.ec2.send(new CreateTagsCommand({ Resources: [orphans.costTagged], Tags: [{ Key: 'cost-center', Value: '42' }] }));
      await account.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: orphans.regrouped, Groups: groups }));
      await seed.deleteInterface(account, orphans.gone);
      const attachment = await seed.attach(account, await seed.startNode(account, 'blue'), orphans.usedAgain);
      await seed.createCluster(account, 'was-clusterBack');
      third = await again();

      await account.ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId: attachment }));
      await seed.deleteCluster(account, 'was-clusterBack');
      fourth = await again();
    });

    it('had proven them all', () => {
      expect(subjectsOf(second, RULE)).toEqual(Object.values(orphans).sort());
      for (const id of Object.values(orphans)) expect(findingOf(second, RULE, id)).toMatchObject({ state: 'orphan', sightings: 2 });
    });

    it('goes on with one to which nothing happened', () => {
      expect(findingOf(third, RULE, orphans.steady)).toMatchObject({ state: 'orphan', sightings: 3 });
      expect(findingOf(fourth, RULE, orphans.steady)).toMatchObject({ state: 'orphan', sightings: 4 });
    });

    it('goes on with one that got a tag of somebody else', () => {
      expect(findingOf(third, RULE, orphans.costTagged)).toMatchObject({ state: 'orphan', sightings: 3 });
    });

    it.each(['kept', 'regrouped'] as const)('starts again with one that was %s', (fate) => {
      expect(findingOf(third, RULE, orphans[fate])).toMatchObject({ state: 'suspect', sightings: 1 });
      expect(findingOf(fourth, RULE, orphans[fate])).toMatchObject({ state: 'orphan', sightings: 2 });
    });

    it('drops one that is gone', () => {
      expect(mentioned(third)).not.toContain(orphans.gone);
      expect(mentioned(fourth)).not.toContain(orphans.gone);
    });

    it('drops one that is in use again, and starts again when it is available again', () => {
      expect(mentioned(third)).not.toContain(orphans.usedAgain);
      expect(findingOf(fourth, RULE, orphans.usedAgain)).toMatchObject({ state: 'suspect', sightings: 1 });
    });

    it('suspects a leak while its cluster is back, and starts again when that is deleted again', () => {
      expect(subjectsOf(third, RULE)).not.toContain(orphans.clusterBack);
      expect(subjectsOf(third, 'leaked-branch-eni')).toEqual([orphans.clusterBack]);
      expect(findingOf(fourth, RULE, orphans.clusterBack)).toMatchObject({ state: 'suspect', sightings: 1 });
    });
  });
}
