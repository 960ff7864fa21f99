import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change } from '../../../shared/changes/change.ts';
import { ruleSays } from '../../../shared/changes/describe.ts';
import { parsePathChange } from '../../../shared/changes/event/path-change.ts';
import { parseAuditMessage } from '../../../shared/run/messages/audit-message.ts';
import { CASES, pathChangeEvent } from '../../support/path-change-events.ts';
import { runs } from '../../support/runs.ts';

/** The change in an event that has one. */
function changeIn(event: unknown): Change {
  const parsed = parsePathChange(event);
  if (parsed.outcome !== 'change') throw new Error(`no change: ${parsed.says}`);
  return parsed.change;
}

const rulesIn = ({ what }: Change): string[] | undefined =>
  'rules' in what ? what.rules.map((rule) => `${rule.id === null ? '' : `${rule.id}: `}${ruleSays(rule)}`) : undefined;

describe('a CloudTrail record', () => {
  it.each(CASES)('$name', ({ recorded, not, groups, interfaces = [], cluster = null, rules }) => {
    const event = pathChangeEvent(recorded);
    if (not) return expect(parsePathChange(event)).toEqual({ outcome: 'not-a-change', says: expect.stringMatching(not) });
    const change = changeIn(event);
    expect(change).toMatchObject({ id: '5c0a0f5e-0000-4000-8000-000000000000', at: '2026-11-21T14:03:07.000Z', call: recorded.eventName });
    expect({ groups: change.groupIds, interfaces: change.interfaceIds, cluster: change.cluster }).toEqual({ groups, interfaces, cluster });
    expect(rulesIn(change)).toEqual(rules);
  });

  it('becomes a message that reads back as the same change', () => {
    for (const { recorded, not } of CASES.filter((each) => !each.not)) {
      expect(not).toBeUndefined();
      const change = changeIn(pathChangeEvent(recorded));
      const message = {
        kind: 'change',
        accountId: '123456789012',
        region: 'us-east-1',
        step: 'record',
        receivedAt: '2026-11-21T14:03:11.000Z',
        change,
      };
      expect(parseAuditMessage(JSON.stringify(message))).toEqual({ ok: true, value: message });
    }
  });
});

