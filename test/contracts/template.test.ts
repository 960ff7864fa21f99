// What the compiled template promises, in each mode.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type PackagedStack, packagedStack } from '../../scripts/build/stack.ts';
import { CLEANUP_MODES } from '../../shared/settings/settings.ts';
import { type Kind, packageKind, SLACK_SECRET_ARN } from './packaged-stack.ts';
import { alarmContract } from './template/alarms.ts';
import { functionContract } from './template/functions.ts';
import { messagingContract } from './template/messaging.ts';
import { modeContract } from './template/modes.ts';
import { permissionContract } from './template/permissions.ts';
import { settingsContract } from './template/settings.ts';
import { slackContract } from './template/slack.ts';

// auto differs from approve in the mode's name only (template/modes.ts).
const KINDS: readonly Kind[] = [
  ...CLEANUP_MODES.map((mode) => ({ mode, slack: false })),
  { mode: 'report', slack: true },
  { mode: 'approve', slack: true },
];

const stacks = new Map<string, PackagedStack>();
const nameOf = ({ mode, slack }: Kind): string => `${mode}${slack ? ' with Slack' : ''}`;
beforeAll(async () => {
  const packaged = await Promise.all(KINDS.map(packageKind));
  KINDS.forEach((kind, index) => {
    stacks.set(nameOf(kind), packaged[index] as PackagedStack);
  });
});

const stackOf = (kind: Kind): PackagedStack => {
  const stack = stacks.get(nameOf(kind));
  if (!stack) throw new Error(`the stack was not packaged as ${nameOf(kind)}`);
  return stack;
};

describe.each(KINDS.map((kind) => [nameOf(kind), kind] as const))('in %s mode', (_, kind) => {
  const stack = () => stackOf(kind);
  const template = () => stack().template;

  it('it is packaged without credentials, and names no account and no partition but those of a secret', () => {
    expect(stack().text).toMatch(/AWS::AccountId/);
    expect(stack().text.replaceAll(SLACK_SECRET_ARN, '')).not.toMatch(/\b\d{12}\b|arn:aws/);
  });

  describe('the functions', () => functionContract(stack, kind));
  describe('queues, topics and rules', () => messagingContract(template, kind));
  describe('the alarms', () => alarmContract(template, kind));
  describe('the roles', () => permissionContract(stack, kind));
  describe('settings and the ledger', () => settingsContract(template, kind));
});

describe('the modes', () => modeContract((mode) => stackOf({ mode, slack: false })));
describe.each(['report', 'approve'] as const)('Slack in %s mode', (mode) => slackContract((slack) => stackOf({ mode, slack }), mode));

/** What osls says when it refuses. */
const refusalOf = (...params: readonly string[]): Promise<string> =>
  packagedStack(...params).then(
    () => 'it was packaged',
    (error: { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`,
  );

it('a token where the ARN of its secret belongs is refused, and not shown', async () => {
  const said = await refusalOf('--param=SLACK_SECRET_ARN=xoxb-1-secret');
  expect(said).toContain('SLACK_SECRET_ARN: must be the whole ARN of a Secrets Manager secret');
  expect(said).not.toContain('xoxb');
});

it('a param that nobody knows is refused, and the one that was meant is named', async () => {
  expect(await refusalOf('--param=SLACK_APROVERS=U0123456789')).toContain('did you mean SLACK_APPROVERS?');
});

it('what a cold start would refuse is not packaged at all, and said once, with the way to mend it', async () => {
  const said = await refusalOf('--param=CLEANUP_MODE=auto', '--param=MIN_ORPHAN_AGE_MINUTES=29');
  expect(said.match(/CLEANUP_MODE=auto needs MIN_ORPHAN_AGE_MINUTES of 30 or more, not 29/g)).toHaveLength(1);
  expect(said).toContain('set CLEANUP_MODE=report');
});
