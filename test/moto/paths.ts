import { delimiter, dirname } from 'node:path';
import * as ec2 from '@aws-sdk/client-ec2';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newLedgerPath } from '../support/ledger-file.ts';
import { MOTO_ACCOUNT_ID, MOTO_REGION, type Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, findingOf, type ReportJson, runProgram, sgpWarden, subjectsOf } from '../support/sgp-warden.ts';

const DNS = 'dns-path-blocked';
const ANYWHERE = [{ CidrIp: '0.0.0.0/0' }];

type Permissions = ec2.IpPermission[];
export const port53 = (...protocols: string[]): Permissions =>
  protocols.map((IpProtocol) => ({ IpProtocol, FromPort: 53, ToPort: 53, IpRanges: ANYWHERE }));

/** A group that lets out what it is told, and nothing else. */
export async function podGroup(account: seed.MotoAccount, name: string, egress: Permissions): Promise<string> {
  const GroupId = await seed.createSecurityGroup(account, name);
  await account.ec2.send(new ec2.RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [{ IpProtocol: '-1', IpRanges: ANYWHERE }] }));
  if (egress.length > 0) await account.ec2.send(new ec2.AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: egress }));
  return GroupId;
}

/** What the security groups of pods let through, in an AWS that others wrote: what it does not know it answers with HTML. */
export function pathScenarios(moto: Moto): void {
  describe('the paths of pod security groups', () => {
    let account: seed.MotoAccount;
    let node: seed.Node;
    let groups: Record<'open' | 'tcpOnly' | 'nothing' | 'byReference' | 'byList', string>;
    let outcome: { exitCode: number | null; report: ReportJson };

    beforeAll(async () => {
      account = await seed.emptyAccount(moto);
      await seed.createCluster(account, 'blue', {});
      node = await seed.startNode(account, 'blue');
      const nodeGroup = (await nodeGroups(account, node))[0] ?? '';
      await account.ec2.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId: nodeGroup, IpPermissions: port53('tcp', 'udp') }));
      const list = await prefixList(account, '10.0.0.0/18');
      groups = {
        open: await podGroup(account, 'open', [{ IpProtocol: '-1', IpRanges: ANYWHERE }]),
        tcpOnly: await podGroup(account, 'tcp-only', port53('tcp')),
        nothing: await podGroup(account, 'nothing', []),
        byReference: await podGroup(account, 'by-reference', [
          { IpProtocol: 'udp', FromPort: 53, ToPort: 53, UserIdGroupPairs: [{ GroupId: nodeGroup }] },
          { IpProtocol: 'tcp', FromPort: 53, ToPort: 53, UserIdGroupPairs: [{ GroupId: nodeGroup }] },
        ]),
        byList: await podGroup(account, 'by-list', [
          ...port53('tcp'),
          { IpProtocol: 'udp', FromPort: 53, ToPort: 53, PrefixListIds: [{ PrefixListId: list }] },
        ]),
      };
      for (const id of Object.values(groups)) await startPod(id);
      // What only available interfaces have is no pod's; what is tagged is judged all the same.
      const Tags = [{ Key: 'sgp-warden:pod-sg', Value: 'blue' }];
      await account.ec2.send(new ec2.CreateTagsCommand({ Resources: Object.values(groups), Tags }));
      outcome = await audit([], moto.env);
    });

    // Not attached, because moto gives what is attached the groups of the instance as well.
    const startPod = (group: string) =>
      seed.createBranch(account, { cluster: 'blue', trunk: node.trunkId, instance: node.instanceId, groups: [group] });

    it('finds the sets that cannot resolve names, and no other', () => {
      expect(subjectsOf(outcome.report, DNS)).toEqual([groups.tcpOnly, groups.nothing].sort());
    });

    it('says which path, which side, and what opens it', () => {
      const finding = findingOf(outcome.report, DNS, groups.tcpOnly);
      expect(finding).toMatchObject({
        id: `${DNS}/${MOTO_ACCOUNT_ID}/${MOTO_REGION}/blue/${groups.tcpOnly}`,
        severity: 'critical',
        subject: { type: 'security-group-set' },
        cluster: 'blue',
      });
      expect(finding.evidence.paths).toEqual([
        { protocol: 'udp', port: 53, open: false, side: 'egress' },
        { protocol: 'tcp', port: 53, open: true },
      ]);
      expect(finding.remedy.commands).toEqual([
        expect.stringContaining(`authorize-security-group-egress --region ${MOTO_REGION} --group-id ${groups.tcpOnly}`),
      ]);
    });

    it('does not know the enforcing mode, which moto answers with a page of HTML: a gap, and probes are unknown', () => {
      expect(outcome.exitCode).toBe(3);
      expect(outcome.report.coverage).toContainEqual(
        expect.objectContaining({ slice: 'cniAddons', ok: false, reason: expect.stringContaining('DescribeAddon') }),
      );
      expect(subjectsOf(outcome.report, 'probe-path-blocked')).toEqual([]);
      const unknown = outcome.report.unknown.filter(({ ruleId }) => ruleId === 'probe-path-blocked').map(({ subject }) => subject.id);
      expect(unknown.sort()).toEqual(Object.values(groups).sort());
    });

    it('decides DNS all the same where only that is asked about: what moto does not know of tagged groups is the one gap', async () => {
      const { exitCode, report } = await audit(['--rule', DNS], moto.env);
      expect(report.coverage.flatMap(({ ok, slice }) => (ok ? [] : [slice]))).toEqual(['vpcAssociations']);
      expect(subjectsOf(report, DNS)).toEqual([groups.tcpOnly, groups.nothing].sort());
      expect(exitCode).toBe(3);
    });

    it('prints the matrix', async () => {
      const { stdout } = await sgpWarden(['audit', '--rule', DNS], moto.env);
      expect(stdout).toMatch(/tcp-only +0 +BLOCKED +open/);
      expect(stdout).toMatch(/open +0 +open +open/);
    });

    it('is resolved by the printed command', async () => {
      const ledger = ['--rule', DNS, '--ledger', await newLedgerPath()];
      const { report } = await audit(ledger, moto.env);
      const [command = ''] = findingOf(report, DNS, groups.tcpOnly).remedy.commands;
      const env = { ...moto.env, PATH: `${dirname(moto.aws)}${delimiter}${process.env.PATH}`, AWS_PAGER: '' };
      expect(await runProgram('sh', ['-c', command], env)).toMatchObject({ exitCode: 0, stderr: '' });
      const { report: after } = await audit(ledger, moto.env);
      expect(subjectsOf(after, DNS)).toEqual([groups.nothing]);
    });
  });
}

export async function nodeGroups(account: seed.MotoAccount, { instanceId }: seed.Node): Promise<string[]> {
  const { Reservations } = await account.ec2.send(new ec2.DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  return (Reservations?.[0]?.Instances?.[0]?.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
}

async function prefixList(account: seed.MotoAccount, cidr: string): Promise<string> {
  const { PrefixList } = await account.ec2.send(
    new ec2.CreateManagedPrefixListCommand({ PrefixListName: 'nodes', AddressFamily: 'IPv4', MaxEntries: 3, Entries: [{ Cidr: cidr }] }),
  );
  return PrefixList?.PrefixListId ?? '';
}
