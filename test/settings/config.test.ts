import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../shared/domain/errors.ts';
import { homeRegions, loadConfig, loadStackConfig } from '../../shared/settings/config.ts';
import { loadCleanupWiring, loadWiring } from '../../shared/settings/wiring.ts';

const problemsOf = (load: () => unknown): readonly string[] => {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
};

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      minOrphanAgeMinutes: 30,
      auditRegions: [],
      cleanupMode: 'report',
      planExpiryHours: 24,
      digestHourUtc: 7,
      metrics: 'aggregate',
      allowShortOrphanAge: false,
      corednsSecurityGroups: [],
      probePorts: [],
      exclusions: { clusters: [], vpcs: [] },
      cleanupMax: 100,
      cleanupRatePerSecond: 2,
      slackSecretArn: '',
      slackApprovers: [],
      slackApiUrl: 'https://slack.com/api/',
    });
  });

  it.each([
    ['0', 0],
    [' 45 ', 45],
    ['10080', 10_080],
  ])('takes MIN_ORPHAN_AGE_MINUTES=%s', (text, minutes) => {
    expect(loadConfig({ MIN_ORPHAN_AGE_MINUTES: text }).minOrphanAgeMinutes).toBe(minutes);
  });

  it.each(['-1', '10081', '1.5', 'soon', '1e3', '0x10'])('refuses MIN_ORPHAN_AGE_MINUTES=%s', (text) => {
    expect(problemsOf(() => loadConfig({ MIN_ORPHAN_AGE_MINUTES: text }))).toEqual([
      expect.stringContaining(`MIN_ORPHAN_AGE_MINUTES=${text}: must be`),
    ]);
  });

  it.each(['Auto', 'delete', 'approve,auto'])('refuses CLEANUP_MODE=%s: a mode that nobody meant deletes', (text) => {
    expect(problemsOf(() => loadConfig({ CLEANUP_MODE: text }))).toEqual([`CLEANUP_MODE=${text}: must be report, approve or auto`]);
  });

  it.each(['yes', '1', 'TRUE'])('refuses ALLOW_SHORT_ORPHAN_AGE=%s', (text) => {
    expect(problemsOf(() => loadConfig({ ALLOW_SHORT_ORPHAN_AGE: text }))).toHaveLength(1);
  });

  it.each(['0', '169', '1.5'])('refuses PLAN_EXPIRY_HOURS=%s', (text) => {
    expect(problemsOf(() => loadConfig({ PLAN_EXPIRY_HOURS: text }))).toHaveLength(1);
  });

  it.each([
    ['off', undefined],
    ['0', 0],
    ['07', 7],
    ['23', 23],
  ])('takes DIGEST_HOUR_UTC=%s', (text, hour) => {
    expect(loadConfig({ DIGEST_HOUR_UTC: text }).digestHourUtc).toBe(hour);
  });

  it.each(['24', '-1', '7:30', 'noon', 'Off'])('refuses DIGEST_HOUR_UTC=%s', (text) => {
    expect(problemsOf(() => loadConfig({ DIGEST_HOUR_UTC: text }))).toHaveLength(1);
  });

  it.each(['off', 'all', ''])('METRICS=%j is by cluster only when it says so', (text) => {
    if (text === '') expect(loadConfig({ METRICS: text }).metrics).toBe('aggregate');
    else expect(problemsOf(() => loadConfig({ METRICS: text }))).toEqual([`METRICS=${text}: must be aggregate or clusters`]);
  });

  it.each([
    ['MIN_ORPHAN_AGE_MINUTE', 'MIN_ORPHAN_AGE_MINUTES'],
    ['EXCLUDED_CLUSTER', 'EXCLUDED_CLUSTERS'],
    ['SLACK_APROVERS', 'SLACK_APPROVERS'],
    ['PROBE_PROTS', 'PROBE_PORTS'],
  ])('refuses %s, which sets nothing, and names the setting that was meant', (name, meant) => {
    expect(problemsOf(() => loadConfig({ [name]: 'xoxb-secret' }))).toEqual([`${name}: there is no such setting; did you mean ${meant}?`]);
  });

  it.each(['METRIC', 'AWS_REGION', 'CLEANUP_QUEUE_URL', 'LEDGER_TABLE', 'PROBE_PROTS_'.repeat(2)])(
    'leaves %s to whom it belongs',
    (name) => {
      expect(loadConfig({ [name]: 'x' })).toEqual(loadConfig({}));
    },
  );

  it('takes ports and security groups, each once', () => {
    expect(loadConfig({ PROBE_PORTS: '8080, 9090,8080', COREDNS_SECURITY_GROUPS: ' sg-0a1b, ' })).toMatchObject({
      probePorts: [8080, 9090],
      corednsSecurityGroups: ['sg-0a1b'],
    });
  });

  it.each([
    ['PROBE_PORTS', '0'],
    ['PROBE_PORTS', '65536'],
    ['PROBE_PORTS', '8080-8090'],
    ['PROBE_PORTS', 'http'],
    ['COREDNS_SECURITY_GROUPS', 'coredns'],
  ])('refuses %s=%s', (name, text) => {
    expect(problemsOf(() => loadConfig({ [name]: text }))).toEqual([expect.stringContaining(`${name}=${text}: must be`)]);
  });

  it.each([
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:sgp-warden/slack-AbCdEf',
    'arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:slack-0aZ9bY',
    '',
  ])('takes SLACK_SECRET_ARN=%j', (text) => {
    expect(loadConfig({ SLACK_SECRET_ARN: ` ${text} ` }).slackSecretArn).toBe(text);
  });

  it.each([
    'sgp-warden/slack',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/slack-AbCdEf',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:*-AbCdEf',
  ])('refuses SLACK_SECRET_ARN=%s', (text) => {
    expect(problemsOf(() => loadConfig({ SLACK_SECRET_ARN: text }))).toEqual([
      'SLACK_SECRET_ARN: must be the whole ARN of a Secrets Manager secret, or empty',
    ]);
  });

  it('takes approvers by their user ids, each once, and nobody else', () => {
    expect(loadConfig({ SLACK_APPROVERS: 'U0123, W0456,U0123,' }).slackApprovers).toEqual(['U0123', 'W0456']);
    for (const text of ['ada', '@ada', 'u0123', 'U0123;W0456', '<@U0123>', 'S0123', '*']) {
      expect(problemsOf(() => loadConfig({ SLACK_APPROVERS: text }))).toHaveLength(1);
    }
  });

  it.each([
    'https://slack.com/api/',
    'https://slack-gov.com/api/',
    'http://127.0.0.1:8080/api/',
    'http://localhost:1/',
    'http://[::1]:8080/api/',
  ])('takes SLACK_API_URL=%s', (text) => {
    expect(loadConfig({ SLACK_API_URL: text }).slackApiUrl).toBe(text);
  });

  it.each([
    'http://slack.com/api/',
    'https://slack.com/api',
    'https://slack.com.example/api/',
    'https://127.0.0.1:8080/api/',
    'http://127.0.0.1:80@example.com/',
    'http://localhost.example:80/',
    'http://10.0.0.1:8080/api/',
  ])('refuses SLACK_API_URL=%s, where a token would be sent', (text) => {
    expect(problemsOf(() => loadConfig({ SLACK_API_URL: text }))).toHaveLength(1);
  });

  it('shows nothing of what is wrong there: a token may have been put in the wrong place', () => {
    const names = ['SLACK_SECRET_ARN', 'SLACK_APPROVERS', 'SLACK_API_URL'];
    const problems = problemsOf(() => loadConfig(Object.fromEntries(names.map((name) => [name, 'xoxb-1-secret']))));
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(names);
    expect(problems.join()).not.toContain('xoxb');
  });

  it('lists every problem at once', () => {
    expect(problemsOf(() => loadConfig({ MIN_ORPHAN_AGE_MINUTES: 'x', AUDIT_REGIONS: 'here' }))).toHaveLength(2);
  });

  it('audits each region once, and its own where none is stated', () => {
    expect(homeRegions({ AUDIT_REGIONS: 'eu-west-1, us-east-1,eu-west-1', AWS_REGION: 'eu-north-1' })).toEqual(['eu-west-1', 'us-east-1']);
    expect(homeRegions({ AWS_REGION: 'eu-north-1' })).toEqual(['eu-north-1']);
  });
});

