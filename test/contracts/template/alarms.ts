import { expect, it } from '@jest/globals';
import { METRIC_NAMESPACE, METRICS } from '../../../shared/runtime/log.ts';
import { propertiesOf, type Resource, ref, resourcesOf, type Template } from '../packaged-stack.ts';

const ABOVE_ZERO = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, TreatMissingData: 'notBreaching', Statistic: 'Sum' };

/** What wakes somebody up. */
export function alarmContract(template: () => Template): void {
  const alarms = () => resourcesOf(template(), 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const watching = (watched: Resource['Properties']) => alarms().filter((alarm) => expect.objectContaining(watched).asymmetricMatch(alarm));
  const dimension = (Name: string, Value: unknown) => ({ Dimensions: [{ Name, Value }] });
  const queueName = (id: string) => dimension('QueueName', { 'Fn::GetAtt': [id, 'QueueName'] });

  it('ring when anything lies in a queue that nobody works off', () => {
    const waiting = resourcesOf(template(), 'AWS::SQS::Queue').filter(([id]) => id !== 'AuditQueue');
    expect(waiting).toHaveLength(3);
    for (const [id] of waiting) {
      const visible = { ...queueName(id), MetricName: 'ApproximateNumberOfMessagesVisible' };
      expect(watching({ ...ABOVE_ZERO, ...visible, Statistic: 'Maximum' })).toHaveLength(1);
    }
  });

  it('ring when the audit queue is not worked off', () => {
    const { VisibilityTimeout } = propertiesOf(template(), 'AuditQueue');
    const [alarm, ...others] = watching({ ...queueName('AuditQueue'), MetricName: 'ApproximateAgeOfOldestMessage' });
    expect(others).toEqual([]);
    // A message that is tried a second time is no alarm yet.
    expect(alarm?.Threshold).toBeGreaterThan(Number(VisibilityTimeout) + 900);
  });

  it('ring when a function fails', () => {
    const functions = resourcesOf(template(), 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const [id] of functions) {
      expect(watching({ ...ABOVE_ZERO, ...dimension('FunctionName', ref(id)), MetricName: 'Errors' })).toHaveLength(1);
    }
  });

  it('ring when no audit has finished for an hour: silence is the fault', () => {
    const hour = { Period: 1800, EvaluationPeriods: 2 };
    const heartbeat = { MetricName: 'Runs', Statistic: 'Sum', ComparisonOperator: 'LessThanThreshold', Threshold: 1, ...hour };
    expect(watching({ ...heartbeat, TreatMissingData: 'breaching' })).toHaveLength(1);
  });

  it('watch every metric that the functions count, by its name, and no other', () => {
    const counted = alarms().filter((alarm) => alarm.Namespace === METRIC_NAMESPACE);
    expect([...new Set(counted.map((alarm) => alarm.MetricName))].sort()).toEqual([...METRICS].sort());
    expect(counted.length).toBe(alarms().filter((alarm) => !String(alarm.Namespace).startsWith('AWS/')).length);
  });

  it.each(['sns', 'chat'])('say which publisher fails: %s', (publisher) => {
    expect(watching({ ...ABOVE_ZERO, ...dimension('publisher', publisher), MetricName: 'PublisherFailures' })).toHaveLength(1);
  });

  it('tell people on the findings topic when they ring and when it is over, and what to do', () => {
    expect(alarms().length).toBeGreaterThan(0);
    for (const { AlarmActions, OKActions, AlarmName, AlarmDescription } of alarms()) {
      expect(AlarmActions).toContainEqual(ref('FindingsTopic'));
      expect(OKActions).toEqual(AlarmActions);
      expect(AlarmName).toMatch(/^sgp-warden-dev: .{10,}/);
      expect(AlarmDescription).toMatch(/.{60,}/);
    }
  });
}
