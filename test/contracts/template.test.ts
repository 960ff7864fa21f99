// What the compiled template promises. One file packages the stack for all of it: osls takes some seconds.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PackagedStack, packageStack } from './packaged-stack.ts';
import { alarmContract } from './template/alarms.ts';
import { functionContract } from './template/functions.ts';
import { messagingContract } from './template/messaging.ts';
import { permissionContract } from './template/permissions.ts';
import { settingsContract } from './template/settings.ts';

let stack: PackagedStack;
beforeAll(async () => {
  stack = await packageStack();
});
afterAll(() => stack.remove());

it('is packaged without credentials, and names no account and no partition', () => {
  expect(stack.text).toMatch(/AWS::AccountId/);
  expect(stack.text).not.toMatch(/\b\d{12}\b|arn:aws/);
});

describe('the functions', () => functionContract(() => stack));
describe('queues, topics and rules', () => messagingContract(() => stack.template));
describe('the alarms', () => alarmContract(() => stack.template));
describe('the roles', () => permissionContract(() => stack));
describe('settings and the ledger', () => settingsContract(() => stack.template));