describe('loadStackConfig', () => {
  const stack = (mode: string, age: string, more = {}) => ({ CLEANUP_MODE: mode, MIN_ORPHAN_AGE_MINUTES: age, ...more });

  it.each(['approve', 'auto'])('refuses %s with too short an age, and says how to mend it', (mode) => {
    expect(problemsOf(() => loadStackConfig(stack(mode, '29')))).toEqual([
      expect.stringMatching(`^CLEANUP_MODE=${mode} needs MIN_ORPHAN_AGE_MINUTES of 30 or more, not 29: .*CLEANUP_MODE=report`),
    ]);
  });

  it.each([
    ['report', '0', {}],
    ['approve', '30', {}],
    ['auto', '30', {}],
    ['auto', '0', { ALLOW_SHORT_ORPHAN_AGE: 'true' }],
  ])('takes %s with %s minutes %p', (mode, age, more) => {
    expect(loadStackConfig(stack(mode, age, more))).toMatchObject({ cleanupMode: mode, minOrphanAgeMinutes: Number(age) });
  });

  it('is what triggers start with, too', () => {
    expect(problemsOf(() => homeRegions({ ...stack('auto', '5'), AWS_REGION: 'eu-north-1' }))).toHaveLength(1);
  });

  it('leaves the command line alone: there --apply is the approval', () => {
    expect(loadConfig(stack('auto', '5')).minOrphanAgeMinutes).toBe(5);
  });
});

describe('loadCleanupWiring', () => {
  it('names everything that the stack failed to tell', () => {
    expect(problemsOf(() => loadCleanupWiring({}))).toHaveLength(3);
  });
});

describe('loadWiring', () => {
  it('names everything that the stack failed to tell', () => {
    expect(problemsOf(() => loadWiring({}))).toHaveLength(2);
  });
});
