// CloudTrail records of every call that this program understands, in the shapes that real ones have: short and long, old and new.
const GROUP = 'sg-0a1b2c3d4e5f60718';
const OTHER = 'sg-0f0e0d0c0b0a09080';
const OLD_GROUP = 'sg-0a1b2c3d';
const VPC = 'vpc-0a1b2c3d4e5f60718';
const ENI = 'eni-0a1b2c3d4e5f60718';
const RULE = 'sgr-0a1b2c3d4e5f60718';
const ACCOUNT = '123456789012';

/** What an event is made of. */
export interface Recorded {
  eventName: string;
  requestParameters: unknown;
  responseElements?: unknown;
  source?: 'ec2' | 'eks';
  detail?: object;
  region?: string;
}

/** An event as EventBridge delivers it. */
export const pathChangeEvent = ({
  eventName,
  requestParameters,
  responseElements = null,
  source = 'ec2',
  detail = {},
  region = 'us-east-1',
}: Recorded) => ({
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'AWS API Call via CloudTrail',
  source: `aws.${source}`,
  account: ACCOUNT,
  time: '2026-11-21T14:03:10Z',
  region,
  resources: [],
  detail: {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:anna',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/platform/anna`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIAEXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLE',
          arn: `arn:aws:iam::${ACCOUNT}:role/platform`,
          accountId: ACCOUNT,
          userName: 'platform',
        },
        attributes: { creationDate: '2026-11-21T13:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: '2026-11-21T14:03:07Z',
    eventSource: `${source}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.17.0 md/awscrt#0.20.11 ua/2.0 os/linux',
    requestParameters,
    responseElements,
    requestID: '4f3f2a5e-0000-4000-8000-000000000000',
    eventID: '5c0a0f5e-0000-4000-8000-000000000000',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...detail,
  },
});

const ruleSet = (isEgress: boolean, ...rules: object[]) => ({
  requestId: '4f3f2a5e-0000-4000-8000-000000000000',
  _return: true,
  securityGroupRuleSet: {
    items: rules.map((rule) => ({ groupOwnerId: ACCOUNT, groupId: GROUP, securityGroupRuleId: RULE, isEgress, ...rule })),
  },
});
const long = (...items: object[]) => ({ groupId: GROUP, ipPermissions: { items } });
const NO_PEERS = { groups: {}, ipRanges: {}, ipv6Ranges: {}, prefixListIds: {} };
const tcp443 = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };

/** What a record must be read as. */
export interface Case {
  name: string;
  recorded: Recorded;
  groups?: readonly string[];
  interfaces?: readonly string[];
  cluster?: string;
  /** Each rule in a few words. */
  rules?: readonly string[];
  /** Instead of all these: why it is no change. */
  not?: RegExp;
}

const wrapped = (call: string, request: object) => ({ [`${call}Request`]: request });
const wrappedAnswer = (call: string) => ({
  [`${call}Response`]: { xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15/', requestId: 'r', return: true },
});

export const CASES: readonly Case[] = [
  ...['Ingress', 'Egress'].flatMap((direction): Case[] => {
    const to = direction === 'Egress' ? 'to' : 'from';
    const isEgress = direction === 'Egress';
    const call = `AuthorizeSecurityGroup${direction}`;
    const revoke = `RevokeSecurityGroup${direction}`;
    return [
      {
        name: `${call}, long, with the rules that were made`,
        recorded: {
          eventName: call,
          requestParameters: long({ ...tcp443, ...NO_PEERS, ipRanges: { items: [{ cidrIp: '10.0.0.0/8', description: 'web' }] } }),
          responseElements: ruleSet(isEgress, { ...tcp443, cidrIpv4: '10.0.0.0/8', description: 'web' }),
        },
        groups: [GROUP],
        rules: [`${RULE}: tcp 443 ${to} 10.0.0.0/8`],
      },
      {
        name: `${revoke}, of a rule that is not there, in a default VPC`,
        recorded: {
          eventName: revoke,
          requestParameters: long({ ...tcp443, ...NO_PEERS, ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }),
          responseElements: {
            _return: true,
            unknownIpPermissionSet: { items: [{ ...tcp443, ...NO_PEERS, ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }] },
          },
        },
        groups: [GROUP],
        rules: [],
      },
      {
        name: `${call}, long, every kind of peer, from before answers had rules`,
        recorded: {
          eventName: call,
          requestParameters: long(
            {
              ...tcp443,
              groups: { items: [{ groupId: OTHER, userId: ACCOUNT }] },
              ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }, { cidrIp: '172.16.0.0/12' }] },
              ipv6Ranges: { items: [{ cidrIpv6: '2001:db8::/32' }] },
              prefixListIds: { items: [{ prefixListId: 'pl-0a1b2c3d4e5f60718' }] },
            },
            { ...NO_PEERS, ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '192.0.2.0/24' }] } },
          ),
          responseElements: { requestId: 'r', _return: true },
        },
        groups: [GROUP],
        rules: [
          `tcp 443 ${to} 10.0.0.0/8`,
          `tcp 443 ${to} 172.16.0.0/12`,
          `tcp 443 ${to} 2001:db8::/32`,
          `tcp 443 ${to} pl-0a1b2c3d4e5f60718`,
          `tcp 443 ${to} ${OTHER}`,
          `all traffic ${to} 192.0.2.0/24`,
        ],
      },
      {
        name: `${call}, short`,
        recorded: {
          eventName: call,
          requestParameters: { groupId: GROUP, ipPermissions: {}, cidrIp: '0.0.0.0/0', fromPort: 8000, toPort: 8080, ipProtocol: 'tcp' },
          responseElements: { requestId: 'r', _return: true },
        },
        groups: [GROUP],
        rules: [`tcp 8000-8080 ${to} 0.0.0.0/0`],
      },
      {
        name: `${call}, by the name of the group`,
        recorded: {
          eventName: call,
          requestParameters: {
            groupName: 'web',
            ipPermissions: { items: [{ ...tcp443, ...NO_PEERS, groups: { items: [{ groupId: OTHER }] } }] },
          },
          responseElements: ruleSet(isEgress, { ...tcp443, referencedGroupInfo: { groupId: OTHER, userId: ACCOUNT } }),
        },
        groups: [GROUP],
        rules: [`${RULE}: tcp 443 ${to} ${OTHER}`],
      },
      {
        name: `${call}, by name, of an old group with an id in another place`,
        recorded: {
          eventName: call,
          requestParameters: { groupName: 'web', ipPermissions: {} },
          responseElements: { _return: true, group: { id: OLD_GROUP } },
        },
        groups: [OLD_GROUP],
        rules: [],
      },
      {
        name: `${revoke}, long, with the rules that were taken away`,
        recorded: {
          eventName: revoke,
          requestParameters: long({
            ipProtocol: 'udp',
            fromPort: 53,
            toPort: 53,
            ...NO_PEERS,
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
          }),
          responseElements: {
            requestId: 'r',
            _return: true,
            revokedSecurityGroupRuleSet: {
              items: [
                { groupId: GROUP, securityGroupRuleId: RULE, isEgress, ipProtocol: 'udp', fromPort: 53, toPort: 53, cidrIpv4: '0.0.0.0/0' },
              ],
            },
          },
        },
        groups: [GROUP],
        rules: [`${RULE}: udp 53 ${to} 0.0.0.0/0`],
      },
      {
        name: `${revoke}, by rule ids, from before answers had rules`,
        recorded: {
          eventName: revoke,
          requestParameters: { groupId: GROUP, ipPermissions: {}, securityGroupRuleIds: { items: [{ securityGroupRuleId: RULE }] } },
          responseElements: { requestId: 'r', _return: true },
        },
        groups: [GROUP],
        rules: [],
      },
      {
        name: `${revoke} that did not find the rule in a default VPC`,
        recorded: {
          eventName: revoke,
          requestParameters: long({ ...tcp443, ...NO_PEERS }),
          responseElements: { requestId: 'r', _return: false },
        },
        not: /answered false/,
      },
      {
        name: `${call} that failed`,
        recorded: {
          eventName: call,
          requestParameters: { groupId: GROUP, ipPermissions: {} },
          detail: { errorCode: 'Client.InvalidPermission.Duplicate', errorMessage: 'the specified rule already exists' },
        },
        not: /changed nothing: Client\.InvalidPermission\.Duplicate/,
      },
      {
        name: `${revoke}, a dry run`,
        recorded: {
          eventName: revoke,
          requestParameters: { groupId: GROUP, ipPermissions: {} },
          detail: { errorCode: 'Client.DryRunOperation' },
        },
        not: /Client\.DryRunOperation/,
      },
      ...[wrapped(`UpdateSecurityGroupRuleDescriptions${direction}`, { GroupId: GROUP }), { groupId: GROUP }].map(
        (requestParameters, index): Case => ({
          name: `UpdateSecurityGroupRuleDescriptions${direction}, ${index === 0 ? 'wrapped' : 'flat'}`,
          recorded: {
            eventName: `UpdateSecurityGroupRuleDescriptions${direction}`,
            requestParameters,
            responseElements: { _return: true },
          },
          not: /descriptions decide nothing/,
        }),
      ),
    ];
  }),
  {
    name: 'ModifySecurityGroupRules of one rule, as an object',
    recorded: {
      eventName: 'ModifySecurityGroupRules',
      requestParameters: wrapped('ModifySecurityGroupRules', {
        GroupId: GROUP,
        SecurityGroupRule: {
          SecurityGroupRuleId: RULE,
          tag: 1,
          SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8', Description: 'ssh' },
        },
      }),
      responseElements: wrappedAnswer('ModifySecurityGroupRules'),
    },
    groups: [GROUP],
    rules: [`${RULE}: tcp 22 with 10.0.0.0/8`],
  },
  {
    name: 'ModifySecurityGroupRules of two rules, as a list',
    recorded: {
      eventName: 'ModifySecurityGroupRules',
      requestParameters: wrapped('ModifySecurityGroupRules', {
        GroupId: GROUP,
        SecurityGroupRule: [
          {
            SecurityGroupRuleId: RULE,
            tag: 1,
            SecurityGroupRule: { IpProtocol: 'udp', FromPort: 53, ToPort: 53, ReferencedGroupId: OTHER },
          },
          { SecurityGroupRuleId: 'sgr-0f0e0d0c0b0a09080', tag: 2, SecurityGroupRule: { IpProtocol: '-1', CidrIpv6: '::/0' } },
        ],
      }),
      responseElements: wrappedAnswer('ModifySecurityGroupRules'),
    },
    groups: [GROUP],
    rules: [`${RULE}: udp 53 with ${OTHER}`, 'sgr-0f0e0d0c0b0a09080: all traffic with ::/0'],
  },
  {
    name: 'CreateSecurityGroup',
    recorded: {
      eventName: 'CreateSecurityGroup',
      requestParameters: { groupName: 'web', vpcId: VPC },
      responseElements: { _return: true, groupId: GROUP },
    },
    not: /nothing has a new group yet/,
  },
  {
    name: 'DeleteSecurityGroup by id',
    recorded: { eventName: 'DeleteSecurityGroup', requestParameters: { groupId: GROUP }, responseElements: { _return: true } },
    groups: [GROUP],
  },
  {
    name: 'DeleteSecurityGroup by name: whatever it was',
    recorded: { eventName: 'DeleteSecurityGroup', requestParameters: { groupName: 'web' }, responseElements: { _return: true } },
    groups: [],
  },
  ...['AssociateSecurityGroupVpc', 'DisassociateSecurityGroupVpc'].flatMap((eventName): Case[] => [
    {
      name: `${eventName}, wrapped`,
      recorded: {
        eventName,
        requestParameters: wrapped(eventName, { GroupId: GROUP, VpcId: VPC }),
        responseElements: wrappedAnswer(eventName),
      },
      groups: [GROUP],
    },
    {
      name: `${eventName}, flat`,
      recorded: { eventName, requestParameters: { groupId: GROUP, vpcId: VPC }, responseElements: { state: 'associated' } },
      groups: [GROUP],
    },
  ]),
  {
    name: 'ModifyNetworkInterfaceAttribute of the groups',
    recorded: {
      eventName: 'ModifyNetworkInterfaceAttribute',
      requestParameters: { networkInterfaceId: ENI, groupSet: { items: [{ groupId: GROUP }, { groupId: OTHER }] } },
      responseElements: { _return: true },
    },
    groups: [],
    interfaces: [ENI],
  },
  {
    name: 'ModifyNetworkInterfaceAttribute of something else, as the CNI makes it all day',
    recorded: {
      eventName: 'ModifyNetworkInterfaceAttribute',
      requestParameters: { networkInterfaceId: ENI, attachment: { attachmentId: 'eni-attach-1', deleteOnTermination: true } },
      responseElements: { _return: true },
    },
    not: /the groups of the interface stay as they are/,
  },
  ...['CreateAddon', 'UpdateAddon', 'DeleteAddon'].map(
    (eventName): Case => ({
      name: `${eventName} of vpc-cni`,
      recorded: {
        eventName,
        source: 'eks',
        requestParameters: { name: 'shop', addonName: 'vpc-cni', configurationValues: '{}' },
        responseElements: { update: { id: 'u', status: 'InProgress' } },
      },
      groups: [],
      cluster: 'shop',
    }),
  ),
  {
    name: 'UpdateAddon of another add-on',
    recorded: { eventName: 'UpdateAddon', source: 'eks', requestParameters: { name: 'shop', addonName: 'coredns' }, responseElements: {} },
    not: /coredns does not enforce security groups/,
  },
];
