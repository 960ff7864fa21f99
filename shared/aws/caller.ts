import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { ConfigError, MalformedAnswer } from '../domain/errors.ts';
import type { Read, ReadFailure } from '../domain/read.ts';
import { attempt } from './attempt.ts';

const GET_CALLER_IDENTITY = 'sts:GetCallerIdentity';
export const actions = [GET_CALLER_IDENTITY];

export interface Caller {
  accountId: string;
  arn: string;
}

/** Who is asking: the account, and the ARN that goes into the record of what was done. */
export function collectCaller(sts: STSClient, clock: () => Date): Promise<Read<Caller>> {
  return attempt({ action: GET_CALLER_IDENTITY }, clock, async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (!Account || !/^\d{12}$/.test(Account)) throw new MalformedAnswer('the answer names no account');
    return { accountId: Account, arn: Arn ?? 'unknown' };
  });
}

/** The account whose credentials are used. Without it nothing can be told to be our own. */
export async function collectAccountId(sts: STSClient, clock: () => Date): Promise<Read<string>> {
  const caller = await collectCaller(sts, clock);
  return caller.ok ? { ...caller, value: caller.value.accountId } : caller;
}

/** Credentials that do not work are a matter of set-up, not of coverage: exit 2, with what to try. */
export function refuseBadCredentials(region: string, { cause, code, message }: ReadFailure): void {
  if (cause !== 'credentials') return;
  throw new ConfigError([`AWS credentials do not work in ${region} (${code ?? 'no code'}: ${message}); try: aws sts get-caller-identity`]);
}
