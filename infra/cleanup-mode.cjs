// What CLEANUP_MODE puts into the template. Decided here, when packaging, and by no condition of CloudFormation: what is not in the text of
// the template, nobody can switch on later. Loaded by osls and the Serverless Framework, by whatever Node.js runs them.
'use strict';

// Made of the settings (npm run gen), which a cold start checks again; test/infra/cleanup-mode.test.ts compares.
const { params: PARAMS, safeOrphanAgeMinutes: SAFE_ORPHAN_AGE_MINUTES } = require('./settings.json');
const MODES = PARAMS.CLEANUP_MODE.AllowedValues;
const MAX_ORPHAN_AGE_MINUTES = PARAMS.MIN_ORPHAN_AGE_MINUTES.MaxValue;

const PARTS = {
  functions: 'infra/cleanup/function.yml',
  queues: 'infra/cleanup/queues.yml',
  alarms: 'infra/cleanup/alarms.yml',
  role: 'infra/cleanup/role.yml',
};
const NOTHING = Object.fromEntries(Object.keys(PARTS).map((part) => [part, {}]));

/** Everything that is wrong with the params, each with the way to mend it. */
function problemsOf({ CLEANUP_MODE: mode, MIN_ORPHAN_AGE_MINUTES: age, ALLOW_SHORT_ORPHAN_AGE: allowShort }) {
  const problems = [];
  if (!MODES.includes(mode)) problems.push(`CLEANUP_MODE=${mode}: must be report, approve or auto.`);
  if (!['true', 'false'].includes(allowShort)) problems.push(`ALLOW_SHORT_ORPHAN_AGE=${allowShort}: must be true or false.`);
  if (!/^-?\d+$/.test(age) || Number(age) < 0 || Number(age) > MAX_ORPHAN_AGE_MINUTES) {
    problems.push(`MIN_ORPHAN_AGE_MINUTES=${age}: must be a whole number from 0 to ${MAX_ORPHAN_AGE_MINUTES}.`);
  } else if (mode !== 'report' && Number(age) < SAFE_ORPHAN_AGE_MINUTES && allowShort !== 'true') {
    problems.push(
      `CLEANUP_MODE=${mode} needs MIN_ORPHAN_AGE_MINUTES of ${SAFE_ORPHAN_AGE_MINUTES} or more, not ${age}: a live pod's interface may look abandoned for a while. Raise it, or set CLEANUP_MODE=report.`,
    );
  }
  return problems;
}

// Unquoted in serverless.yml they come as numbers and booleans; an empty one means the default, as in the environment.
async function paramsOf(resolveVariable) {
  const stated = async (name, byDefault) => [name, (String((await resolveVariable(`param:${name}`)) ?? '') || byDefault).trim()];
  return Object.fromEntries(
    await Promise.all([
      ...['CLEANUP_MODE', 'MIN_ORPHAN_AGE_MINUTES', 'ALLOW_SHORT_ORPHAN_AGE'].map((name) => stated(name, PARAMS[name].Default)),
    ]),
  );
}

/** The parts of the stack that depend on the mode. Throws one error that lists every problem. */
module.exports = async ({ resolveVariable }) => {
  const params = await paramsOf(resolveVariable);
  const problems = problemsOf(params);
  if (problems.length > 0) {
    const error = new Error(['The stack was not packaged:', ...problems].join('\n  '));
    // It is shown with its stack, which tells a user nothing.
    error.stack = error.message;
    throw error;
  }
  const mode = params.CLEANUP_MODE;
  if (mode === 'report') return { ...NOTHING, mode, queueUrl: '' };
  const included = Object.fromEntries(Object.entries(PARTS).map(([part, path]) => [part, `\${file(${path})}`]));
  return { ...included, mode, queueUrl: { Ref: 'CleanupQueue' } };
};
