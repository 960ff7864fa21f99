import { expect, it } from '@jest/globals';
import { SETTINGS } from '../../../shared/runtime/config.ts';
import { environmentOf, type Template } from '../packaged-stack.ts';

/** What a deployment sets, and what outlives it. */
export function settingsContract(template: () => Template): void {
  it('without a setting, the stack audits its own region with the defaults of the command line', () => {
    expect(environmentOf(template(), 'audit')).toMatchObject({
      AUDIT_REGIONS: 'eu-west-1',
      MIN_ORPHAN_AGE_MINUTES: SETTINGS.MIN_ORPHAN_AGE_MINUTES.default,
    });
    expect(template().Parameters).toMatchObject({ AlertEmail: { Default: '' }, WithChatTopic: { Default: 'false' } });
  });

  it('every setting of the deployed stack reaches every function', () => {
    const deployed = Object.entries(SETTINGS).flatMap(([name, setting]) => (setting.deployed ? [name] : []));
    for (const name of ['onClusterEvent', 'onSchedule', 'audit']) {
      expect(Object.keys(environmentOf(template(), name))).toEqual(expect.arrayContaining(deployed));
    }
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
