import { describe, expect, it } from '@jest/globals';
import { reasonOf } from '../../shared/channels/reason.ts';

const failed = (name: string, message: string) => Object.assign(new Error(message), { name });
// Put together, so that nobody takes them for real ones.
const KEY = ['AK', 'IA', 'IOSFODNN7EXAMPLE'].join('');
const SECRET = ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');

describe('a reason', () => {
  it.each([
    ['NotFoundException', 'Topic does not exist', /^NotFoundException: Topic does not exist; deploy the stack/],
    ['KMSDisabledException', 'disabled', /^KMSDisabledException: disabled; allow kms:GenerateDataKey and kms:Decrypt/],
    ['TimeoutError', 'connect timed out', /^TimeoutError: connect timed out$/],
    ['Error', 'two\nlines\u001b[2J', /^two$/],
  ])('of %s (%s) is one line with a next step where there is one', (name, message, reason) => {
    expect(reasonOf(failed(name, message))).toMatch(reason);
  });

  it('names who was denied what', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/sgp-warden-prod-audit-eu-west-1-lambdaRole/sgp-warden-prod-audit is not authorized to perform: sns:Publish';
    expect(reasonOf(failed('AuthorizationErrorException', message))).toContain(message);
  });

  it.each([
    `The key ${KEY} is disabled`,
    `Canonical: X-Amz-Security-Token=${'Fw0G'.repeat(30)}; ${SECRET}`,
    `secret: ${SECRET}`,
    `connect to https://admin:hunter2@proxy.example failed`,
    `Signature=${'ab12'.repeat(16)}, expected password=hunter2`,
  ])('has no secret of: %s', (message) => {
    const reason = reasonOf(failed('SignatureDoesNotMatch', message));
    for (const secret of [KEY, SECRET, 'hunter2', 'Fw0GFw0G', 'ab12ab12']) expect(reason).not.toContain(secret);
  });

  it('names the secret that could not be read, and the permission', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:sgp-warden/slack-AbCdEf';
    const message = `not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`;
    expect(reasonOf(failed('ConfigError', message))).toContain(message);
  });

  it('is short, whatever was thrown', () => {
    expect(reasonOf(failed('X', 'no '.repeat(1_000))).length).toBeLessThan(600);
    expect(reasonOf('just a string')).toBe('just a string');
  });
});
