// Packaging and cold start must refuse the same settings, and packaging more: a deployed stack has no Slack of a test's.
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadStackConfig } from '../../shared/settings/config.ts';

type Params = Readonly<Record<string, unknown>>;
type Resolver = (given: { resolveVariable: (address: string) => Promise<unknown> }) => Promise<Readonly<Record<string, unknown>>>;

const resolver = createRequire(import.meta.url)('../../infra/slack.cjs') as Resolver;
const packaged = (params: Params) => resolver({ resolveVariable: async (address) => params[address.replace(/^param:/, '')] });

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:sgp-warden/slack-AbCdEf';
const NOTHING = { functions: {}, role: {}, alarms: {}, cleanups: {}, secretArn: null, approvers: null, apiUrl: null };

const refusalOf = (params: Params): Promise<Error> =>
  packaged(params).then(
    () => new Error('it was packaged'),
    (refusal: Error) => refusal,
  );

/** What a cold start makes of settings, in the words of the template. */
function coldStart(params: Readonly<Record<string, string>>) {
  try {
    const { slackSecretArn, slackApprovers, slackApiUrl } = loadStackConfig(params);
    return slackSecretArn ? { secretArn: slackSecretArn, approvers: slackApprovers.join(','), apiUrl: slackApiUrl } : 'no Slack';
  } catch {
    return 'refused';
  }
}

const packaging = (params: Params) =>
  packaged(params).then(
    ({ secretArn, approvers, apiUrl }) => (secretArn ? { secretArn, approvers, apiUrl } : 'no Slack'),
    () => 'refused',
  );

describe('packaging and cold start agree', () => {
  const arns = [
    '',
    ARN,
    ` ${ARN} `,
    ARN.slice(0, -1),
    `${ARN}0`,
    ARN.toUpperCase(),
    'slack',
    'arn:aws:secretsmanager:::secret:slack-AbCdEf',
    `${ARN}\n`,
  ];
  const approvers = ['', 'U0123', 'W0456,U0123', ' U0123 , U0123,', 'u0123', 'U0', 'ada', '<@U0123>', 'U0123 W0456', ','];
  const urls = [
    '',
    'https://slack.com/api/',
    ' https://slack-gov.com/api/ ',
    'https://slack.com/api',
    'http://slack.com/api/',
    'https://example.com/',
  ];
  const table = arns.flatMap((arn) => approvers.flatMap((users) => urls.map((url) => [arn, users, url] as const)));

  it(`on ${table.length} combinations that people write`, async () => {
    const seen = new Set<string>();
    for (const [SLACK_SECRET_ARN, SLACK_APPROVERS, SLACK_API_URL] of table) {
      const params = { SLACK_SECRET_ARN, SLACK_APPROVERS, SLACK_API_URL };
      const result = await packaging(params);
      expect({ ...params, result }).toEqual({ ...params, result: coldStart(params) });
      seen.add(typeof result === 'string' ? result : 'Slack');
    }
    expect([...seen].sort()).toEqual(['Slack', 'no Slack', 'refused']);
  });

  it('on any other', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          SLACK_SECRET_ARN: fc.oneof(fc.constantFrom('', ARN), fc.string()),
          SLACK_APPROVERS: fc.oneof(fc.array(fc.stringMatching(/^[UW][A-Z0-9]{1,21}$/), { maxLength: 3 }).map(String), fc.string()),
          SLACK_API_URL: fc.oneof(fc.constantFrom('https://slack.com/api/', 'https://slack-gov.com/api/'), fc.webUrl()),
        }),
        async (params) => {
          expect(await packaging(params)).toEqual(coldStart(params));
        },
      ),
    ));
});

it("a test's own Slack is taken by a cold start only", async () => {
  const local = { SLACK_SECRET_ARN: ARN, SLACK_API_URL: 'http://127.0.0.1:8080/api/' };
  expect(coldStart(local)).toMatchObject({ apiUrl: local.SLACK_API_URL });
  expect(await packaging(local)).toBe('refused');
});

it('one error lists every problem, quotes nothing, and has no stack that tells a user nothing', async () => {
  const error = await refusalOf({
    SLACK_SECRET_ARN: 'xoxb-1-secret',
    SLACK_APPROVERS: 'ada',
    SLACK_API_URL: 'https://hooks.slack.com/services/T0/B0/x',
  });
  expect(error.message.split('\n  ')).toEqual([
    'The stack was not packaged:',
    'SLACK_SECRET_ARN: must be the whole ARN of a Secrets Manager secret, with the six characters at its end, or empty.',
    'SLACK_APPROVERS: must be a comma-separated list of Slack user ids, e.g. U0123456789 (in a profile: Copy member ID).',
    'SLACK_API_URL: must be https://slack.com/api/ or https://slack-gov.com/api/.',
  ]);
  expect(error.stack).toBe(error.message);
});

it('without a secret nothing is added', async () => {
  expect(await packaged({})).toEqual(NOTHING);
  expect(await packaged({ CLEANUP_MODE: 'auto' })).toEqual(NOTHING);
});

it('approvers without a secret are a param that was forgotten: deployed, it would take Slack and its address away', async () => {
  expect((await refusalOf({ SLACK_APPROVERS: 'U0123' })).message).toContain('SLACK_SECRET_ARN: must be named where SLACK_APPROVERS is');
});

it('with one the same three files are added in every mode; the right to ask for cleanups only where there are any', async () => {
  const files = Object.fromEntries(
    ['functions:function', 'role:role', 'alarms:alarms']
      .map((each) => each.split(':'))
      .map(([part, name]) => [part, `\${file(infra/slack/${name}.yml)}`]),
  );
  const slack = { ...files, secretArn: ARN, secretRegion: 'eu-west-1', approvers: '', apiUrl: 'https://slack.com/api/' };
  expect(await packaged({ SLACK_SECRET_ARN: ARN })).toEqual({ ...slack, cleanups: {} });
  for (const CLEANUP_MODE of ['approve', 'auto']) {
    const cleanups = `\${file(infra/slack/cleanups.yml)}`;
    expect(await packaged({ SLACK_SECRET_ARN: ARN, CLEANUP_MODE })).toEqual({ ...slack, cleanups });
  }
});
