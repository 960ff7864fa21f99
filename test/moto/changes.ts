import { delimiter, dirname } from 'node:path';
import * as ec2 from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MOTO_REGION, type Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { deployToMoto, type MotoStack, type Received } from '../support/moto-stack.ts';
import { pathChangeEvent } from '../support/path-change-events.ts';
import { runProgram } from '../support/sgp-warden.ts';
import { nodeGroups, podGroup, port53 } from './paths.ts';

/** A rule is revoked, somebody types the printed way back, and it is over: the packaged functions and the aws CLI, in an AWS that others wrote. */
export function changeScenario(moto: Moto): void {
  describe('the stack, when somebody revokes what pods need', () => {
    let stack: MotoStack;
    let group: string;
    let told: readonly Received[];
    let over: readonly Received[];
    let undo: string;
    let clock: number;

    const json = (messages: readonly Received[], kind: string) => messages.map((each) => each.json).filter((each) => each.kind === kind);
    /** EventBridge's event of a call that changes UDP 53 of the pods' group; moto has no trail. */
    const event = (eventName: string, at: Date) =>
      pathChangeEvent({
        eventName,
        region: MOTO_REGION,
        requestParameters: {
          groupId: group,
          ipPermissions: {
            items: [
              {
                ipProtocol: 'udp',
                fromPort: 53,
                toPort: 53,
                groups: {},
                ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
                ipv6Ranges: {},
                prefixListIds: {},
              },
            ],
          },
        },
        responseElements: { requestId: 'r', _return: true },
        detail: { eventTime: at.toISOString(), eventID: `${eventName}-1` },
      });

    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      stack = await deployToMoto(moto);
      for (const cluster of ['blue', 'green']) {
        await seed.createCluster(account, cluster);
        const node = await seed.startNode(account, cluster);
        const [nodeGroup = ''] = await nodeGroups(account, node);
        await account.ec2.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId: nodeGroup, IpPermissions: port53('tcp', 'udp') }));
        const pods = await podGroup(account, `${cluster}-pods`, port53('tcp', 'udp'));
        await seed.createBranch(account, { cluster, trunk: node.trunkId, instance: node.instanceId, groups: [pods] });
        if (cluster === 'blue') group = pods;
      }
      clock = Date.now();
      const at = (minutes: number) => new Date(clock + minutes * 60_000);
      await stack.sweep(at(0));
      await account.ec2.send(new ec2.RevokeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: port53('udp') }));
      told = await stack.deliverChange(event('RevokeSecurityGroupEgress', at(1)), at(1));
      const [notice] = json(told, 'change') as { changes?: { undo: { commands: string[] } }[] }[];
      undo = notice?.changes?.[0]?.undo.commands[0] ?? '';
      const env = { ...moto.env, PATH: `${dirname(moto.aws)}${delimiter}${process.env.PATH}`, AWS_PAGER: '' };
      const { exitCode, stderr } = await runProgram('sh', ['-c', undo], env);
      if (exitCode !== 0) throw new Error(`${undo}: ${stderr}`);
      over = await stack.deliverChange(event('AuthorizeSecurityGroupEgress', at(5)), at(5));
    });
    afterAll(() => stack?.stop());

    it('tells who did it, which pods lost which path, and how to undo it', () => {
      expect(json(told, 'change')).toMatchObject([
        {
          severity: 'critical',
          cluster: 'blue',
          transition: 'lost',
          changes: [
            {
              call: 'RevokeSecurityGroupEgress',
              principal: 'arn:aws:sts::123456789012:assumed-role/platform/anna',
              tool: 'aws-cli',
              groupIds: [group],
            },
          ],
          lost: [{ ruleId: 'dns-path-blocked', setId: group }],
        },
      ]);
      expect(json(told, 'transition')).toMatchObject([
        { ruleId: 'dns-path-blocked', transition: 'opened', cause: expect.stringContaining('RevokeSecurityGroupEgress by anna') },
      ]);
    });

    it('is resolved by the printed command', () => {
      expect(undo).toContain(`authorize-security-group-egress --region ${MOTO_REGION} --group-id ${group}`);
      expect(json(over, 'transition')).toMatchObject([
        { ruleId: 'dns-path-blocked', transition: 'resolved', cause: expect.stringContaining('AuthorizeSecurityGroupEgress') },
      ]);
      expect(json(over, 'change')).toMatchObject([{ transition: 'regained', regained: [{ setId: group }], lost: [] }]);
    });

    it('read the affected cluster only', () => {
      const lines = (message: string) =>
        stack.log
          .filter((line) => line.includes(`"message":"${message}"`))
          .map((line) => JSON.parse(line) as { clusters: string[]; apiCalls: number });
      expect(lines('changes judged').map(({ clusters }) => clusters)).toEqual([['blue'], ['blue']]);
      const [sweep] = lines('audited').map(({ apiCalls }) => apiCalls);
      for (const { apiCalls } of lines('changes judged')) expect(apiCalls).toBeLessThan(sweep ?? 0);
    });
  });
}
