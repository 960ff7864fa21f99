import { expect, it } from '@jest/globals';
import type { Template } from '../../../scripts/build/stack.ts';
import { loadConfig, loadStackConfig } from '../../../shared/settings/config.ts';
import { SETTINGS } from '../../../shared/settings/settings.ts';
import { loadCleanupWiring, loadWiring } from '../../../shared/settings/wiring.ts';
import { environmentOf, functionId, functionsOf, type Kind, propertiesOf, SLACK_SECRET_ARN } from '../packaged-stack.ts';

const SLACK = { SLACK_SECRET_ARN, SLACK_APPROVERS: 'U0123456789,W0123456789' };

/** What a deployment sets, and what outlives it. */
export function settingsContract(template: () => Template, kind: Kind): void {
  const { mode, slack } = kind;

  it('without a setting, the stack audits its own region with the defaults of the command line', () => {
    const defaults = loadStackConfig({ CLEANUP_MODE: mode, AUDIT_REGIONS: 'eu-west-1', ...(slack ? SLACK : {}) });
    for (const name of functionsOf(kind)) expect(loadStackConfig(environmentOf(template(), name))).toEqual(defaults);
    expect(template().Parameters).toMatchObject({ AlertEmail: { Default: '' }, WithChatTopic: { Default: 'false' } });
  });

  it('every setting of the deployed stack reaches every function', () => {
    const isHere = (name: string) => slack || !name.startsWith('SLACK_');
    const deployed = Object.keys(SETTINGS).filter(isHere);
    expect(deployed).toEqual(expect.arrayContaining(['CLEANUP_MODE', 'EXCLUDED_CLUSTERS']));
    for (const name of functionsOf(kind)) {
      expect(Object.keys(environmentOf(template(), name))).toEqual(expect.arrayContaining(deployed));
    }
  });

  it('the mode is text in the template, not a parameter that could be changed without a new template', () => {
    for (const name of functionsOf(kind)) {
      expect(propertiesOf(template(), functionId(name))).toMatchObject({ Environment: { Variables: { CLEANUP_MODE: mode } } });
    }
  });

  it('the audit knows where to ask for cleanups, and that it cannot in report mode', () => {
    const { cleanupQueueUrl } = loadWiring(environmentOf(template(), 'audit'));
    expect(cleanupQueueUrl).toMatch(mode === 'report' ? /^$/ : /^https:/);
  });

  if (mode !== 'report') {
    it('the cleanup knows its ledger, its own queue and where to ask for an audit afterwards', () => {
      expect(loadCleanupWiring(environmentOf(template(), 'cleanup'))).toEqual({
        ledgerTable: 'LedgerTable',
        auditQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/AuditQueue',
        cleanupQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/CleanupQueue',
      });
    });
  }

  it.each([
    ['MinOrphanAgeMinutes', 'MIN_ORPHAN_AGE_MINUTES', 1],
    ['PlanExpiryHours', 'PLAN_EXPIRY_HOURS', 1],
    ['CleanupMax', 'CLEANUP_MAX', 1],
    ['CleanupRatePerSecond', 'CLEANUP_RATE_PER_SECOND', 0.1],
  ])('CloudFormation refuses a %s that a cold start would refuse, before anything is touched', (parameter, setting, step) => {
    const { MinValue = 0, MaxValue = 0 } = template().Parameters[parameter] ?? {};
    const takes = (value: number) => () => loadConfig({ [setting]: String(value) });
    expect(MaxValue).toBeGreaterThan(MinValue);
    for (const bound of [MinValue, MaxValue]) expect(takes(bound)).not.toThrow();
    for (const beyond of [MinValue - step, MaxValue + step]) expect(takes(beyond)).toThrow(setting);
  });

  it.each([
    ['ExcludedClusters', 'EXCLUDED_CLUSTERS', ['', 'shop', 'shop,till', 'shop, till_2,'], ['a b', 'shop;till', '-shop', 'x'.repeat(101)]],
    ['DigestHourUtc', 'DIGEST_HOUR_UTC', ['off', '0', '7', '07', '23'], ['24', '-1', 'noon', '7.5', '']],
    ['ExcludedVpcs', 'EXCLUDED_VPCS', ['', 'vpc-0a1', 'vpc-0a1, vpc-2'], ['shop', 'vpc-0a1 vpc-2', 'vpc-XYZ', 'vpc-0a1,subnet-1']],
  ])('CloudFormation takes a %s only if a cold start takes it', (parameter, setting, taken, refused) => {
    const pattern = new RegExp(template().Parameters[parameter]?.AllowedPattern ?? 'none');
    for (const value of taken) {
      expect({ value, matches: pattern.test(value) }).toEqual({ value, matches: true });
      expect(() => loadConfig({ [setting]: value })).not.toThrow();
    }
    for (const value of refused) expect({ value, matches: pattern.test(value) }).toEqual({ value, matches: false });
  });

  it('the ledger outlives the stack and every mistake, and forgets only what says when', () => {
    expect(template().Resources.LedgerTable).toEqual({
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
    });
  });

  it('whoever deployed it is told where the findings, the ledger and the queue are', () => {
    expect(template().Outputs).toMatchObject({
      FindingsTopicArn: { Value: { Ref: 'FindingsTopic' } },
      LedgerTableName: { Value: { Ref: 'LedgerTable' } },
      AuditQueueUrl: { Value: { Ref: 'AuditQueue' } },
    });
  });
}
