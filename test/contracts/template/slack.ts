import { expect, it } from '@jest/globals';
import type { PackagedStack, Template } from '../../../scripts/build/stack.ts';
import { arnOf, functionId, propertiesOf, resourcesOf, SLACK_SECRET_ARN } from '../packaged-stack.ts';
import { actionsOf, type Statement, statementsOf } from './permissions.ts';

// All that Slack adds. Whoever reviews a change of this list reviews what the internet can reach.
const ADDED = [
  'AuditSlackPolicy',
  'ForgedClicksAlarm',
  'OnSlackActionErrorsAlarm',
  'OnSlackActionLambdaFunction',
  'OnSlackActionLambdaFunctionUrl',
  'OnSlackActionLambdaPermissionFn',
  'OnSlackActionLambdaPermissionFnUrl',
  'OnSlackActionLogGroup',
  'OnSlackActionRole',
  'OnSlackActionRunFailuresAlarm',
  'OnSlackActionThrottlesAlarm',
  'SlackPublisherFailuresAlarm',
];
// Where there is a queue to ask for cleanups.
const ADDED_WHERE_IT_DELETES = ['OnSlackActionCleanupPolicy'];

const allow = (Action: string | string[], Resource: unknown): Statement => ({ Effect: 'Allow', Action, Resource });
const READ_SECRET: readonly Statement[] = [
  allow('secretsmanager:GetSecretValue', SLACK_SECRET_ARN),
  {
    ...allow('kms:Decrypt', '*'),
    Condition: {
      // The secret's region, which need not be the stack's.
      StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': SLACK_SECRET_ARN },
    },
  },
];

// The time of packaging is in the path of every artifact.
const templateOf = ({ text }: PackagedStack): Template => JSON.parse(text.replaceAll(/\/\d{13}-[\dT:.Z-]+\//g, '/now/'));

/** The template without what Slack adds. */
function withoutSlack(stack: PackagedStack, added: readonly string[]): unknown {
  const template = templateOf(stack);
  const isAdded = ([id]: [string, unknown]) => added.includes(id) || ['OnSlackActionLambdaFunctionUrl', 'SlackRequestUrl'].includes(id);
  const kept = <T>(entries: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(entries).filter((entry) => !isAdded(entry)));
  const Resources = kept(template.Resources);
  for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    for (const name of Object.keys(Variables)) if (name.startsWith('SLACK_')) delete Variables[name];
  }
  return { ...template, Resources, Outputs: kept(template.Outputs) };
}

/** What Slack puts into the template, and what it never does. */
export function slackContract(stackOf: (slack: boolean) => PackagedStack, mode: 'report' | 'approve'): void {
  const added = mode === 'report' ? ADDED : [...ADDED, ...ADDED_WHERE_IT_DELETES];
  const template = () => stackOf(true).template;

  it('without a secret the template does not know the word, and nothing in it is public', () => {
    expect(stackOf(false).text).not.toMatch(/slack/i);
    expect(resourcesOf(stackOf(false).template, 'AWS::Lambda::Url')).toEqual([]);
    expect(publicPermissions(stackOf(false).template)).toEqual([]);
  });

  it('with one it adds exactly what is listed, and changes nothing else but the environment of the functions', () => {
    expect(Object.keys(template().Resources)).toEqual(expect.arrayContaining(added));
    expect(withoutSlack(stackOf(true), added)).toEqual(templateOf(stackOf(false)));
  });

  it('one function is public, and only by its address', () => {
    const TargetFunctionArn = arnOf(functionId('onSlackAction'));
    const urls = resourcesOf(template(), 'AWS::Lambda::Url').map(([, { Properties }]) => Properties);
    expect(urls).toEqual([{ AuthType: 'NONE', TargetFunctionArn }]);
    // Both are needed since October 2025.
    expect(publicPermissions(template())).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionName: TargetFunctionArn, FunctionUrlAuthType: 'NONE' },
      { Action: 'lambda:InvokeFunction', Principal: '*', FunctionName: TargetFunctionArn, InvokedViaFunctionUrl: true },
    ]);
    expect(template().Outputs.SlackRequestUrl).toMatchObject({
      Value: { 'Fn::GetAtt': ['OnSlackActionLambdaFunctionUrl', 'FunctionUrl'] },
    });
  });

  it('whoever breaks into that function has its log, the ledger without deletions, the queues and the one secret', () => {
    expect(statementsOf(template(), 'OnSlackActionRole')).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arnOf('OnSlackActionLogGroup')),
      allow(['dynamodb:Query', 'dynamodb:PutItem'], arnOf('LedgerTable')),
      allow('sqs:SendMessage', arnOf('AuditQueue')),
      ...READ_SECRET,
      ...(mode === 'report' ? [] : [allow('sqs:SendMessage', arnOf('CleanupQueue'))]),
    ]);
    const actions = actionsOf(statementsOf(template(), 'OnSlackActionRole'));
    expect(actions.filter((action) => /^(?:ec2|eks|sns|sts|iam|lambda):|Delete|Update/.test(action))).toEqual([]);
  });

  it('the secret is read by it and by the audit, and by nobody else', () => {
    const readers = resourcesOf(template(), 'AWS::IAM::Role').flatMap(([id]) =>
      statementsOf(template(), id).some((statement) => actionsOf([statement]).some((action) => action.startsWith('secretsmanager:')))
        ? [id]
        : [],
    );
    expect(readers.sort()).toEqual(['AuditRole', 'OnSlackActionRole']);
    const before = statementsOf(stackOf(false).template, 'AuditRole');
    expect(
      statementsOf(template(), 'AuditRole').filter((each) => !before.some((one) => JSON.stringify(one) === JSON.stringify(each))),
    ).toEqual(READ_SECRET);
    // Nothing of what is in the secret: the ARN says where it is.
    expect(stackOf(true).text).not.toMatch(/xox[abp]-|resolve:secretsmanager/);
  });

  it('a click is answered within three seconds: by a function with a processor of its own, which knows where everything is', () => {
    const { Timeout, MemorySize, Environment } = propertiesOf(template(), functionId('onSlackAction')) as {
      Timeout: number;
      MemorySize: number;
      Environment: { Variables: Record<string, unknown> };
    };
    expect({ Timeout, MemorySize }).toEqual({ Timeout: 10, MemorySize: 1024 });
    expect(Environment.Variables).toMatchObject({
      LEDGER_TABLE: { Ref: 'LedgerTable' },
      AUDIT_QUEUE_URL: { Ref: 'AuditQueue' },
      CLEANUP_QUEUE_URL: mode === 'report' ? '' : { Ref: 'CleanupQueue' },
      SLACK_SECRET_ARN,
      SLACK_APPROVERS: 'U0123456789,W0123456789',
      SLACK_API_URL: 'https://slack.com/api/',
    });
  });
}

/** What anybody may do to a function. */
const publicPermissions = (template: Template) =>
  resourcesOf(template, 'AWS::Lambda::Permission')
    .map(([, { Properties }]) => Properties)
    .filter(({ Principal }) => Principal !== 'events.amazonaws.com');
