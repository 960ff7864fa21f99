import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Read } from '../model/read.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';

const GET_CALLER_IDENTITY = 'sts:GetCallerIdentity';
export const actions = [GET_CALLER_IDENTITY];

/** The account whose credentials are used. Without it nothing can be told to be our own. */
export function collectAccountId(sts: STSClient, clock: () => Date): Promise<Read<string>> {
  return attempt({ action: GET_CALLER_IDENTITY }, clock, async () => {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    if (!Account || !/^\d{12}$/.test(Account)) throw new MalformedAnswer('the answer names no account');
    return Account;
  });
}
