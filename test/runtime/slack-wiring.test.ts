import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../shared/runtime/errors.ts';
import { loadSlackWiring } from '../../shared/runtime/wiring.ts';

const ENV = {
  LEDGER_TABLE: 'ledger',
  AUDIT_QUEUE_URL: 'https://sqs/audit',
  CLEANUP_QUEUE_URL: '',
  SLACK_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-AbCdEf',
};
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadSlackWiring(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
};

describe('loadSlackWiring', () => {
  it('knows Slack and lets nobody approve, unless told otherwise', () => {
    expect(loadSlackWiring(ENV)).toEqual({
      ledgerTable: 'ledger',
      auditQueueUrl: 'https://sqs/audit',
      cleanupQueueUrl: '',
      slackSecretArn: ENV.SLACK_SECRET_ARN,
      slackApprovers: [],
      slackApiUrl: 'https://slack.com/api/',
    });
  });

  it('takes ids of users, each once', () => {
    expect(loadSlackWiring({ ...ENV, SLACK_APPROVERS: ' U0ANNA, W0BEN,,U0ANNA ' }).slackApprovers).toEqual(['U0ANNA', 'W0BEN']);
  });

  it.each(['https://slack-gov.com/api/', 'http://127.0.0.1:8080/api/'])('takes Slack at %s', (url) => {
    expect(loadSlackWiring({ ...ENV, SLACK_API_URL: url }).slackApiUrl).toBe(url);
  });

  it.each([
    ['SLACK_APPROVERS', '@anna'],
    ['SLACK_APPROVERS', 'U0ANNA;W0BEN'],
    ['SLACK_APPROVERS', '*'],
    ['SLACK_SECRET_ARN', 'slack'],
    ['SLACK_SECRET_ARN', ''],
    ['SLACK_API_URL', 'https://slack.com.evil.example/api/'],
    ['SLACK_API_URL', 'http://slack.com/api/'],
    ['SLACK_API_URL', 'http://10.0.0.1:80/api/'],
    ['CLEANUP_QUEUE_URL', 'cleanup'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ ...ENV, [name]: value })).toEqual([expect.stringContaining(`${name}=${value}: must be`)]);
  });

  it('names everything that the stack failed to tell', () => {
    expect(problemsOf({})).toHaveLength(3);
  });
});
