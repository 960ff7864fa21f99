// Refuses params that nobody knows, before anything is packaged: osls and the Serverless Framework take any name, and a misspelt one would
// leave its setting at the default without a word. Loaded by either, by whatever Node.js runs them.
'use strict';
const { params: KNOWN } = require('./settings.json');

/** How many letters must change to make one word of another. */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

const nearestTo = (name) => Object.keys(KNOWN).sort((a, b) => distance(name.toUpperCase(), a) - distance(name.toUpperCase(), b))[0];

const problemsOf = (names, where) =>
  names
    .filter((name) => !Object.hasOwn(KNOWN, name))
    .map((name) => `${where(name)}: there is no such param; did you mean ${nearestTo(name)}?`);

/** Nothing, or one error that lists every param that there is not. */
module.exports = async ({ options, resolveConfigurationProperty }) => {
  const given = [options.param ?? []].flat().map((each) => String(each).split('=')[0]);
  const stages = (await resolveConfigurationProperty(['params'])) ?? {};
  const problems = [
    ...problemsOf(given, (name) => `--param="${name}=…"`),
    ...Object.entries(stages).flatMap(([stage, params]) =>
      problemsOf(Object.keys(params ?? {}), (name) => `params.${stage}.${name} in serverless.yml`),
    ),
  ];
  if (problems.length === 0) return {};
  const error = new Error(['The stack was not packaged:', ...problems].join('\n  '));
  // It is shown with its stack, which tells a user nothing.
  error.stack = error.message;
  throw error;
};
