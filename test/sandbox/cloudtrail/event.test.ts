import {
  AssociateSecurityGroupVpcCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { DeleteClusterCommand, UpdateAddonCommand } from '@aws-sdk/client-eks';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { cloudTrailEvent, type Recorded } from '../../../sandbox/cloudtrail/event.ts';
import { assumedRole, awsService, root, singleSignOn, through } from '../../../sandbox/cloudtrail/identities.ts';
import { egress, ingress, type RegionWorld, type SandboxCall, type SecurityGroup } from '../../../sandbox/index.ts';
import { type Account, account, failure } from '../account.ts';

const DNS = { IpProtocol: 'udp', FromPort: 53, ToPort: 53 };

let aws: Account;
let world: RegionWorld;
let group: SecurityGroup;

beforeEach(async () => {
  aws = await account();
  world = aws.world();
  group = world.createSecurityGroup({ rules: [ingress('udp', 53, '10.0.0.0/8'), egress('-1', undefined, '0.0.0.0/0')] });
});

const idOf = (index: number) => group.rules[index]?.id ?? '';
function lastCall(): SandboxCall {
  const call = aws.calls.at(-1);
  if (!call) throw new Error('No call was made.');
  return call;
}
const event = (recorded?: Recorded) => cloudTrailEvent(lastCall(), recorded);
const detail = (recorded?: Recorded) => event(recorded).detail;
const revoke = (given: object = {}) =>
  aws.ec2.send(
    new RevokeSecurityGroupIngressCommand({
      GroupId: group.id,
      IpPermissions: [{ ...DNS, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
      ...given,
    }),
  );

describe('the event', () => {
  it('is that of EventBridge around a record of CloudTrail', async () => {
    await revoke();
    expect(event()).toMatchObject({
      version: '0',
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.ec2',
      account: '123456789012',
      time: '2026-11-21T12:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: {
        eventVersion: '1.11',
        eventTime: '2026-11-21T12:00:00Z',
        eventSource: 'ec2.amazonaws.com',
        eventName: 'RevokeSecurityGroupIngress',
        awsRegion: 'us-east-1',
        readOnly: false,
        eventType: 'AwsApiCall',
        managementEvent: true,
        recipientAccountId: '123456789012',
        eventCategory: 'Management',
      },
    });
    expect(detail()).not.toHaveProperty('errorCode');
    expect(event()).toEqual(event());
  });

  it('of a call that failed says why, as EC2 words it, and has no answer', async () => {
    await failure(revoke({ IpPermissions: [{ ...DNS, IpRanges: [{ CidrIp: '10.9.0.0/16' }] }] }));
    expect(detail()).toMatchObject({
      errorCode: 'Client.InvalidPermission.NotFound',
      errorMessage: 'The specified rule does not exist in this security group',
      requestParameters: { groupId: group.id },
      responseElements: null,
    });
    await failure(revoke({ DryRun: true }));
    expect(detail()).toMatchObject({ errorCode: 'Client.DryRunOperation', responseElements: null });
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    await failure(revoke());
    expect(detail()).toMatchObject({ errorCode: 'Client.UnauthorizedOperation' });
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    await failure(aws.eks.send(new DeleteClusterCommand({ name: 'blue' })));
    expect(detail()).toMatchObject({ errorCode: 'AccessDenied', eventSource: 'eks.amazonaws.com' });
    await failure(aws.eks.send(new DeleteClusterCommand({ name: 'blue' })));
    expect(detail()).toMatchObject({ errorCode: 'ResourceNotFoundException' });
  });

  it('of a call whose answer was lost tells of a success, and there is none of a call that never arrived', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'drop', after: true } });
    await failure(revoke());
    expect(detail()).toMatchObject({ responseElements: { _return: true } });
    aws.faults.add({ times: 1, effect: { kind: 'html' } });
    await revoke().catch(() => undefined);
    expect(event).toThrow(/ec2 never received RevokeSecurityGroupIngress/);
  });

  it('is not there for calls without a known shape', async () => {
    await aws.ec2.send(new CreateTagsCommand({ Resources: [group.id], Tags: [{ Key: 'a', Value: 'b' }] }));
    expect(event).toThrow(/no record of CreateTags\. It has: AssociateSecurityGroupVpc, /);
  });
});

