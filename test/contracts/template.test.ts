// What the compiled template promises, in each mode. One file packages the stack for all of it: osls takes some seconds.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLEANUP_MODES, type CleanupMode } from '../../shared/runtime/settings.ts';
import { type PackagedStack, packageMode, packageStack } from './packaged-stack.ts';
import { alarmContract } from './template/alarms.ts';
import { functionContract } from './template/functions.ts';
import { messagingContract } from './template/messaging.ts';
import { modeContract } from './template/modes.ts';
import { permissionContract } from './template/permissions.ts';
import { settingsContract } from './template/settings.ts';

const stacks = new Map<CleanupMode, PackagedStack>();
beforeAll(async () => {
  const packaged = await Promise.all(CLEANUP_MODES.map(packageMode));
  CLEANUP_MODES.forEach((mode, index) => {
    stacks.set(mode, packaged[index] as PackagedStack);
  });
});
afterAll(() => Promise.all([...stacks.values()].map((stack) => stack.remove())));

const stackOf = (mode: CleanupMode): PackagedStack => {
  const stack = stacks.get(mode);
  if (!stack) throw new Error(`the stack was not packaged in ${mode} mode`);
  return stack;
};

describe.each(CLEANUP_MODES)('in %s mode', (mode) => {
  const stack = () => stackOf(mode);
  const template = () => stack().template;

  it('it is packaged without credentials, and names no account and no partition', () => {
    expect(stack().text).toMatch(/AWS::AccountId/);
    expect(stack().text).not.toMatch(/\b\d{12}\b|arn:aws/);
  });

  describe('the functions', () => functionContract(stack, mode));
  describe('queues, topics and rules', () => messagingContract(template, mode));
  describe('the alarms', () => alarmContract(template, mode));
  describe('the roles', () => permissionContract(stack, mode));
  describe('settings and the ledger', () => settingsContract(template, mode));
});

describe('the modes', () => modeContract(stackOf));

it('what a cold start would refuse is not packaged at all, and said once, with the way to mend it', async () => {
  const packaged = packageStack('--param=CLEANUP_MODE=auto', '--param=MIN_ORPHAN_AGE_MINUTES=29');
  const said = await packaged.then(
    () => 'it was packaged',
    (error: { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`,
  );
  expect(said.match(/CLEANUP_MODE=auto needs MIN_ORPHAN_AGE_MINUTES of 30 or more, not 29/g)).toHaveLength(1);
  expect(said).toContain('set CLEANUP_MODE=report');
});
