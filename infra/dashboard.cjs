// The dashboard, to be left open: how it stands, how it came to that, and whether anybody is watching. A script, because a dashboard's body
// is one JSON text. A search finds every region and cluster that there is; test/contracts/metrics.test.ts: it names only metrics that a run
// really sends. Loaded by osls and the Serverless Framework, by whatever Node.js runs them.
'use strict';

const OUR_ACCOUNT = `\${AWS::AccountId}`;
const OUR_REGION = `\${AWS::Region}`;
const HALF_AN_HOUR = 1800;
const REGION = 'account,region';
const CLUSTER = 'account,region,cluster';

// CloudWatch replaces `${PROP(...)}` in a label; the `!` is for Fn::Sub, which would look for a parameter of that name.
const dimension = (name) => `\${!PROP('Dim.${name}')}`;

/** Every metric of a name with these dimensions, in this account. */
const search = (name, dimensions, statistic) => {
  const ours = dimensions.startsWith('account') ? ` account="${OUR_ACCOUNT}"` : '';
  return `SEARCH('{SgpWarden,${dimensions}} MetricName="${name}"${ours}', '${statistic}', ${HALF_AN_HOUR})`;
};
const each = (label, name, { dimensions = REGION, by = 'region', statistic = 'Maximum', ...options } = {}) => [
  { expression: search(name, dimensions, statistic), label: `${label}${label && ' '}${dimension(by)}`, ...options },
];
/** All regions together. */
const total = (label, name) => [{ expression: `SUM(${search(name, REGION, 'Maximum')})`, label }];
/** One metric by its name and dimensions. */
const one = (label, name, ...dimensions) => ['SgpWarden', name, ...dimensions, { label }];
const ofAccount = (label, name) => one(label, name, 'account', OUR_ACCOUNT);

const graph = (width, title, metrics, options = {}) => ({
  type: 'metric',
  width,
  height: 6,
  properties: { title, region: OUR_REGION, view: 'timeSeries', yAxis: { left: { min: 0 }, right: { min: 0 } }, metrics, ...options },
});
const counts = { period: HALF_AN_HOUR, stat: 'Sum' };
const right = { yAxis: 'right' };

const now = {
  type: 'metric',
  width: 24,
  height: 4,
  properties: {
    ...{ title: 'Now', region: OUR_REGION, view: 'singleValue', sparkline: true, period: HALF_AN_HOUR, stat: 'Maximum' },
    metrics: [
      total('orphans', 'Orphans'),
      total('addresses held', 'AddressesHeld'),
      ofAccount('age of the oldest orphan', 'OldestOrphanAge'),
      ofAccount('sets of pods without DNS', 'DnsPathsBlocked'),
      total('sets without probes', 'ProbePathsBlocked'),
      total('plans to answer', 'PlansWaiting'),
      total('not readable', 'CoverageGaps'),
      total('accepted', 'AcceptedFindings'),
    ],
  },
};

const leftovers = [
  graph(8, 'Interfaces of deleted clusters', [each('orphans', 'Orphans'), each('suspects', 'Suspects')]),
  graph(8, 'IP addresses that they hold', [each('', 'AddressesHeld')], { stacked: true }),
  graph(8, 'Sets of pod security groups that are cut off', [each('DNS', 'DnsPathsBlocked'), each('probes', 'ProbePathsBlocked')]),
];

const ofCluster = { dimensions: CLUSTER, by: 'cluster' };
const clusters = [
  graph(24, 'By cluster, where there is something to count', [
    each('orphans', 'Orphans', ofCluster),
    each('suspects', 'Suspects', ofCluster),
    each('addresses', 'AddressesHeld', { ...ofCluster, ...right }),
    each('no DNS', 'DnsPathsBlocked', ofCluster),
    each('no probes', 'ProbePathsBlocked', ofCluster),
  ]),
];

const cleanup = [
  graph(12, 'Cleaned up', [one('deleted', 'Deletions'), one('failed: the cleanup stopped there', 'CleanupFailures')], counts),
  graph(12, 'Held back at the last look, by guard', [each('', 'Refusals', { dimensions: 'guard', by: 'guard', statistic: 'Sum' })], {
    stacked: true,
  }),
];

const ourselves = [
  graph(
    8,
    'Is anybody watching: audits in half an hour',
    [
      one('finished', 'Runs'),
      one('failed, and tried again', 'RunFailures', 'function', 'audit'),
      one('could not tell people', 'PublisherFailures', 'publisher', 'sns'),
      one('could not send numbers', 'PublisherFailures', 'publisher', 'cloudwatch'),
    ],
    counts,
  ),
  graph(8, 'What could not be read', [each('gaps', 'CoverageGaps'), each('throttled', 'Throttles', { statistic: 'Sum', ...right })]),
  graph(8, 'What an audit takes', [
    each('ms', 'RunDuration', { statistic: 'Average' }),
    each('calls', 'ApiCalls', { statistic: 'Average', ...right }),
  ]),
];

const ALARMS = ['NoRuns', 'DnsPathsBlocked', 'OldestOrphanAge', 'RunFailures', 'FindingsPublisherFailures', 'CloudWatchPublisherFailures'];
const DEAD_LETTERS = ['AuditDeadLetters', 'FailedInvocations', 'UndeliveredEvents'];
const CLEANUP_ALARMS = ['CleanupFailures', 'CleanupRunFailures', 'CleanupDeadLetters'];

const alarms = (names) => ({
  type: 'alarm',
  width: 24,
  height: 3,
  properties: { title: 'Alarms', alarms: names.map((name) => `\${${name}Alarm.Arn}`) },
});

/** What is shown depends on what the stack does: no graph of a metric that nobody sends. */
module.exports = async ({ resolveVariable }) => {
  const param = async (name, byDefault) => String((await resolveVariable(`param:${name}`)) || byDefault).trim();
  const deletes = (await param('CLEANUP_MODE', 'report')) !== 'report';
  const byCluster = (await param('METRICS', 'aggregate')) === 'clusters';
  const body = {
    start: '-P7D',
    widgets: [
      alarms([...ALARMS, ...DEAD_LETTERS, ...(deletes ? CLEANUP_ALARMS : [])]),
      now,
      ...leftovers,
      ...(byCluster ? clusters : []),
      ...(deletes ? cleanup : []),
      ...ourselves,
    ],
  };
  return {
    Resources: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: {
          // Names are the account's, not the region's.
          DashboardName: { 'Fn::Sub': `\${self:service}-\${sls:stage}-${OUR_REGION}` },
          DashboardBody: { 'Fn::Sub': JSON.stringify(body) },
        },
      },
    },
    Outputs: {
      DashboardUrl: {
        Description: 'To be left open',
        Value: {
          'Fn::Sub': `https://${OUR_REGION}.console.aws.amazon.com/cloudwatch/home?region=${OUR_REGION}#dashboards/dashboard/\${Dashboard}`,
        },
      },
    },
  };
};
