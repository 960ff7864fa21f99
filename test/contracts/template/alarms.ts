import { expect, it } from '@jest/globals';
import type { Resource, Template } from '../../../scripts/build/stack.ts';
import { MEASURES } from '../../../shared/digests/measurement.ts';
import { METRIC_NAMESPACE, METRICS } from '../../../shared/domain/log.ts';
import { type Kind, propertiesOf, ref, resourcesOf } from '../packaged-stack.ts';

const ABOVE_ZERO = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, TreatMissingData: 'notBreaching', Statistic: 'Sum' };

// What is for graphs only, and why nobody is woken by it.
const WITHOUT_ALARM = {
  Deletions: 'each one is announced, and is what was asked for',
  Refusals: 'a guard that refuses does its work; what stays for a day rings OldestOrphanAge',
  Orphans: 'each one is announced; what stays for a day rings OldestOrphanAge',
  Suspects: 'nobody can do anything about one yet',
  AddressesHeld: 'the orphans that hold them are announced',
  ProbePathsBlocked: 'each one is announced; pods without probes restart, pods without DNS are dead',
  CoverageGaps: 'each one is announced, as a finding of its own',
  AcceptedFindings: 'somebody answers for them',
  PlansWaiting: 'a plan is announced; one that nobody looks at rings OldestOrphanAge',
  RunDuration: 'a run that takes too long fails, and that rings',
  ApiCalls: 'they are few, and free',
  Throttles: 'what was throttled to the end is a gap',
};
// The queues that a function works off; on all others any message is one too many.
const WORKED_OFF = { AuditQueue: 'audit', CleanupQueue: 'cleanup' };

/** What wakes somebody up. */
export function alarmContract(template: () => Template, { mode, slack }: Kind): void {
  const deletes = mode !== 'report';
  const alarms = () => resourcesOf(template(), 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const watching = (watched: Resource['Properties']) => alarms().filter((alarm) => expect.objectContaining(watched).asymmetricMatch(alarm));
  const dimension = (Name: string, Value: unknown) => ({ Dimensions: [{ Name, Value }] });
  // Of all regions: an alarm cannot search for them.
  const ofAccount = dimension('account', ref('AWS::AccountId'));
  const queueName = (id: string) => dimension('QueueName', { 'Fn::GetAtt': [id, 'QueueName'] });

  it('ring when anything lies in a queue that nobody works off', () => {
    const waiting = resourcesOf(template(), 'AWS::SQS::Queue').filter(([id]) => !(id in WORKED_OFF));
    expect(waiting).toHaveLength(deletes ? 4 : 3);
    for (const [id] of waiting) {
      const visible = { ...queueName(id), MetricName: 'ApproximateNumberOfMessagesVisible' };
      expect(watching({ ...ABOVE_ZERO, ...visible, Statistic: 'Maximum' })).toHaveLength(1);
    }
  });

  it.each(Object.keys(WORKED_OFF).filter((id) => deletes || id !== 'CleanupQueue'))('ring when %s is not worked off', (id) => {
    const { VisibilityTimeout } = propertiesOf(template(), id);
    const [alarm, ...others] = watching({ ...queueName(id), MetricName: 'ApproximateAgeOfOldestMessage' });
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

  it.each(['audit', ...(deletes ? ['cleanup'] : []), ...(slack ? ['onSlackAction'] : [])])(
    'ring when %s fails time after time, which Lambda takes for success',
    (name) => {
      expect(watching({ ...ABOVE_ZERO, ...dimension('function', name), MetricName: 'RunFailures' })).toHaveLength(1);
    },
  );

  // What nobody signed may be a flood without anything like a signature: no function fails, and no click comes through.
  it('ring when requests at the address are turned away', () => {
    const throttled = { ...dimension('FunctionName', ref('OnSlackActionLambdaFunction')), MetricName: 'Throttles' };
    expect(watching({ ...ABOVE_ZERO, ...throttled })).toHaveLength(slack ? 1 : 0);
  });

  it('ring when no audit has finished for an hour: silence is the fault', () => {
    const hour = { Period: 1800, EvaluationPeriods: 2 };
    const heartbeat = { MetricName: 'Runs', Statistic: 'Sum', ComparisonOperator: 'LessThanThreshold', Threshold: 1, ...hour };
    expect(watching({ ...heartbeat, TreatMissingData: 'breaching' })).toHaveLength(1);
  });

  it('watch every metric of the functions by its name, but for those that only make graphs, and no other', () => {
    const counted = alarms().filter((alarm) => alarm.Namespace === METRIC_NAMESPACE);
    // Where nothing deletes, no deletion fails; without an address nobody knocks.
    const absent = [...(deletes ? [] : ['CleanupFailures']), ...(slack ? [] : ['ForgedClicks'])];
    const unwatched = [...Object.keys(WITHOUT_ALARM), ...absent];
    const watched = [...new Set(counted.map((alarm) => alarm.MetricName))];
    expect([...watched, ...unwatched].sort()).toEqual([...METRICS, ...Object.keys(MEASURES)].sort());
    expect(counted.length).toBe(alarms().filter((alarm) => !String(alarm.Namespace).startsWith('AWS/')).length);
  });

  it('ring when an orphan is older than a day, whatever the mode', () => {
    const old = {
      ...ofAccount,
      MetricName: 'OldestOrphanAge',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 86_400,
    };
    expect(watching({ ...old, TreatMissingData: 'notBreaching' })).toHaveLength(1);
  });

  it('ring as long as pods somewhere have no DNS, whatever the mode', () => {
    expect(watching({ ...ABOVE_ZERO, ...ofAccount, Statistic: 'Maximum', MetricName: 'DnsPathsBlocked' })).toHaveLength(1);
  });

  it('ring at the first deletion that fails, where there are any', () => {
    expect(watching({ ...ABOVE_ZERO, MetricName: 'CleanupFailures' })).toHaveLength(deletes ? 1 : 0);
  });

  it.each(['sns', 'chat', 'cloudwatch', ...(slack ? ['slack'] : [])])('say which publisher fails: %s', (publisher) => {
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
