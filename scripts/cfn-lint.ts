// Lints CloudFormation templates with AWS's cfn-lint. `npm run package && npm run cfn-lint` lints what osls made of serverless.yml.
import { execFile } from 'node:child_process';
import { pythonEnvironment } from './python-environment.ts';

/** Every problem, one a line, or why cfn-lint could not run. */
export type Linted = { ok: true; problems: readonly string[] } | { ok: false; reason: string };

const PACKAGED = '.serverless/cloudformation-template-update-stack.json';
const OPTIONS = [
  '--format=parseable',
  // Whoever deploys chooses the region.
  '--regions=ALL_REGIONS',
  // osls makes a function depend on the role that it names anyway. Harmless, and not ours to change.
  '--ignore-checks=W3005',
];

/** Lints templates; installs cfn-lint on the first call. */
export async function lint(templates: readonly string[]): Promise<Linted> {
  const environment = await pythonEnvironment({
    name: 'cfn-lint',
    requirements: 'scripts/cfn-lint-requirements.txt',
    oldestPython: [3, 10],
  });
  if (!environment.ok) return environment;
  return new Promise((resolve) => {
    // The first -- ends the list that --ignore-checks begins.
    execFile(environment.program('cfn-lint'), [...OPTIONS, '--', ...templates], (error, stdout, stderr) => {
      const problems = stdout.split('\n').filter((line) => line !== '');
      // Its exit code says what kinds of problems there are. Without a problem it says that the linter itself failed.
      if (error && problems.length === 0) resolve({ ok: false, reason: stderr.trim() || error.message });
      else resolve({ ok: true, problems });
    });
  });
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  const linted = await lint(named.length > 0 ? named : [PACKAGED]);
  if (!linted.ok) console.error(`cfn-lint cannot run: ${linted.reason}`);
  else for (const problem of linted.problems) console.error(problem);
  process.exitCode = linted.ok && linted.problems.length === 0 ? 0 : 1;
}
