import { type Caller, collectCaller, refuseBadCredentials } from '../aws/caller.ts';
import { awsClients } from '../aws/clients.ts';
import { describeFailure } from '../domain/read.ts';

/** Whose credentials are in force. Throws when it cannot be read: nothing may be looked up or approved under a guessed one. */
export async function callerIdentity(region: string): Promise<Caller> {
  const caller = await collectCaller(awsClients(region).sts, () => new Date());
  if (caller.ok) return caller.value;
  refuseBadCredentials(region, caller.reason);
  throw new Error(`whose account this is could not be read: ${describeFailure(caller.reason)}`);
}
