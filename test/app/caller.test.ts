import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { callerAccount } from '../../shared/app/caller.ts';
import { ConfigError } from '../../shared/runtime/errors.ts';

const sts = mockClient(STSClient);
beforeEach(() => {
  sts.reset();
});
afterAll(() => sts.restore());

const failing = (name: string) => sts.on(GetCallerIdentityCommand).rejects(Object.assign(new Error('no'), { name }));

describe("the caller's account", () => {
  it('is what STS says', async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/alice' });
    expect(await callerAccount('eu-west-1')).toBe('111122223333');
  });

  it('is a matter of set-up when the credentials do not work', async () => {
    failing('ExpiredToken');
    await expect(callerAccount('eu-west-1')).rejects.toThrow(ConfigError);
  });

  it.each(['AccessDenied', 'TimeoutError'])('is never guessed: %s', async (name) => {
    failing(name);
    await expect(callerAccount('eu-west-1')).rejects.toThrow(/^whose account this is could not be read: sts:GetCallerIdentity failed/);
  });

  it('is none that an answer does not name', async () => {
    sts.on(GetCallerIdentityCommand).resolves({});
    await expect(callerAccount('eu-west-1')).rejects.toThrow('names no account');
  });
});