describe('who was behind a call', () => {
  const account = '123456789012';
  const recorded = { eventName: 'DeleteSecurityGroup', requestParameters: { groupId: 'sg-0a1b2c3d4e5f60718' } };
  const actorIn = (detail: object) => changeIn(pathChangeEvent({ ...recorded, detail })).actor;

  it('is a session of a role, with the role', () => {
    expect(actorIn({})).toEqual({
      principal: `arn:aws:sts::${account}:assumed-role/platform/anna`,
      session: 'anna',
      role: `arn:aws:iam::${account}:role/platform`,
      invokedBy: null,
      tool: 'aws-cli',
      sourceAddress: '203.0.113.7',
    });
  });

  it.each<[string, object, object]>([
    [
      'a user',
      { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/anna`, userName: 'anna' },
      { principal: `arn:aws:iam::${account}:user/anna`, session: null, role: null },
    ],
    [
      'the root user',
      { type: 'Root', arn: `arn:aws:iam::${account}:root`, principalId: account },
      { principal: `arn:aws:iam::${account}:root`, session: null },
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' },
      { principal: 'autoscaling.amazonaws.com', invokedBy: 'autoscaling.amazonaws.com' },
    ],
    ['nobody that the record names', {}, { principal: 'somebody whom the record does not name' }],
  ])('is %s', (_name, userIdentity, actor) => {
    expect(actorIn({ userIdentity })).toMatchObject(actor);
  });

  it.each([
    ['APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.15.0 aws-sdk-go-v2/1.39.2', 'terraform'],
    ['aws-cli/2.31.5 md/awscrt#0.27.6', 'aws-cli'],
    ['console.amazonaws.com', 'console'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'console'],
    ['cloudformation.amazonaws.com', 'CloudFormation'],
    ['Boto3/1.40.45 md/Botocore#1.40.45', 'boto3'],
    ['aws-sdk-go-v2/1.39.2 ua/2.1', 'an AWS SDK'],
    ['elbv2.k8s.aws/v2.8.1 aws-sdk-go/1.51.0', 'AWS Load Balancer Controller'],
    ['our-own-tool/1.0 (something)', 'our-own-tool'],
    ['', 'an unnamed tool'],
  ])('says the tool of %j', (userAgent, tool) => {
    expect(actorIn({ userAgent }).tool).toBe(tool);
  });

  it('a console session whatever its browser, and the service that acts for somebody before its user agent', () => {
    expect(actorIn({ userAgent: 'aws-internal/3', sessionCredentialFromConsole: 'true' }).tool).toBe('console');
    const userIdentity = {
      type: 'AssumedRole',
      principalId: 'AROA:x',
      arn: `arn:aws:sts::${account}:assumed-role/deploy/x`,
      invokedBy: 'cloudformation.amazonaws.com',
    };
    expect(actorIn({ userIdentity, userAgent: 'aws-cli/2' })).toMatchObject({ tool: 'CloudFormation', session: 'x' });
  });
});

describe('what is no event of ours', () => {
  const good = pathChangeEvent({ eventName: 'DeleteSecurityGroup', requestParameters: { groupId: 'sg-0a1b2c3d4e5f60718' } });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /^not a CloudTrail event/],
    ['text', 'DeleteSecurityGroup', /^not a CloudTrail event/],
    ['no account', { ...good, account: 'mine' }, /account: is no account id/],
    ['no region', { ...good, region: '' }, /region/],
    ['no detail', { ...good, detail: null }, /detail/],
    ['no event id', { ...good, detail: { ...good.detail, eventID: undefined } }, /detail\.eventID/],
    ['no time', { ...good, detail: { ...good.detail, eventTime: 'soon' } }, /detail\.eventTime: is no time/],
    ['another service', { ...good, detail: { ...good.detail, eventSource: 'rds.amazonaws.com' } }, /detail\.eventSource/],
    ['another call', { ...good, detail: { ...good.detail, eventName: 'RunInstances' } }, /RunInstances is no call that this program knows/],
  ])('%s: malformed, and says why', (_name, event, says) => {
    expect(parsePathChange(event)).toEqual({ outcome: 'malformed', says: expect.stringMatching(says) });
  });

  it('whatever the request and the answer of a known call hold, it never throws and its message reads back', () => {
    const calls = [...new Set(CASES.map(({ recorded }) => recorded.eventName))];
    const anything = fc.anything({
      maxDepth: 4,
      key: fc.constantFrom('groupId', 'items', 'ipPermissions', 'SecurityGroupRule', 'groupSet', 'ipProtocol', 'cidrIp', '__proto__', 'x'),
      values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('sg-0a1b2c3d'), fc.constant('tcp')],
    });
    fc.assert(
      fc.property(fc.constantFrom(...calls), anything, anything, (eventName, requestParameters, responseElements) => {
        const parsed = parsePathChange(pathChangeEvent({ eventName, requestParameters, responseElements }));
        if (parsed.outcome !== 'change') return;
        const message = { kind: 'change', ...parsed.target, step: 'judge', receivedAt: '2026-11-21T14:03:11.000Z', change: parsed.change };
        expect(parseAuditMessage(JSON.stringify(message))).toMatchObject({ ok: true });
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('rules that were revoked', () => {
  const groupId = 'sg-0a1b2c3d4e5f60718';
  const peer = 'sg-0f0e0d0c0b0a09080';
  const asked = {
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    groups: { items: [{ groupId: peer, userId: '210987654321' }] },
    ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] },
  };
  const unknownIpPermissionSet = { items: [asked] };
  const revoke = (responseElements: object) =>
    pathChangeEvent({
      eventName: 'RevokeSecurityGroupIngress',
      requestParameters: { groupId, ipPermissions: { items: [asked] } },
      responseElements: { _return: true, ...responseElements },
    });

  it('are none where the answer says that none was there: to authorize them "again" would open what was closed', () => {
    expect(parsePathChange(revoke({ unknownIpPermissionSet, revokedSecurityGroupRuleSet: {} }))).toEqual({
      outcome: 'not-a-change',
      says: expect.stringContaining('none of the rules that it names was there'),
    });
  });

  it('are not told by a request of which some were not there', () => {
    expect(changeIn(revoke({ unknownIpPermissionSet })).what).toMatchObject({ rules: [] });
  });

  it('name the owner of a group of another account, which only the request says', () => {
    const revoked = { groupId, securityGroupRuleId: 'sgr-1', isEgress: false, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    const answer = { revokedSecurityGroupRuleSet: { items: [{ ...revoked, referencedGroupId: peer }] } };
    expect(changeIn(revoke(answer)).what).toMatchObject({ rules: [{ id: 'sgr-1', peer: { groupId: peer, userId: '210987654321' } }] });
  });

  it('are told whole or not at all', () => {
    const rule = { groupId, isEgress: false, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    const items = [
      { ...rule, cidrIpv4: '10.0.0.0/8' },
      { ...rule, somethingNew: 'x' },
    ];
    const event = pathChangeEvent({
      eventName: 'RevokeSecurityGroupIngress',
      requestParameters: { groupId, securityGroupRuleIds: { items: ['sgr-1', 'sgr-2'] } },
      responseElements: { _return: true, revokedSecurityGroupRuleSet: { items } },
    });
    expect(changeIn(event).what).toMatchObject({ rules: [] });
  });
});
