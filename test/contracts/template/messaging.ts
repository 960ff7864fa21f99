import { expect, it } from '@jest/globals';
import type { Template } from '../../../scripts/build/stack.ts';
import { pattern as change } from '../../../shared/changes/event/path-change.ts';
import { pattern as deletion } from '../../../shared/teardowns/delete-cluster-event.ts';
import { arnOf, functionId, type Kind, propertiesOf, ref, resourcesOf } from '../packaged-stack.ts';

const ON_SCHEDULE = { Arn: arnOf(functionId('onSchedule')), DeadLetterConfig: { Arn: arnOf('UndeliveredEvents') } };

/** What triggers, carries and publishes. */
export function messagingContract(template: () => Template, { mode }: Kind): void {
  const deletes = mode !== 'report';
  const rules = () => resourcesOf(template(), 'AWS::Events::Rule').map(([, { Properties }]) => Properties);

  it('rules send exactly what shared/events parses to the function that parses it', () => {
    const matching = rules().filter((rule) => rule.EventPattern);
    const sends = (EventPattern: object, name: string) => {
      const target = { Arn: arnOf(functionId(name)), DeadLetterConfig: { Arn: arnOf('UndeliveredEvents') } };
      return expect.objectContaining({ EventPattern, State: 'ENABLED', Targets: [expect.objectContaining(target)] });
    };
    expect(matching).toEqual([sends(deletion, 'onClusterEvent'), sends(change, 'onSecurityGroupEvent')]);
  });

  it('a rule calls onSchedule every 30 minutes', () => {
    const timed = rules().filter((rule) => rule.ScheduleExpression);
    const every = { ScheduleExpression: 'rate(30 minutes)', State: 'ENABLED', Targets: [expect.objectContaining(ON_SCHEDULE)] };
    expect(timed).toEqual([expect.objectContaining(every)]);
  });

  it('only these rules may leave what they could not deliver', () => {
    const policy = JSON.stringify(propertiesOf(template(), 'UndeliveredEventsPolicy'));
    for (const { Name } of rules()) expect(policy).toContain(`:rule/${Name}"`);
    expect(policy.match(/:rule\//g)).toHaveLength(rules().length);
    expect(propertiesOf(template(), 'UndeliveredEventsPolicy')).toMatchObject({
      Queues: [ref('UndeliveredEvents')],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' }] },
    });
  });

  it('a message that fails time and again is kept for two weeks, and so is all that nobody could handle', () => {
    const redriven = resourcesOf(template(), 'AWS::SQS::Queue').flatMap(([id, { Properties }]) =>
      Properties.RedrivePolicy ? [[id, Properties.RedrivePolicy]] : [],
    );
    expect(Object.fromEntries(redriven)).toEqual({
      AuditQueue: { deadLetterTargetArn: arnOf('AuditDeadLetters'), maxReceiveCount: 5 },
      // A message that meets the one execution busy counts as received, too.
      ...(deletes && { CleanupQueue: { deadLetterTargetArn: arnOf('CleanupDeadLetters'), maxReceiveCount: 10 } }),
    });
    for (const queue of ['AuditDeadLetters', 'FailedInvocations', 'UndeliveredEvents', ...(deletes ? ['CleanupDeadLetters'] : [])]) {
      expect(propertiesOf(template(), queue)).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 60 * 60 });
    }
  });

  it('every queue is encrypted', () => {
    const queues = resourcesOf(template(), 'AWS::SQS::Queue');
    expect(queues.length).toBeGreaterThan(0);
    for (const [, { Properties }] of queues) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('every topic is encrypted with our own key, which lets alarms and the audit through', () => {
    const topics = resourcesOf(template(), 'AWS::SNS::Topic');
    expect(topics.map(([id]) => id)).toEqual(['FindingsTopic', 'ChatTopic']);
    for (const [, { Properties }] of topics) expect(Properties.KmsMasterKeyId).toEqual(arnOf('TopicKey'));
    const use = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'] };
    const here = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } };
    expect(propertiesOf(template(), 'TopicKey')).toMatchObject({
      KeyPolicy: {
        Statement: [
          { Sid: 'AccountAdministers' },
          { ...use, Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: here },
          { ...use, Principal: { AWS: arnOf('AuditRole') } },
        ],
      },
    });
  });

  it('alarms of this account may publish to every topic', () => {
    const policies = resourcesOf(template(), 'AWS::SNS::TopicPolicy').map(([, { Properties }]) => Properties);
    for (const [topic] of resourcesOf(template(), 'AWS::SNS::Topic')) {
      const publish = {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: ref(topic),
        Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
      };
      const statement = [expect.objectContaining(publish)];
      expect(policies).toContainEqual({ Topics: [ref(topic)], PolicyDocument: expect.objectContaining({ Statement: statement }) });
    }
  });

  it('what is optional comes with its condition, and nothing else does', () => {
    const conditional = Object.entries(template().Resources).filter(([, { Condition }]) => Condition);
    expect(Object.fromEntries(conditional.map(([id, { Condition }]) => [id, Condition]))).toEqual({
      ChatTopic: 'HasChatTopic',
      ChatTopicPolicy: 'HasChatTopic',
      ChatPublisherFailuresAlarm: 'HasChatTopic',
      AlertSubscription: 'HasAlertEmail',
    });
  });
}
