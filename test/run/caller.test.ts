import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { ConfigError } from '../../shared/domain/errors.ts';
import { callerIdentity } from '../../shared/run/caller.ts';

const sts = mockClient(STSClient);
beforeEach(() => {
  sts.reset();
});
afterAll(() => sts.restore());

const failing = (name: string) => sts.on(GetCallerIdentityCommand).rejects(Object.assign(new Error('no'), { name }));

describe('whose credentials are in force', () => {
  it('is what STS says', async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/alice' });
    expect(await callerIdentity('eu-west-1')).toEqual({ accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/alice' });
  });

  it('is a matter of set-up when the credentials do not work', async () => {
    failing('ExpiredToken');
    await expect(callerIdentity('eu-west-1')).rejects.toThrow(ConfigError);
  });

  it.each(['AccessDenied', 'TimeoutError'])('is never guessed: %s', async (name) => {
    failing(name);
    await expect(callerIdentity('eu-west-1')).rejects.toThrow(/^whose account this is could not be read: sts:GetCallerIdentity failed/);
  });

  it('is none that an answer does not name', async () => {
    sts.on(GetCallerIdentityCommand).resolves({});
    await expect(callerIdentity('eu-west-1')).rejects.toThrow('names no account');
  });
});
