// AWS's own linter on the compiled template. It needs Python; without it the suite says so, and fails in CI.
import { expect, it } from '@jest/globals';
import { packagedStack } from '../../scripts/build/stack.ts';
import { lint } from '../../scripts/cfn-lint.ts';
import { packageMode, SLACK_PARAMS } from './packaged-stack.ts';
import { textOf } from './source-files.ts';

// approve differs from auto in the mode's name only (template/modes.ts).
const stacks = await Promise.all([
  packageMode('report'),
  packagedStack(
    '--stage=prod',
    '--region=us-east-1',
    '--param=CLEANUP_MODE=auto',
    '--param=CHAT_TOPIC=true',
    '--param=ALERT_EMAIL=a@example.com',
    ...SLACK_PARAMS,
  ),
]);

// docs/slack.md names the regions where Lambda gives no function an address; CloudFormation refuses the stack there.
const ELSEWHERE = /E3006:Resource type 'AWS::Lambda::Url' does not exist in '([\w-]+)'$/;

const linted = await lint(stacks.map(({ path }) => path));

if (linted.ok || process.env.CI === 'true') {
  it('cfn-lint finds nothing wrong with the stack, in report and auto, with and without what is optional', () => {
    const problems = linted.ok ? linted.problems.filter((problem) => !ELSEWHERE.test(problem)) : [linted.reason];
    expect(problems).toEqual([]);
  });

  it('the page on Slack names the regions where it cannot be had', () => {
    const regions = (linted.ok ? linted.problems : []).flatMap((problem) => ELSEWHERE.exec(problem)?.[1] ?? []);
    const page = textOf('docs/slack.md');
    expect(regions).toContain('us-gov-west-1');
    expect(regions.filter((region) => !page.includes(`\`${region}\``))).toEqual([]);
  });
} else {
  it.skip('cfn-lint finds nothing wrong with the stack', () => {});
  process.stderr.write(`cfn-lint skipped: ${linted.reason}\n`);
}