describe('rules', () => {
  it('in the long form: lists have items, absent ones are empty', async () => {
    const other = world.createSecurityGroup();
    await aws.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group.id,
        IpPermissions: [
          {
            IpProtocol: '6',
            FromPort: 53,
            ToPort: 53,
            UserIdGroupPairs: [{ GroupId: other.id, Description: 'CoreDNS' }],
            IpRanges: [{ CidrIp: '10.1.2.3/8' }],
            Ipv6Ranges: [{ CidrIpv6: 'fd00::/8' }],
          },
        ],
      }),
    );
    // As it was sent; what EC2 made of it is in the answer.
    expect(detail().requestParameters).toEqual({
      groupId: group.id,
      ipPermissions: {
        items: [
          {
            ipProtocol: '6',
            fromPort: 53,
            toPort: 53,
            groups: { items: [{ groupId: other.id, description: 'CoreDNS' }] },
            ipRanges: { items: [{ cidrIp: '10.1.2.3/8' }] },
            ipv6Ranges: { items: [{ cidrIpv6: 'fd00::/8' }] },
            prefixListIds: {},
          },
        ],
      },
    });
    const rule = {
      groupOwnerId: '123456789012',
      groupId: group.id,
      securityGroupRuleId: expect.stringMatching(/^sgr-0[0-9a-f]{16}$/),
      isEgress: false,
      ipProtocol: 'tcp',
      fromPort: 53,
      toPort: 53,
    };
    expect(detail().responseElements).toEqual({
      requestId: detail().requestID,
      _return: true,
      securityGroupRuleSet: {
        items: [
          { ...rule, cidrIpv4: '10.0.0.0/8' },
          { ...rule, cidrIpv6: 'fd00::/8' },
          { ...rule, referencedGroupInfo: { groupId: other.id, userId: '123456789012' }, description: 'CoreDNS' },
        ],
      },
    });
  });

  it('in the short form: flat, beside empty permissions', async () => {
    await aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, ...DNS, CidrIp: '10.9.0.0/16' }));
    expect(detail().requestParameters).toEqual({
      groupId: group.id,
      cidrIp: '10.9.0.0/16',
      ipProtocol: 'udp',
      fromPort: 53,
      toPort: 53,
      ipPermissions: {},
    });
  });

  it('by the name of a group: its id is in the answer only', async () => {
    const web = world.createSecurityGroup({ vpcId: world.createVpc({ isDefault: true }).id, name: 'web', rules: [] });
    await aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupName: 'web', ...DNS, CidrIp: '10.9.0.0/16' }));
    expect(detail().requestParameters).not.toHaveProperty('groupId');
    expect(detail()).toMatchObject({
      requestParameters: { groupName: 'web' },
      responseElements: { securityGroupRuleSet: { items: [{ groupId: web.id }] } },
    });
  });

  it('that were revoked, by what they say or by id', async () => {
    const [inId, outId] = [idOf(0), idOf(1)];
    await revoke();
    expect(detail()).toMatchObject({
      requestParameters: { groupId: group.id, ipPermissions: { items: [{ ipProtocol: 'udp', groups: {} }] } },
      responseElements: {
        _return: true,
        revokedSecurityGroupRuleSet: {
          items: [
            { groupId: group.id, securityGroupRuleId: inId, isEgress: false, ipProtocol: 'udp', fromPort: 53, cidrIpv4: '10.0.0.0/8' },
          ],
        },
      },
    });
    await aws.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group.id, SecurityGroupRuleIds: [outId] }));
    expect(detail()).toMatchObject({
      eventName: 'RevokeSecurityGroupEgress',
      requestParameters: { groupId: group.id, ipPermissions: {}, securityGroupRuleIds: { items: [{ securityGroupRuleId: outId }] } },
      responseElements: { revokedSecurityGroupRuleSet: { items: [{ isEgress: true, ipProtocol: '-1', fromPort: -1, toPort: -1 }] } },
    });
  });

  it('that were modified: one is an object, several are a list, under the name of the request', async () => {
    world.addRules(group.id, [ingress('tcp', 53, '10.0.0.0/8')]);
    const change = (index: number, IpProtocol: string) => ({
      SecurityGroupRuleId: idOf(index),
      SecurityGroupRule: { IpProtocol, FromPort: 54, ToPort: 54, CidrIpv4: '10.0.0.0/8' },
    });
    const modify = (...SecurityGroupRules: ReturnType<typeof change>[]) =>
      aws.ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: group.id, SecurityGroupRules }));
    await modify(change(0, 'udp'));
    const recorded = (index: number, IpProtocol: string, tag: number) => ({
      SecurityGroupRuleId: idOf(index),
      tag,
      SecurityGroupRule: { IpProtocol, FromPort: 54, ToPort: 54, CidrIpv4: '10.0.0.0/8' },
    });
    expect(detail().requestParameters).toEqual({
      ModifySecurityGroupRulesRequest: { GroupId: group.id, SecurityGroupRule: recorded(0, 'udp', 1) },
    });
    expect(detail().responseElements).toEqual({
      ModifySecurityGroupRulesResponse: {
        xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15/',
        requestId: detail().requestID,
        return: true,
      },
    });
    await modify(change(0, 'udp'), change(2, 'tcp'));
    expect(detail().requestParameters).toEqual({
      ModifySecurityGroupRulesRequest: { GroupId: group.id, SecurityGroupRule: [recorded(0, 'udp', 1), recorded(2, 'tcp', 2)] },
    });
  });
});

