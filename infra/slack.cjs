// What SLACK_SECRET_ARN puts into the template. Decided here, when packaging, as CLEANUP_MODE is (infra/cleanup-mode.cjs): a stack without
// Slack has no public address that somebody could open later. Loaded by osls and the Serverless Framework, by whatever Node.js runs them.
'use strict';

// Made of the settings (npm run gen), which a cold start checks again; test/infra/slack.test.ts compares.
const { params: PARAMS } = require('./settings.json');
const SECRET_ARN = new RegExp(PARAMS.SLACK_SECRET_ARN.AllowedPattern);
const USERS = new RegExp(PARAMS.SLACK_APPROVERS.AllowedPattern);
// A test's fake of Slack, on the same machine, is no place for a deployed stack.
const API_URLS = PARAMS.SLACK_API_URL.AllowedValues;

const PARTS = { functions: 'infra/slack/function.yml', role: 'infra/slack/role.yml', alarms: 'infra/slack/alarms.yml' };
const ASK_FOR_CLEANUPS = 'infra/slack/cleanups.yml';
const included = (path) => `\${file(${path})}`;
// An environment's variable that is null is left out of the template.
const NOTHING = { functions: {}, role: {}, alarms: {}, cleanups: {}, secretArn: null, approvers: null, apiUrl: null };

/** Everything that is wrong with the params, each with the way to mend it. None is quoted: somebody may have put a token there. */
function problemsOf({ secretArn, approvers, apiUrl }) {
  const problems = [];
  if (secretArn && !SECRET_ARN.test(secretArn)) {
    problems.push('SLACK_SECRET_ARN: must be the whole ARN of a Secrets Manager secret, with the six characters at its end, or empty.');
  }
  if (!USERS.test(approvers.join(','))) {
    problems.push('SLACK_APPROVERS: must be a comma-separated list of Slack user ids, e.g. U0123456789 (in a profile: Copy member ID).');
  }
  // Without its ARN the stack loses Slack, and with it the address that the app knows; the next one has another.
  if (!secretArn && approvers.length > 0) {
    problems.push('SLACK_SECRET_ARN: must be named where SLACK_APPROVERS is; without it there is no Slack that they could approve in.');
  }
  if (!API_URLS.includes(apiUrl)) problems.push(`SLACK_API_URL: must be ${API_URLS.join(' or ')}.`);
  return problems;
}

async function paramsOf(resolveVariable) {
  const stated = async (name) => String((await resolveVariable(`param:${name}`)) ?? '').trim();
  const [secretArn, approvers, apiUrl, mode] = await Promise.all(
    ['SLACK_SECRET_ARN', 'SLACK_APPROVERS', 'SLACK_API_URL', 'CLEANUP_MODE'].map(stated),
  );
  const users = [...new Set(approvers.split(',').map((user) => user.trim()))].filter((user) => user !== '');
  return { secretArn, approvers: users, apiUrl: apiUrl || API_URLS[0], deletes: (mode || 'report') !== 'report' };
}

/** The parts of the stack that Slack takes. Throws one error that lists every problem. */
module.exports = async ({ resolveVariable }) => {
  const { secretArn, approvers, apiUrl, deletes } = await paramsOf(resolveVariable);
  const problems = problemsOf({ secretArn, approvers, apiUrl });
  if (problems.length > 0) {
    const error = new Error(['The stack was not packaged:', ...problems].join('\n  '));
    // It is shown with its stack, which tells a user nothing.
    error.stack = error.message;
    throw error;
  }
  if (!secretArn) return NOTHING;
  return {
    ...Object.fromEntries(Object.entries(PARTS).map(([part, path]) => [part, included(path)])),
    // Where nothing is cleaned up there is no queue to ask.
    cleanups: deletes ? included(ASK_FOR_CLEANUPS) : {},
    secretArn,
    secretRegion: secretArn.split(':')[3],
    approvers: approvers.join(','),
    apiUrl,
  };
};
