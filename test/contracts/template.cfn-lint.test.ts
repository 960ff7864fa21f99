// AWS's own linter on the compiled template. It needs Python; without it the suite says so, and fails in CI.
import { afterAll, expect, it } from '@jest/globals';
import { lint } from '../../scripts/cfn-lint.ts';
import { packageMode, packageStack, SLACK_PARAMS } from './packaged-stack.ts';

// approve differs from auto in the mode's name only (template/modes.ts).
const stacks = await Promise.all([
  packageMode('report'),
  packageStack(
    '--stage=prod',
    '--region=us-east-1',
    '--param=CLEANUP_MODE=auto',
    '--param=CHAT_TOPIC=true',
    '--param=ALERT_EMAIL=a@example.com',
    ...SLACK_PARAMS,
  ),
]);
afterAll(() => Promise.all(stacks.map((stack) => stack.remove())));

const linted = await lint(stacks.map(({ path }) => path));

if (linted.ok || process.env.CI === 'true') {
  it('cfn-lint finds nothing wrong with the stack, in report and auto, with and without what is optional', () => {
    expect(linted).toEqual({ ok: true, problems: [] });
  });
} else {
  it.skip('cfn-lint finds nothing wrong with the stack', () => {});
  process.stderr.write(`cfn-lint skipped: ${linted.reason}\n`);
}