describe('other calls', () => {
  it('on groups', async () => {
    const { GroupId } = await aws.ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'pods', Description: 'of pods', VpcId: group.vpcId }),
    );
    expect(detail()).toMatchObject({
      requestParameters: { groupName: 'pods', groupDescription: 'of pods', vpcId: group.vpcId },
      responseElements: { groupId: GroupId },
    });
    await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    expect(detail()).toMatchObject({ requestParameters: { groupId: GroupId }, responseElements: { _return: true } });
  });

  it('on interfaces', async () => {
    const { id } = world.putInterface();
    await aws.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, Groups: [group.id] }));
    expect(detail().requestParameters).toEqual({ networkInterfaceId: id, groupSet: { items: [{ groupId: group.id }] } });
    await aws.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, Description: { Value: 'mine' } }));
    expect(detail().requestParameters).toEqual({ networkInterfaceId: id, description: 'mine' });
    await aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    expect(detail().requestParameters).toEqual({ networkInterfaceId: id });
  });

  it('of which no record was seen come in either shape', async () => {
    const { id: VpcId } = world.createVpc();
    await aws.ec2.send(new AssociateSecurityGroupVpcCommand({ GroupId: group.id, VpcId }));
    expect(detail().requestParameters).toEqual({ AssociateSecurityGroupVpcRequest: { GroupId: group.id, VpcId } });
    expect(detail({ unseenShape: 'flat' }).requestParameters).toEqual({ groupId: group.id, vpcId: VpcId });
    await aws.ec2.send(
      new UpdateSecurityGroupRuleDescriptionsIngressCommand({
        GroupId: group.id,
        IpPermissions: [{ ...DNS, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'DNS' }] }],
      }),
    );
    expect(detail().requestParameters).toEqual({
      UpdateSecurityGroupRuleDescriptionsIngressRequest: {
        GroupId: group.id,
        IpPermissions: { ...DNS, IpRanges: { CidrIp: '10.0.0.0/8', Description: 'DNS', tag: 1 }, tag: 1 },
      },
    });
    expect(detail({ unseenShape: 'flat' }).requestParameters).toMatchObject({
      groupId: group.id,
      ipPermissions: { items: [{ fromPort: 53 }] },
    });
  });

  it('on clusters', async () => {
    const { vpcId, clusterSecurityGroupId } = world.createCluster('blue');
    world.installAddon('blue', 'vpc-cni');
    const configurationValues = '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"standard"}}';
    await aws.eks.send(new UpdateAddonCommand({ clusterName: 'blue', addonName: 'vpc-cni', configurationValues }));
    expect(event()).toMatchObject({
      source: 'aws.eks',
      detail: {
        eventSource: 'eks.amazonaws.com',
        eventName: 'UpdateAddon',
        requestParameters: { name: 'blue', addonName: 'vpc-cni', configurationValues },
        responseElements: { update: { status: 'InProgress', type: 'AddonUpdate' } },
      },
    });
    await aws.eks.send(new DeleteClusterCommand({ name: 'blue' }));
    expect(detail()).toMatchObject({
      requestParameters: { name: 'blue' },
      responseElements: { cluster: { status: 'DELETING', createdAt: 1795262400, resourcesVpcConfig: { vpcId, clusterSecurityGroupId } } },
    });
  });
});

describe('who it was', () => {
  const ROLE = 'arn:aws:sts::123456789012:assumed-role';

  it.each([
    ['an IAM user', undefined, { type: 'IAMUser', userName: 'anna', arn: 'arn:aws:iam::123456789012:user/anna' }],
    ['root', root('123456789012'), { type: 'Root', arn: 'arn:aws:iam::123456789012:root' }],
    ['a role, with its session', assumedRole('123456789012', 'deploy', 'run-42'), { type: 'AssumedRole', arn: `${ROLE}/deploy/run-42` }],
    [
      'a person of IAM Identity Center',
      singleSignOn('123456789012', 'Admin', 'anna@example.com'),
      {
        arn: `${ROLE}/AWSReservedSSO_Admin_0123456789abcdef/anna@example.com`,
        sessionContext: { sessionIssuer: { arn: expect.stringContaining(':role/aws-reserved/sso.amazonaws.com/') } },
      },
    ],
  ])('%s', async (_, by, userIdentity) => {
    await revoke();
    expect(detail(by ? { by } : {})).toMatchObject({ userIdentity, sourceIPAddress: '203.0.113.7' });
  });

  it('a service, for somebody or by itself', async () => {
    await revoke();
    const service = 'cloudformation.amazonaws.com';
    for (const by of [through(service, assumedRole('123456789012', 'deploy', 'run-42')), awsService(service)]) {
      expect(detail({ by })).toMatchObject({ userIdentity: { invokedBy: service }, sourceIPAddress: service, userAgent: service });
      expect(detail({ by })).not.toHaveProperty('tlsDetails');
    }
  });

  it('with which tool', async () => {
    await revoke();
    expect(detail().userAgent).toMatch(/^aws-cli\//);
    expect(detail({ tool: 'terraform' }).userAgent).toMatch(/Terraform\//);
    expect(detail()).not.toHaveProperty('sessionCredentialFromConsole');
    expect(detail({ tool: 'console', sourceIpAddress: '198.51.100.9' })).toMatchObject({
      userAgent: expect.stringMatching(/^Mozilla/),
      sessionCredentialFromConsole: 'true',
      sourceIPAddress: '198.51.100.9',
    });
  });
});
