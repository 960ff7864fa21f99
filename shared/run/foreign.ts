import { collectAccountId } from '../aws/caller.ts';
import type { Deps } from '../deps.ts';
import type { Logger } from '../domain/log.ts';
import { describeFailure } from '../domain/read.ts';

/** Throws unless the caller's account is the message's: in another one every cluster would be "not found". */
export async function refuseForeign(
  { clientsFor, clock }: Pick<Deps, 'clientsFor' | 'clock'>,
  { accountId, region }: { accountId: string; region: string },
  log: Logger,
): Promise<void> {
  const caller = await collectAccountId(clientsFor(region).sts, clock);
  if (!caller.ok) throw new Error(`whose account this is could not be read, so nothing is done: ${describeFailure(caller.reason)}`);
  if (caller.value === accountId) return;
  log.count('ForeignEvents');
  throw new Error(`the message is about account ${accountId}, these credentials are of ${caller.value}`);
}
