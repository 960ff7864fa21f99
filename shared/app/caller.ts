import { collectAccountId } from '../inventory/caller.ts';
import { awsClients } from '../inventory/clients.ts';
import { describeFailure } from '../model/read.ts';
import { refuseBadCredentials } from './report.ts';

/** The account of the credentials in force. Throws when it cannot be read: nothing may be looked up under a guessed one. */
export async function callerAccount(region: string): Promise<string> {
  const account = await collectAccountId(awsClients(region).sts, () => new Date());
  if (account.ok) return account.value;
  refuseBadCredentials(region, account.reason);
  throw new Error(`whose account this is could not be read: ${describeFailure(account.reason)}`);
}
